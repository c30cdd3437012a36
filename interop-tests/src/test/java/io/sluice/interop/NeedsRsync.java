package io.sluice.interop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** Tests that compare with the installed rsync, and are left out where there is none. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(value = "io.sluice.interop.Program#isRsyncInstalled", disabledReason = Program.NOT_INSTALLED)
public @interface NeedsRsync {}
