package io.sluice.daemon.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.daemon.config.TreeRules;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a module is told on a kernel that cannot confine. */
class ConfinementTest {
    @Test
    void refusesAModuleThatTheKernelCannotConfine() {
        for (int version : new int[] {0, 1}) {
            assertThatThrownBy(() -> Confinement.requireSupport(rules(true), version))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            e -> assertThat(e.logLine())
                                    .isEqualTo("landlock = yes: version " + version
                                            + " of the kernel's Landlock (expected: 2 or later, as of Linux 5.19; see"
                                            + " /sys/kernel/security/lsm)"))
                    .hasMessage("landlock is not available");
        }
    }

    @Test
    void servesAModuleThatDoesNotAskForIt() {
        assertThatCode(() -> Confinement.requireSupport(rules(false), 0)).doesNotThrowAnyException();
        assertThatCode(() -> Confinement.requireSupport(rules(true), 2)).doesNotThrowAnyException();
    }

    private static TreeRules rules(boolean landlock) {
        OptionalInt unset = OptionalInt.empty();
        byte[] path = "/srv".getBytes(StandardCharsets.US_ASCII);
        return new TreeRules(path, path, unset, unset, "", "", unset, "", false, landlock);
    }
}
