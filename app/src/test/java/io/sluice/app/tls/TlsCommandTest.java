package io.sluice.app.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.tls.TlsIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code sluice tls init} leaves in a directory, and that it leaves alone what is there. */
class TlsCommandTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int init(String... arguments) {
        out.reset();
        err.reset();
        TlsCommand.Init command = new TlsCommand.Init(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        Stream<String> all = Stream.concat(Stream.of("--directory=" + made()), Stream.of(arguments));
        return new CommandLine(command).execute(all.toArray(String[]::new));
    }

    private Path made() {
        return directory.resolve("tls");
    }

    private TlsIdentity read(String name) throws IOException {
        return TlsIdentity.read(bytes(made().resolve(name + ".pem")), bytes(made().resolve(name + "-key.pem")));
    }

    private static byte[] bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new HashMap<>();
        try (Stream<Path> files = Files.list(made())) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }

    @Test
    void makesAnAuthorityAndWhatItSigns() throws Exception {
        assertThat(init("--host=web1.example", "--host=192.0.2.1", "--client=publisher"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        X509Certificate authority = read("ca").chain().getFirst();
        X509Certificate server = read("web1.example").chain().getFirst();
        server.verify(authority.getPublicKey());
        assertThat(server.getSubjectAlternativeNames())
                .containsExactly(List.of(2, "web1.example"), List.of(7, "192.0.2.1"));
        X509Certificate client = read("publisher").chain().getFirst();
        client.verify(authority.getPublicKey());
        assertThat(client.getSubjectX500Principal().getName()).isEqualTo("CN=publisher");
        for (String key : List.of("ca-key.pem", "web1.example-key.pem", "publisher-key.pem")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made().resolve(key))))
                    .isEqualTo("rw-------");
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("tls certificate = " + made().resolve("web1.example.pem") + "\n")
                .contains("tls client ca = " + made().resolve("ca.pem") + "\n")
                .contains("auth users = tls:publisher\n")
                .contains("--tls-ca=" + made().resolve("ca.pem"))
                .contains("rsyncs://web1.example/MODULE/");
    }

    @Test
    void theNextCallUsesTheSameAuthority() throws Exception {
        init("--host=web1");
        Map<String, String> first = contents();
        assertThat(init("--host=web2", "--host=*.web2")).isZero();
        assertThat(contents()).containsAllEntriesOf(first).hasSize(first.size() + 2);
        read("web2").chain().getFirst().verify(read("ca").chain().getFirst().getPublicKey());
    }

    @Test
    void nothingIsOverwrittenAndThenNothingIsMade() throws Exception {
        init("--host=web1");
        Map<String, String> before = contents();
        for (String[] again : new String[][] {
            {"--host=web1"},
            {"--host=web2", "--client=web2"},
            {"--host=web2", "--client=web1"},
            {"--client=ca"},
            {"--host=a b"},
            {"--client=../x"},
            {"--host=web3", "--days=0"}
        }) {
            assertThat(init(again)).as(String.join(" ", again)).isOne();
            assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("sluice tls init: ");
            assertThat(contents()).isEqualTo(before);
        }
    }

    @Test
    void anAuthorityWithoutItsKeyIsNotReplaced() throws Exception {
        init("--host=web1");
        Files.delete(made().resolve("ca-key.pem"));
        Map<String, String> before = contents();
        assertThat(init("--host=web2")).isOne();
        assertThat(contents()).isEqualTo(before);
    }
}
