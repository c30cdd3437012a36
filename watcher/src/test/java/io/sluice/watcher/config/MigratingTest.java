package io.sluice.watcher.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The configurations that MIGRATING.md promises to work, with directories and files of this test in place of those that it names. */
class MigratingTest {
    private static final Pattern BLOCK = Pattern.compile("(?s)```mirror\\.conf\\n(.*?)```");

    @TempDir
    private Path directory;

    static Stream<String> configurations() throws IOException {
        return BLOCK.matcher(Files.readString(Path.of("MIGRATING.md")))
                .results()
                .map(found -> found.group(1));
    }

    private List<String> check(String text) throws IOException {
        Files.createDirectories(directory.resolve("srv/www"));
        Files.createDirectories(directory.resolve("srv/pool"));
        Path password = Files.writeString(directory.resolve("server.pass"), "secret\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(directory.resolve("lsyncd.exclude"), "*.bak\n");
        Files.writeString(directory.resolve("rules"), "- *.bak\n+ /kept\n");
        String here = text.replace("= /srv/", "= " + directory + "/srv/").replace("= /etc/", "= " + directory + "/");
        Path file = Files.writeString(directory.resolve("mirror.conf"), here);
        return MirrorFile.check(file, Map.of()).report("it");
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void isUnderstood(String text) throws IOException {
        assertThat(check(text)).containsExactly("it: 0 errors, 0 warnings");
    }

    /** Single parameters of its tables. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "filter = P *",
                "filter = merge DIR/rules",
                "options = -e 'ssh -p 2222 -i FILE'",
                "options = -A -X --bwlimit=10m --chmod=F644 -e 'ssh -p 2222' --rsync-path=rsync",
                "options = --no-o",
                "verify interval = 6h",
                "settle = 15s",
            })
    void understandsWhatItsTablesSay(String line) throws IOException {
        String text = "[a]\npath = /srv/www\nreplicas = h::m\n" + line.replace("DIR", directory.toString()) + "\n";
        assertThat(check(text)).containsExactly("it: 0 errors, 0 warnings");
    }
}
