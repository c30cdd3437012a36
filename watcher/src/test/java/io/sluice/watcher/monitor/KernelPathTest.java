package io.sluice.watcher.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths as the kernel shows them, taken apart and put together. */
class KernelPathTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "elsewhere",
            value = {
                "/srv, /srv/a/b, a/b",
                "/srv, /srv, ''",
                "/srv, /srvant, elsewhere",
                "/srv, /, elsewhere",
                "/srv, /other/srv, elsewhere",
                "/, /a, a",
                "/, /, ''"
            })
    void findsWhatIsBelow(String top, String path, @Nullable String rest) {
        assertThat(KernelPath.below(bytes(top), bytes(path))).isEqualTo(rest == null ? null : bytes(rest));
    }

    @ParameterizedTest
    @CsvSource({"a, b, a/b", "'', b, b", "a, '', a", "'', '', ''"})
    void joins(String path, String name, String joined) {
        assertThat(KernelPath.join(bytes(path), bytes(name))).isEqualTo(bytes(joined));
    }

    /** Whoever goes down the tree never asks about what is below something excluded. */
    @Test
    void asksAFilterFromTheTopDown() {
        StringBuilder asked = new StringBuilder();
        PathFilter filter = (path, directory) -> {
            asked.append(new String(path, StandardCharsets.UTF_8)).append(directory ? "/ " : " ");
            return path.length == "a/b".length();
        };
        assertThat(ExcludedPaths.excludes(filter, bytes("a/b/c"))).isTrue();
        assertThat(asked).hasToString("a/ a/b/ ");
        assertThat(ExcludedPaths.excludes(filter, bytes("x"))).isFalse();
        assertThat(ExcludedPaths.excludes(filter, bytes(""))).isFalse();
    }
}
