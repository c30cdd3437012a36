package io.sluice.linux;

import static io.sluice.linux.Names.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How far a path may go. Every path that must not be opened leads to a file that exists, and opens when it is
 * unrestricted: so a refusal is the rule's, not a missing file's.
 */
class ResolveTest {
    @TempDir
    Path temporary;

    private DirectoryHandle root;

    /** {@code secret} lies beside {@code root}, and again inside as what {@code /secret} is to IN_ROOT. */
    @BeforeEach
    void layOut() throws IOException {
        try (DirectoryHandle top = Names.open(temporary)) {
            Names.write(top, "secret", "outside");
            top.makeDirectory(bytes("root"), 0755);
            root = top.openDirectory(bytes("root"), Resolve.BENEATH);
        }
        Names.write(root, "secret", "inside");
        root.makeDirectory(bytes("sub"), 0755);
        root.symlink(bytes("../secret"), bytes("sub/up"));
        root.symlink(bytes("../../secret"), bytes("sub/out"));
        root.symlink(bytes("/secret"), bytes("absolute"));
        root.symlink(bytes(temporary + "/secret"), bytes("far"));
        root.symlink(bytes("sub"), bytes("way"));
    }

    @AfterEach
    void close() throws IOException {
        root.close();
    }

    @ParameterizedTest
    @CsvSource({
        "NONE,                secret,                inside",
        "NONE,                ../secret,             outside",
        "NONE,                sub/out,               outside",
        "NONE,                far,                   outside",
        "BENEATH,             secret,                inside",
        "BENEATH,             sub/up,                inside",
        "BENEATH,             way/up,                inside",
        "BENEATH,             sub/../secret,         inside",
        "BENEATH,             ../secret,             EXDEV",
        "BENEATH,             ../root/secret,        EXDEV",
        "BENEATH,             sub/out,               EXDEV",
        "BENEATH,             way/out,               EXDEV",
        "BENEATH,             absolute,              EXDEV",
        "BENEATH,             far,                   EXDEV",
        "BENEATH,             /,                     EXDEV",
        "NO_SYMLINKS,         ../secret,             outside",
        "NO_SYMLINKS,         sub/up,                ELOOP",
        "NO_SYMLINKS,         way/../secret,         ELOOP",
        "BENEATH_NO_SYMLINKS, secret,                inside",
        "BENEATH_NO_SYMLINKS, sub/up,                ELOOP",
        "BENEATH_NO_SYMLINKS, ../secret,             EXDEV",
        "IN_ROOT,             ../secret,             inside",
        "IN_ROOT,             ../../../secret,       inside",
        "IN_ROOT,             sub/out,               inside",
        "IN_ROOT,             absolute,              inside",
        "IN_ROOT,             /secret,               inside",
        "IN_ROOT,             far,                   ENOENT",
    })
    void pathEndsWhereTheRuleSays(Resolve resolve, String path, String expected) throws IOException {
        assertThat(read(path, resolve)).isEqualTo(expected);
    }

    @Test
    void magicLinksNeedToBeUnrestricted() throws IOException {
        try (OpenFile file = root.openFile(bytes("secret"), OpenFlags.READ_ONLY, 0, Resolve.BENEATH)) {
            String link = "/proc/self/fd/" + file.fd();
            assertThat(read(link, Resolve.UNRESTRICTED)).isEqualTo("inside");
            assertThat(read(link, Resolve.NONE)).isEqualTo("ELOOP");
        }
    }

    @Test
    void directoryIsHeldToTheSameRules() throws IOException {
        root.openDirectory(bytes("way"), Resolve.BENEATH).close();
        Failure.of(Errno.EXDEV, () -> root.openDirectory(bytes(".."), Resolve.BENEATH));
        Failure.of(Errno.EXDEV, () -> root.openPlace(bytes("sub/../.."), Resolve.BENEATH));
        Failure.of(Errno.ENOTDIR, () -> root.openDirectory(bytes("secret"), Resolve.BENEATH));
    }

    /** The content, or the name of the error. */
    private String read(String path, Resolve resolve) throws IOException {
        byte[] content = new byte[16];
        try (OpenFile file = root.openFile(bytes(path), OpenFlags.READ_ONLY, 0, resolve)) {
            return new String(content, 0, file.read(content, 0, content.length), StandardCharsets.UTF_8);
        } catch (SystemCallException e) {
            return Errno.name(e.errno());
        }
    }
}
