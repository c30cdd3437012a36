package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.PasswordSource;
import io.sluice.protocol.filelist.LinkWitness;
import io.sluice.protocol.filter.FilterList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules by which an old rsync deletes just some names. That they do so there is tried with real ones elsewhere. */
class AbsentNamesTest {
    @TempDir
    private Path source;

    private AbsentNames absent(FilterList filters, String... names) throws IOException {
        Files.createDirectories(source.resolve("d/sub"));
        Replica replica = Replica.of("rsync://host/module/", PasswordSource.of(""));
        MirrorConfiguration configuration =
                MirrorConfiguration.of(source, List.of(replica)).withFilters(filters);
        List<byte[]> bytes = new ArrayList<>();
        for (String name : names) {
            bytes.add(name.getBytes(StandardCharsets.ISO_8859_1));
        }
        return AbsentNames.of(bytes, new ReplicaSessions(configuration, replica, LinkWitness.NONE));
    }

    private static List<String> texts(List<byte[]> bytes) {
        return bytes.stream().map(PathText::of).toList();
    }

    @Test
    void releasesTheNamesAndProtectsAllElseInTheirDirectories() throws IOException {
        AbsentNames absent = absent(FilterList.EMPTY, "d/sub/x", "y", "d/z");
        assertThat(texts(absent.directories())).containsExactly(".", "d/", "d/sub/");
        assertThat(texts(absent.rules().lines()))
                .containsExactly(
                        "+r /d/sub/x",
                        "+s /d/sub/x",
                        "+r /d/z",
                        "+s /d/z",
                        "+r /y",
                        "+s /y",
                        "+s /d/",
                        "+s /d/sub/",
                        "-r /*",
                        "-s /*",
                        "-r /d/*",
                        "-s /d/*",
                        "-r /d/sub/*",
                        "-s /d/sub/*");
    }

    /** A backslash counts as one only where a wildcard is, which the pattern for a directory's content always has. */
    @Test
    void takesNamesLiterally() throws IOException {
        AbsentNames absent = absent(FilterList.EMPTY, "d/a*b\\c", "d/plain\\c");
        assertThat(texts(absent.rules().lines())).contains("+r /d/a\\*b\\\\c", "+r /d/plain\\c");
    }

    @Test
    void keepsToTheRulesOfTheUser() throws IOException {
        FilterList filters = new FilterList.Builder()
                .exclude("*.keep")
                .exclude("cache/")
                .include("plain/")
                .exclude("plain")
                .build();
        AbsentNames absent = absent(filters, "d/x.keep", "cache", "plain");
        assertThat(texts(absent.directories())).containsExactly(".");
        assertThat(texts(absent.rules().lines()))
                .containsExactly("-r /cache/", "+r /cache", "+s /cache", "+r /plain/", "+s /plain", "-r /*", "-s /*");
    }
}
