package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What breaks a transfer off in the middle: a full disk, a cut connection, a peer that sends garbage. Whatever it is, each file of the target is as it was
 * or as the source has it, no temporary file stays, and the client says what happened with rsync's exit code.
 */
@Timeout(120)
class MishapsIT {
    private static final int FILES = 30;
    private static final int FILE_BYTES = 200_000;
    private static final long CUT_AFTER = 2_000_000;

    @TempDir
    private Path directory;

    private Path source;
    private Path target;

    static Stream<Pairing> pairings() {
        return Pairing.all();
    }

    @BeforeEach
    void makeTrees() throws IOException {
        source = Files.createDirectories(directory.resolve("source"));
        target = Files.createDirectories(directory.resolve("target"));
        Random random = new Random(1);
        byte[] content = new byte[FILE_BYTES];
        for (int i = 0; i < FILES; i++) {
            random.nextBytes(content);
            Files.write(source.resolve("file-" + i), content);
        }
        LongAgo.set(source);
    }

    @ParameterizedTest
    @MethodSource("pairings")
    void fullDiskLeavesWholeFilesOnly(Pairing pairing) throws Exception {
        int status = Processes.run(
                        List.of("mount", "-t", "tmpfs", "-o", "size=3m", "none", target.toString()), directory)
                .exitCode();
        assumeTrue(status == 0, "mounting a small file system needs root");
        try {
            makeOldVersions();
            Program.Run run = transfer(pairing);
            assertThat(run.exitCode()).as(run.err()).isEqualTo(11);
            assertThat(run.err()).contains("No space left on device (28)", "error in file IO (code 11)");
            assertNoTemporaryFiles();
            checkFiles();
        } finally {
            Processes.run(List.of("umount", target.toString()), directory);
        }
    }

    @ParameterizedTest
    @MethodSource("pairings")
    void cutConnectionLeavesWholeFilesOnly(Pairing pairing) throws Exception {
        makeOldVersions();
        try (DaemonProcess daemon =
                        DaemonProcess.start(pairing.daemon(), directory.resolve("daemon"), module(pairing));
                CuttingProxy proxy = new CuttingProxy(
                        daemon.port(),
                        pairing.push() ? CUT_AFTER : Long.MAX_VALUE,
                        pairing.push() ? Long.MAX_VALUE : CUT_AFTER)) {
            Program.Run run = run(pairing, "rsync://127.0.0.1:" + proxy.port() + "/tree/");
            assertThat(run.exitCode()).as(run.err()).isIn(10, 12);
            assertThat(run.err()).contains("rsync error: error in ");
            daemon.awaitRest();
            assertNoTemporaryFiles();
            checkFiles();

            Program.Run again = run(pairing, daemon.url("tree/"));
            assertThat(again.exitCode()).as(again.err()).isZero();
            daemon.awaitRest();
            assertThat(TreeSnapshot.of(target)).isEqualTo(TreeSnapshot.of(source));
        }
    }

    /** Where the greeting should be, and where the multiplexed stream should be. */
    @ParameterizedTest
    @ValueSource(strings = {"", "@RSYNCD: 32.0 sha512 sha256 sha1 md5 md4\n@RSYNCD: OK\n"})
    void garbageFromADaemonIsAnErrorOfTheProtocol(String before) throws Exception {
        for (int seed = 0; seed < 5; seed++) {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Thread babbler = babble(server, before, seed);
                Program.Run run = Program.SLUICE.run(
                        directory, "-a", "rsync://127.0.0.1:" + server.getLocalPort() + "/tree/", target + "/");
                assertThat(run.exitCode()).as(run.err()).isIn(before.isEmpty() ? List.of(5) : List.of(2, 10, 12));
                assertThat(run.err()).contains("rsync error: ");
                babbler.join();
            }
        }
        try (Stream<Path> left = Files.list(target)) {
            assertThat(left).isEmpty();
        }
    }

    private static Thread babble(ServerSocket server, String before, int seed) {
        return Thread.ofPlatform().daemon().start(() -> {
            try (Socket socket = server.accept()) {
                byte[] garbage = new byte[100_000];
                new Random(seed).nextBytes(garbage);
                OutputStream out = socket.getOutputStream();
                out.write(before.getBytes(StandardCharsets.US_ASCII));
                out.write(garbage);
                socket.shutdownOutput();
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // The client has hung up, as it should.
            }
        });
    }

    /** The daemon hangs up, nothing is in the module, and the next client is served. */
    @Test
    void garbageFromAClientHarmsNothing() throws Exception {
        Pairing pairing = new Pairing(Program.SLUICE, Program.SLUICE, true);
        try (DaemonProcess daemon = DaemonProcess.start(Program.SLUICE, directory.resolve("daemon"), module(pairing))) {
            for (int seed = 0; seed < 5; seed++) {
                sendGarbage(daemon.port(), seed);
            }
            daemon.awaitRest();
            try (Stream<Path> left = Files.list(target)) {
                assertThat(left).isEmpty();
            }
            Program.Run run = run(pairing, daemon.url("tree/"));
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(TreeSnapshot.of(target)).isEqualTo(TreeSnapshot.of(source));
        }
    }

    private static void sendGarbage(int port, int seed) throws IOException {
        String arguments = "--server\n-vlogDtpre.iLsfxCIvu\n.\ntree/\n\n".replace('\n', '\0');
        byte[] garbage = new byte[100_000];
        new Random(seed).nextBytes(garbage);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("@RSYNCD: 32.0 sha512\ntree\n" + arguments).getBytes(StandardCharsets.US_ASCII));
            out.write(garbage);
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .contains("@RSYNCD: OK");
        } catch (SocketException e) {
            // It hung up without reading all of it.
        }
    }

    private void makeOldVersions() throws IOException {
        for (int i = 0; i < FILES; i += 5) {
            Files.writeString(target.resolve("file-" + i), "old " + i);
        }
    }

    /** Every file is the source's or the old one. */
    private void checkFiles() throws IOException {
        int old = 0;
        try (Stream<Path> files = Files.list(target)) {
            for (Path file : files.toList()) {
                byte[] content = Files.readAllBytes(file);
                boolean isOld = new String(content, StandardCharsets.ISO_8859_1).startsWith("old ");
                old += isOld ? 1 : 0;
                if (!isOld) {
                    assertThat(content)
                            .as(file.toString())
                            .isEqualTo(Files.readAllBytes(source.resolve(file.getFileName())));
                }
            }
        }
        assertThat(old).as("the transfer broke off before its end").isPositive();
    }

    private void assertNoTemporaryFiles() throws IOException {
        try (Stream<Path> all = Files.list(target)) {
            assertThat(all.filter(MishapsIT::isTemporary)).isEmpty();
        }
    }

    private static boolean isTemporary(Path file) {
        return file.getFileName().toString().startsWith(".");
    }

    private Program.Run transfer(Pairing pairing) throws IOException, InterruptedException {
        try (DaemonProcess daemon =
                DaemonProcess.start(pairing.daemon(), directory.resolve("daemon"), module(pairing))) {
            Program.Run run = run(pairing, daemon.url("tree/"));
            daemon.awaitRest(); // it ends a little later than its client
            return run;
        }
    }

    private String module(Pairing pairing) {
        return "[tree]\nread only = no\npath = " + (pairing.push() ? target : source) + "\n";
    }

    private Program.Run run(Pairing pairing, String url) throws IOException, InterruptedException {
        return pairing.push()
                ? pairing.client().run(directory, "-a", source + "/", url)
                : pairing.client().run(directory, "-a", url, target + "/");
    }
}
