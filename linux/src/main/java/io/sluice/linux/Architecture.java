package io.sluice.linux;

/** The two processor families whose system-call tables we know. */
enum Architecture {
    X86_64,
    AARCH64;

    /** That of this machine. */
    static final Architecture CURRENT = of(System.getProperty("os.arch", ""));

    /**
     * The family that the JVM calls {@code osArch}.
     *
     * @throws UnsupportedOperationException if it is another one
     */
    static Architecture of(String osArch) {
        return switch (osArch) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64", "arm64" -> AARCH64;
            default -> throw new UnsupportedOperationException("os.arch: " + osArch + " (expected: amd64 or aarch64)");
        };
    }

    int pick(int x86, int arm) {
        return this == X86_64 ? x86 : arm;
    }
}
