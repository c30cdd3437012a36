package io.sluice.watcher.inotifytools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Where directories are, as events tell; none of these exists, so that the kernel could not be asked. */
class DirectoryNamesTest {
    private static byte[] key(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    /** What is below what is watched is told by its path alone: without that, no event of a large tree would count. */
    @Test
    void neverForgetsWhatIsWatchedHoweverManyDirectoriesThereAre() {
        DirectoryNames names = new DirectoryNames(3);
        names.keep(key("top"), "/top/");
        for (int i = 0; i < 20; i++) {
            names.put(key("d" + i), "/top/d" + i + "/");
        }
        assertThat(names.at(key("top"))).isEqualTo("/top/");
        assertThat(names.at(key("d0"))).isNull();
        assertThat(names.at(key("d19"))).isEqualTo("/top/d19/");
    }

    /** Also after it has gone to another place, by the path that it has there. */
    @Test
    void knowsWhereWhatIsWatchedHasGone() {
        DirectoryNames names = new DirectoryNames(3);
        names.keep(key("top"), "/top/");
        names.put(key("below"), "/top/below/");
        names.put(key("top"), "/other/");
        assertThat(names.at(key("below"))).isEqualTo("/other/below/");
        for (int i = 0; i < 20; i++) {
            names.put(key("d" + i), "/other/d" + i + "/");
        }
        assertThat(names.at(key("top"))).isEqualTo("/other/");
    }

    @Test
    void forgetsAllWhenEventsWereLost() {
        DirectoryNames names = new DirectoryNames(3);
        names.keep(key("top"), "/top/");
        names.clear();
        assertThat(names.at(key("top"))).isNull();
    }
}
