package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.filter.FilterList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A monitor leaves out what a transfer with the same rules would: else a change is pushed that is none, or one is missed. */
class FilterExcludesTest {
    @TempDir
    private Path source;

    private FilterExcludes excludes = new FilterExcludes(new byte[0], FilterList.EMPTY);

    @BeforeEach
    void readRules() throws IOException {
        Files.createDirectories(source.resolve("sub"));
        FilterList rules = new FilterList.Builder()
                .words("keep.tmp", FilterList.Kind.INCLUDE)
                .words("*.tmp /cache/", FilterList.Kind.EXCLUDE)
                .build();
        excludes = new FilterExcludes(source.toString().getBytes(StandardCharsets.UTF_8), rules);
    }

    private boolean excludes(String path, boolean directory) {
        return excludes.excludes(path.getBytes(StandardCharsets.UTF_8), directory);
    }

    @Test
    void theFirstRuleThatMatchesCounts() {
        assertThat(excludes("x.tmp", false)).isTrue();
        assertThat(excludes("sub/x.tmp", false)).isTrue();
        assertThat(excludes("keep.tmp", false)).isFalse();
    }

    @Test
    void aDirectorysRuleIsForDirectoriesInItsPlace() {
        assertThat(excludes("cache", true)).isTrue();
        assertThat(excludes("cache", false)).isFalse();
        assertThat(excludes("sub/cache", true)).isFalse();
    }
}
