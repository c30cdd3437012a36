package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every cell of the planner's table on a real tree: {@code dir/}, {@code dir/sub/}, {@code dir/file}, {@code file},
 * {@code held}, {@code link -> dir}. An entry planned too much or too little is another list.
 */
class PushPlannerTest {
    @TempDir
    private Path source;

    private PushPlan plan(String marks) throws IOException {
        Files.createDirectories(source.resolve("dir/sub"));
        Files.writeString(source.resolve("dir/file"), "x");
        Files.writeString(source.resolve("file"), "x");
        Files.writeString(source.resolve("held"), "x");
        Files.createSymbolicLink(source.resolve("link"), Path.of("dir"));
        DirtySet dirty = new DirtySet(1000);
        for (String mark : List.of(marks.split(" "))) {
            boolean subtree = mark.endsWith("/**");
            String path = mark.replace("/**", "").replace("ROOT", "");
            dirty.mark(path.getBytes(StandardCharsets.UTF_8), subtree, 0);
        }
        byte[] held = "held".getBytes(StandardCharsets.UTF_8);
        byte[] bytes = source.toString().getBytes(StandardCharsets.UTF_8);
        return new PushPlanner(bytes, path -> Arrays.equals(path, held)).plan(dirty);
    }

    private static List<String> texts(List<byte[]> paths) {
        return paths.stream()
                .map(path -> new String(path, StandardCharsets.UTF_8))
                .map(path -> path.isEmpty() ? "ROOT" : path)
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    # marks                | singles        | subtrees
                    file                   | file           | -
                    gone                   | gone           | -
                    link                   | link           | -
                    held                   | -              | -
                    dir                    | dir            | -
                    ROOT                   | ROOT           | -
                    file/**                | file           | -
                    gone/**                | gone           | -
                    link/**                | link           | -
                    held/**                | -              | -
                    dir/**                 | -              | dir
                    ROOT/**                | -              | ROOT
                    gone/a/b gone/c        | gone           | -
                    file/a file/b/**       | file           | -
                    link/file              | link           | -
                    dir/gone/x             | dir/gone       | -
                    dir dir/file           | dir/file       | -
                    dir dir/gone           | dir/gone       | -
                    dir dir/sub/**         | -              | dir/sub
                    dir/** dir/file        | -              | dir
                    dir/sub dir/file       | dir/file dir/sub | -
                    ROOT file              | file           | -
                    ROOT held              | ROOT           | -
                    file dir/sub/**        | file           | dir/sub
                    """)
    void plansWhatIsThereNow(String marks, String singles, String subtrees) throws IOException {
        PushPlan plan = plan(marks);
        assertThat(texts(plan.singles())).isEqualTo(words(singles));
        assertThat(texts(plan.subtrees())).isEqualTo(words(subtrees));
    }

    private static List<String> words(String text) {
        return text == null ? List.of() : List.of(text.split(" "));
    }

    /** An unmounted source must not empty the replicas. */
    @Test
    void refusesASourceThatIsNotThere() {
        byte[] missing = source.resolve("missing").toString().getBytes(StandardCharsets.UTF_8);
        DirtySet dirty = new DirtySet(10);
        dirty.mark(new byte[0], true, 0);
        assertThatThrownBy(() -> new PushPlanner(missing, path -> false).plan(dirty))
                .isInstanceOf(IOException.class);
    }
}
