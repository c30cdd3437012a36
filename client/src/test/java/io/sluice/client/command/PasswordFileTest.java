package io.sluice.client.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** rsync's rules for password files; the same content is accepted with one mode or owner and refused with another. */
class PasswordFileTest {
    private static final int SOMEBODY = 1000;

    @TempDir
    private Path directory;

    private String file(String content, String mode) throws IOException {
        Path file = directory.resolve("secret");
        Files.writeString(file, content, StandardCharsets.ISO_8859_1);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file.toString();
    }

    private static String read(String name) throws IOException {
        return ByteText.of(PasswordFile.read(name, InputStream.nullInputStream(), SOMEBODY));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"pass word\\nmore|pass word", "x\\r\\n|x", "\\n\\nlate\\n|late", "p\377w|p\377w", "only|only"})
    void takesTheFirstLineThatIsNotEmpty(String content, String password) throws IOException {
        String text = content.replace("\\n", "\n").replace("\\r", "\r");
        assertThat(read(file(text, "rw-r-----"))).isEqualTo(password);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw----r--", "rw-----w-", "rwxrwxrwx"})
    void refusesAFileThatOthersCanReadOrWrite(String mode) throws IOException {
        String name = file("secret", mode);
        assertThatThrownBy(() -> read(name)).hasMessage("ERROR: password file must not be other-accessible");
    }

    @Test
    void allowsOthersToExecuteWhichTellsNothing() throws IOException {
        assertThat(read(file("secret", "rw------x"))).isEqualTo("secret");
    }

    @Test
    void rootNeedsAFileOfItsOwn() throws IOException {
        String name = file("secret", "rw-------");
        int owner = (Integer) Files.getAttribute(Path.of(name), "unix:uid");
        if (owner == 0) {
            assertThat(PasswordFile.read(name, InputStream.nullInputStream(), 0))
                    .isNotEmpty();
            Files.setAttribute(Path.of(name), "unix:uid", SOMEBODY);
        }
        assertThatThrownBy(() -> PasswordFile.read(name, InputStream.nullInputStream(), 0))
                .hasMessage("ERROR: password file must be owned by root when running as root");
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        String name = file("\n\n", "rw-------");
        assertThatThrownBy(() -> read(name)).hasMessage("ERROR: failed to read a password from " + name);
    }

    @Test
    void tellsWhyAFileCannotBeOpened() {
        String name = directory.resolve("none").toString();
        assertThatThrownBy(() -> read(name))
                .hasMessage("could not open password file " + name + ": No such file or directory (2)")
                .isInstanceOfSatisfying(
                        TransferException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.SYNTAX));
    }

    @Test
    void readsOneLineOfStandardInput() throws IOException {
        InputStream in = new ByteArrayInputStream("first\nsecond\n".getBytes(StandardCharsets.UTF_8));
        assertThat(ByteText.of(PasswordFile.read("-", in, SOMEBODY))).isEqualTo("first");
        assertThat(ByteText.of(in.readAllBytes())).isEqualTo("second\n");
    }
}
