package io.sluice.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths as rsync 3.5.0 sends them to a daemon: only what the daemon would misread is changed. */
class ModulePathsTest {
    @ParameterizedTest
    @CsvSource({
        "m,m,m/",
        "m/,m,m/",
        "m/a b,m,m/a b",
        "m/a m/b,m,m/a[ ]m/b",
        "m/a mm/b,m,m/a mm/b",
        "-m/x,-m,./-m/x",
        "m/ m/ m/,m,m/[ ]m/[ ]m/"
    })
    void changesOnlyWhatWouldBeMisread(String path, String module, String sent) {
        byte[] name = ModulePaths.module(bytes(path));
        assertThat(new String(name, StandardCharsets.ISO_8859_1)).isEqualTo(module);
        assertThat(new String(ModulePaths.argument(bytes(path), name), StandardCharsets.ISO_8859_1))
                .isEqualTo(sent);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
