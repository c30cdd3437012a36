package io.sluice.interop;

import io.sluice.watcher.monitor.MonitorKind;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of a mirror that watches by inotify, and of one that watches by fanotify. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@EnumSource(
        value = MonitorKind.class,
        names = {"INOTIFY", "FANOTIFY"})
public @interface EachMonitor {}
