package io.sluice.linux;

import org.junit.jupiter.api.Assumptions;

/** The condition of tests that need the rights of root. */
final class Root {
    private Root() {}

    static void assume() {
        Assumptions.assumeTrue(Identity.effectiveUser() == 0, "left out: needs root");
    }
}
