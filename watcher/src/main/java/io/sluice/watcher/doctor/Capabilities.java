package io.sluice.watcher.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process may do beyond an ordinary user's rights, as {@code /proc/self/status} tells it.
 *
 * @param bits a bit for each of capabilities(7)
 */
record Capabilities(long bits) {
    private static final int DAC_READ_SEARCH = 2;
    private static final int DAC_OVERRIDE = 1;
    private static final int SYS_ADMIN = 21;
    private static final String FIELD = "CapEff:";

    static Capabilities ofThisProcess() throws IOException {
        return parse(Files.readString(Path.of("/proc/self/status"), StandardCharsets.ISO_8859_1));
    }

    /** The text of such a file; none if it does not say. */
    static Capabilities parse(String status) {
        return status.lines()
                .filter(line -> line.startsWith(FIELD))
                .findFirst()
                .map(line -> line.substring(FIELD.length()).trim())
                .filter(digits -> digits.matches("[0-9a-fA-F]{1,16}"))
                .map(digits -> new Capabilities(Long.parseUnsignedLong(digits, 16)))
                .orElse(new Capabilities(0));
    }

    /** {@code CAP_SYS_ADMIN}, which fanotify wants. */
    boolean administers() {
        return has(SYS_ADMIN);
    }

    /** {@code CAP_DAC_READ_SEARCH}, or one that has it too: every file can be read. */
    boolean readsAll() {
        return has(DAC_READ_SEARCH) || has(DAC_OVERRIDE);
    }

    private boolean has(int capability) {
        return (bits >>> capability & 1) != 0;
    }
}
