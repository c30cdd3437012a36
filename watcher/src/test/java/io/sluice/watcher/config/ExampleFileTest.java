package io.sluice.watcher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file that an administrator begins with: it has everything, and is right once its example values are. */
class ExampleFileTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void showsEveryParameter(MirrorParameter parameter) {
        assertThat(ExampleFile.TEXT.lines())
                .as("a line \"%s = VALUE\", or with # before it, in ExampleFile", parameter.text())
                .anyMatch(line ->
                        line.startsWith(parameter.text() + " = ") || line.startsWith("#" + parameter.text() + " = "));
    }

    private static String filledIn(String text, Path directory) throws IOException {
        Files.createDirectories(directory.resolve("www"));
        Path password = Files.writeString(directory.resolve("publisher.pass"), "secret\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        Path token = Files.writeString(directory.resolve("status.token"), "0123456789abcdef\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(directory.resolve("www.exclude"), "*.o\n");
        Files.writeString(directory.resolve("www.include"), "*.c\n");
        return text.replace("/srv/www", directory + "/www")
                .replace("/etc/sluice/", directory + "/")
                .replace("#password file", "password file");
    }

    /** With all that is commented out, too, so that no example is wrong. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isRightOnceItsValuesAre(boolean all) throws IOException {
        Path file = directory.resolve("mirror.conf");
        ExampleFile.write(file);
        String text = filledIn(Files.readString(file), directory);
        Files.writeString(file, all ? text.replaceAll("(?m)^#(?=[a-z])", "") : text);
        assertThat(MirrorFile.check(file, Map.of()).report("it")).containsExactly("it: 0 errors, 0 warnings");
        assertThat(MirrorFile.read(file, Map.of()).getFirst().configuration().replicas())
                .hasSize(2);
    }

    /** Or the test above would say nothing of the values that have to be filled in. */
    @Test
    void isNotRightAsItIs() throws IOException {
        Path file = directory.resolve("mirror.conf");
        Files.writeString(file, ExampleFile.TEXT.replace("/srv/www", directory + "/gone"));
        assertThat(MirrorFile.check(file, Map.of()).hasErrors()).isTrue();
    }

    @Test
    void overwritesNothing() throws IOException {
        Path file = Files.writeString(directory.resolve("mirror.conf"), "mine");
        assertThatThrownBy(() -> ExampleFile.write(file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("mine");
    }

    @Test
    void makesItsDirectoryAndNamesItself() throws IOException {
        Path file = directory.resolve("new/mirror.conf");
        ExampleFile.write(file);
        assertThat(file).content().contains("sluice mirror --check " + file).doesNotContain("THIS-FILE");
    }
}
