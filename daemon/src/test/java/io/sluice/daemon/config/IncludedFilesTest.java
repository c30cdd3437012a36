package io.sluice.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule differs from its neighbour ({@code &include} from {@code &merge}, a file from a directory) in what the modules have in the end. */
class IncludedFilesTest {
    @TempDir
    Path directory;

    @Test
    void keepsWhatAnIncludedFileSetsToItself() throws IOException {
        write("sub.conf", "timeout = 7\n[sub]\ncomment = s\n");
        DaemonConfiguration read = read("timeout = 3\n&include @/sub.conf\n[after]\n");
        assertThat(timeout(read, "sub")).isEqualTo(7);
        assertThat(timeout(read, "after")).isEqualTo(3);
    }

    @Test
    void insertsAMergedFile() throws IOException {
        write("sub.inc", "timeout = 7\ncomment = merged\n");
        DaemonConfiguration read = read("[first]\n&merge @/sub.inc\nread only = no\n[second]\n");
        assertThat(timeout(read, "first")).isEqualTo(7);
        assertThat(module(read, "first").comment()).isEqualTo("merged");
        assertThat(module(read, "first").transfer().readOnly()).isFalse();
        assertThat(timeout(read, "second")).isZero();
    }

    /** rsync has forgotten the module by then: what follows is a default. */
    @Test
    void isGlobalAgainAfterAnIncludedFile() throws IOException {
        write("sub.conf", "[sub]\n");
        DaemonConfiguration read = read("[first]\n&include @/sub.conf\ntimeout = 9\n[second]\n");
        assertThat(timeout(read, "first")).isZero();
        assertThat(timeout(read, "second")).isEqualTo(9);
    }

    @Test
    void takesTheFilesOfADirectoryByTheirNames() throws IOException {
        Files.createDirectories(directory.resolve("d/c.conf.d"));
        write("d/b.conf", "[b]\n");
        write("d/B.conf", "[B2]\ntimeout = 5\n");
        write("d/.conf", "[dot]\n");
        write("d/a.inc", "timeout = 8\n");
        write("d/x.conf~", "[x]\n");
        DaemonConfiguration included = read("&include @/d\n[z]\n");
        assertThat(included.modules()).extracting(ModuleConfiguration::name).containsExactly("dot", "B2", "b", "z");
        assertThat(timeout(included, "b")).isZero();
        DaemonConfiguration merged = read("&merge = @/d/\n[z]\n");
        assertThat(timeout(merged, "z")).isEqualTo(8);
    }

    /** As it starts, rsync reads no further than to the first module, and keeps what included files say until then. */
    @Test
    void takesThePortFromBeforeTheFirstModuleAlone() throws IOException {
        write("sub.conf", "port = 1234\n");
        assertThat(read("&include @/sub.conf\n[m]\n[global]\nport = 99\n")
                        .listening()
                        .port())
                .isEqualTo(1234);
        write("sub.conf", "[m]\n");
        assertThat(read("&include @/sub.conf\nport = 99\n").listening().port()).isZero();
    }

    @Test
    void refusesWhatIsNotThereOrNeverEnds() throws IOException {
        assertThatThrownBy(() -> read("a = b\n&include @/none\n"))
                .hasMessageEndingWith("rsyncd.conf:2: unable to stat config file \"" + directory
                        + "/none\": No such file or directory");
        write("loop.conf", "&include @/loop.conf\n");
        assertThatThrownBy(() -> read("&include @/loop.conf\n"))
                .hasMessageContaining("loop.conf:1: config files that include each other: more than");
        assertThatThrownBy(() -> read("&use x\n")).hasMessageContaining("rsyncd.conf:1: Unknown directive: &use");
        write("bad.conf", "[m\n");
        assertThatThrownBy(() -> read("&include @/bad.conf\n")).hasMessageContaining("bad.conf:1: Badly formed line");
    }

    @Test
    void noticesThatAnyOfTheFilesChanged() throws IOException {
        write("d/a.conf", "[a]\n");
        ConfigurationFiles files = new ConfigurationFiles();
        write("rsyncd.conf", "&include @/d\n");
        read(files);
        assertThat(files.changed()).isFalse();
        write("d/a.conf", "[a]\ncomment = c\n");
        assertThat(files.changed()).isTrue();
        ConfigurationFiles again = new ConfigurationFiles();
        read(again);
        write("d/b.conf", "[b]\n");
        assertThat(again.changed()).isTrue();
    }

    /** One that is missing is looked for again: the fault is mended there, not in the file that names it. */
    @Test
    void noticesThatAMissingFileHasCome() throws IOException {
        ConfigurationFiles files = new ConfigurationFiles();
        write("rsyncd.conf", "&include @/late.conf\n");
        assertThatThrownBy(() -> read(files)).isInstanceOf(IOException.class);
        assertThat(files.changed()).isFalse();
        write("late.conf", "[late]\n");
        assertThat(files.changed()).isTrue();
    }

    private DaemonConfiguration read(String content) throws IOException {
        write("rsyncd.conf", content);
        return read(new ConfigurationFiles());
    }

    private DaemonConfiguration read(ConfigurationFiles files) throws IOException {
        return DaemonConfiguration.read(directory.resolve("rsyncd.conf").toString(), Map.of(), Overrides.NONE, files);
    }

    private static ModuleConfiguration module(DaemonConfiguration from, String name) {
        return from.module(name).orElseThrow();
    }

    private static int timeout(DaemonConfiguration from, String name) {
        return module(from, name).limits().timeout();
    }

    private void write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content.replace("@", directory.toString()));
    }
}
