package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.client.ConnectionOptions;
import io.sluice.client.KeptConnections;
import io.sluice.client.Location;
import io.sluice.client.PasswordSource;
import io.sluice.client.RsyncClient;
import io.sluice.client.RsyncClientBuilder;
import io.sluice.client.RsyncOptions;
import io.sluice.client.SourceFiles;
import io.sluice.client.TlsOptions;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.event.Notice;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.transfer.TransferResult;
import io.sluice.watcher.mirror.Mirror;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pushes that follow each other on one connection. How many there were the daemon's log says ("connect from"), and each push has content of its own, so that one
 * that was not done, or done with what was agreed on for the one before, leaves another file than it should.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class KeptConnectionIT {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    private final KeptConnections kept = new KeptConnections();
    private final Queue<String> notices = new ConcurrentLinkedQueue<>();
    private Path source;
    private Path home;
    private int edits;

    @BeforeEach
    void makeTrees() throws IOException {
        source = Files.createDirectories(directory.resolve("source"));
        home = directory.resolve("home");
        Files.createDirectories(home.resolve("site"));
        Files.createDirectories(source.resolve("sub"));
        Files.writeString(source.resolve("sub/other"), "stays");
    }

    @AfterEach
    void close() {
        kept.close();
    }

    private DaemonProcess start(Program program) throws IOException {
        return start(program, "");
    }

    /** @param parameters more of them for its module */
    private DaemonProcess start(Program program, String parameters) throws IOException {
        return DaemonProcess.start(program, home, MirrorBed.MODULE + parameters);
    }

    private RsyncClientBuilder client(String... options) throws IOException {
        List<String> words = new ArrayList<>(options.length == 0 ? List.of("-a", "--delete") : List.of(options));
        words.add("--modify-window=-1"); // all is made within a second
        RsyncOptions read = RsyncOptions.read(words, Map.of());
        return RsyncClient.builder()
                .options(read.transfer())
                .connection(read.connections().daemons())
                .passwords(PasswordSource.of(Processes.PASSWORD))
                .listener(new TransferListener() {
                    @Override
                    public void notice(Notice notice) {
                        notices.add(new String(notice.text(), StandardCharsets.UTF_8));
                    }
                })
                .keeping(kept);
    }

    private static Location site(DaemonProcess daemon) {
        return Location.parse(daemon.url("site/").getBytes(StandardCharsets.UTF_8));
    }

    private TransferResult push(RsyncClientBuilder client, Location destination) throws IOException {
        Files.writeString(source.resolve("page"), "edit ".repeat(edits % 7 + 1) + edits);
        edits++;
        try (SourceFiles files = SourceFiles.of(List.of((source + "/").getBytes(StandardCharsets.UTF_8)))) {
            return client.build().push(files, destination);
        }
    }

    private void pushed(RsyncClientBuilder client, Location destination) throws IOException {
        TransferResult result = push(client, destination);
        assertThat(result.exitCode()).as(String.join("", notices)).isEqualTo(ExitCode.OK);
        assertThat(result.statistics().transferredFiles()).isPositive();
        await("equal trees", () -> TreeSnapshot.of(home.resolve("site")).equals(TreeSnapshot.of(source)));
    }

    private void pushed(DaemonProcess daemon) throws IOException {
        pushed(client(), site(daemon));
    }

    /** Connections that named the module: those that only knocked are not counted. */
    private static long connections(DaemonProcess daemon) throws IOException {
        return daemon.log()
                .lines()
                .filter(line -> line.contains("rsync allowed access on module site from"))
                .count();
    }

    private static long lines(DaemonProcess daemon, String text) throws IOException {
        return daemon.log().lines().filter(line -> line.contains(text)).count();
    }

    /** What the daemon does when the client knows all that it needs to takes it a moment. */
    private static void await(String what, Condition condition) throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    @Test
    void manyPushesUseOne() throws Exception {
        try (DaemonProcess daemon = start(Program.SLUICE)) {
            for (int i = 0; i < 20; i++) {
                pushed(daemon);
            }
            assertThat(connections(daemon)).isEqualTo(1);
            assertThat(lines(daemon, "rsync to site/ from web1user@")).isEqualTo(20);
            await("the totals", () -> lines(daemon, "sent ") == 20);
        }
    }

    /** The bytes of a push that nobody tells of those before. */
    @Test
    void eachPushIsCountedForItself() throws Exception {
        try (DaemonProcess daemon = start(Program.SLUICE)) {
            TransferResult first = push(client(), site(daemon));
            for (int i = 0; i < 5; i++) {
                push(client(), site(daemon));
            }
            TransferResult last = push(client(), site(daemon));
            assertThat(connections(daemon)).isEqualTo(1);
            assertThat(last.statistics().bytesSent())
                    .isBetween(1L, first.statistics().bytesSent() + 50);
            await("the totals", () -> lines(daemon, "sent ") == 7);
            List<String> totals =
                    daemon.log().lines().filter(line -> line.contains("sent ")).toList();
            assertThat(received(totals.getLast())).isLessThanOrEqualTo(received(totals.getFirst()) + 50);
        }
    }

    private static long received(String line) {
        return Long.parseLong(line.replaceAll(".*received (\\d+) bytes.*", "$1"));
    }

    /** Whatever the options of one push were, the next has its own. */
    @Test
    void theOptionsOfPushesMayDiffer() throws Exception {
        try (DaemonProcess daemon = start(Program.SLUICE)) {
            Location site = site(daemon);
            pushed(client("-a", "-z", "--delete"), site);
            pushed(client("-a", "--no-i-r", "--checksum"), site);
            pushed(client("-rlptgoD", "--delete-after", "--delay-updates"), site);
            pushed(client("-aHAX", "--checksum-choice=md5", "--timeout=5"), site);
            pushed(client("-a", "-s", "--compress-choice=lz4"), site);
            pushed(client("-a", "--inplace", "-W"), site);
            Files.delete(source.resolve("sub/other"));
            pushed(client("-avv", "--delete-before", "-i"), site);
            pushed(client(), site.asDirectory());
            assertThat(connections(daemon)).isEqualTo(1);
        }
    }

    /** Older protocols have no last word that both ends know of. */
    @ParameterizedTest
    @CsvSource({"29, 3", "30, 3", "31, 1"})
    void isForProtocol31AndLater(int protocol, int expected) throws Exception {
        try (DaemonProcess daemon = start(Program.SLUICE)) {
            for (int i = 0; i < 3; i++) {
                TransferResult result = push(client("-a", "--protocol=" + protocol), site(daemon));
                assertThat(result.exitCode()).isEqualTo(ExitCode.OK); // of times they have whole seconds alone
                assertThat(home.resolve("site/page")).hasSameTextualContentAs(source.resolve("page"));
            }
            assertThat(connections(daemon)).isEqualTo(expected);
        }
    }

    /** rsync's daemon closes each connection, and knows nothing of the letter that it is told. */
    @Test
    void rsyncsDaemonGetsOneForEach() throws Exception {
        try (DaemonProcess daemon = start(Program.RSYNC)) {
            for (int i = 0; i < 5; i++) {
                pushed(daemon);
            }
            assertThat(connections(daemon)).isEqualTo(5);
        }
    }

    /** rsync's client, and ours that was not told to keep any, get no flag that they would not know. */
    @Test
    void whoDoesNotAskGetsOneForEach() throws Exception {
        try (DaemonProcess daemon = start(Program.SLUICE)) {
            Files.writeString(source.resolve("page"), "by rsync");
            Program.Run run = Program.RSYNC.run(directory, "-a", source + "/", daemon.url("site/"));
            assertThat(run.exitCode()).as(run.err()).isZero();
            RsyncClientBuilder plain = RsyncClient.builder()
                    .options(RsyncOptions.read(List.of("-a", "--modify-window=-1"), Map.of())
                            .transfer())
                    .passwords(PasswordSource.of(Processes.PASSWORD));
            pushed(plain, site(daemon));
            pushed(plain, site(daemon));
            assertThat(connections(daemon)).isEqualTo(3);
        }
    }

    /** What is counted or run for a connection is so for each push. */
    @ParameterizedTest
    @ValueSource(strings = {"max connections = 5\n", "pre-xfer exec = true\n", "post-xfer exec = true\n"})
    void modulesThatCountConnectionsGetOneForEach(String parameter) throws Exception {
        try (DaemonProcess daemon = start(Program.SLUICE, parameter)) {
            pushed(daemon);
            pushed(daemon);
            pushed(daemon);
            assertThat(connections(daemon)).isEqualTo(3);
        }
    }

    @Test
    void tlsIsNoDifference() throws Exception {
        TestCertificates certificates = new TestCertificates(directory.resolve("tls"));
        certificates.write("web1", certificates.server("localhost"));
        int port = DaemonProcess.freePort();
        String globals = "tls port = " + port + "\ntls certificate = " + certificates.certificate("web1")
                + "\ntls key = " + certificates.key("web1") + "\n";
        ConnectionOptions trusting =
                ConnectionOptions.DEFAULT.withTls(TlsOptions.DEFAULT.withAuthorities(certificates.authorityFile()));
        try (DaemonProcess daemon = DaemonProcess.start(Program.SLUICE, home, globals + MirrorBed.MODULE)) {
            Location site = Location.Daemon.of("localhost", port, "site", "")
                    .withUser("web1user")
                    .withTls();
            for (int i = 0; i < 5; i++) {
                pushed(client().connection(trusting), site);
            }
            assertThat(connections(daemon)).isEqualTo(1);
        }
    }

    @Test
    void anotherConfigurationCountsAtOnce() throws Exception {
        try (DaemonProcess daemon = start(Program.SLUICE)) {
            pushed(daemon);
            daemon.configure(MirrorBed.MODULE.replace("read only = no", "read only = yes"));
            assertThatThrownBy(() -> push(client(), site(daemon))).isInstanceOf(TransferException.class);
            assertThat(notices).anyMatch(text -> text.contains("module is read only"));
            daemon.configure(MirrorBed.MODULE);
            pushed(daemon);
            assertThat(connections(daemon)).isEqualTo(3);
        }
    }

    @Test
    void anotherPasswordCountsAtOnce() throws Exception {
        try (DaemonProcess daemon = start(Program.SLUICE)) {
            pushed(daemon);
            secrets("web1user:another\n");
            assertThatThrownBy(() -> push(client(), site(daemon)))
                    .isInstanceOfSatisfying(
                            TransferException.class,
                            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.START_CLIENT))
                    .hasMessageContaining("auth failed on module site");
            secrets("web1user:" + Processes.PASSWORD + "\n");
            pushed(daemon);
        }
    }

    private void secrets(String lines) throws IOException {
        Path next = Files.writeString(home.resolve("secrets.next"), lines);
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
        Files.move(next, home.resolve("secrets"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void anotherDirectoryCountsAtOnce() throws Exception {
        try (DaemonProcess daemon = start(Program.SLUICE)) {
            pushed(daemon);
            Files.move(home.resolve("site"), home.resolve("before"));
            assertThatThrownBy(() -> push(client(), site(daemon))).hasMessageContaining("chdir failed");
            Files.createDirectory(home.resolve("site"));
            pushed(daemon);
            assertThat(home.resolve("before/page")).hasContent("edit 0");
            Files.delete(home.resolve("before/page"));
            pushed(daemon);
            assertThat(home.resolve("before/page")).doesNotExist();
        }
    }

    @Test
    void aDaemonThatIsNewIsReachedAnew() throws Exception {
        try (DaemonProcess daemon = start(Program.SLUICE)) {
            pushed(daemon);
            daemon.stop(); // which waits for nobody who is idle
            assertThatThrownBy(() -> push(client(), site(daemon)))
                    .isInstanceOfSatisfying(
                            TransferException.class,
                            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.SOCKET_IO));
            daemon.restart();
            pushed(daemon);
            pushed(daemon);
            assertThat(connections(daemon)).isEqualTo(2);
            daemon.kill();
            daemon.restart();
            pushed(daemon);
            assertThat(connections(daemon)).isEqualTo(3);
        }
    }

    /** After their time neither end has the connection any more. */
    @Test
    void isClosedWhenNothingComes() throws Exception {
        try (DaemonProcess daemon = start(Program.SLUICE)) {
            pushed(daemon);
            assertThat(daemon.transferThreads()).isPositive();
            assertThat(daemon.connections()).isEqualTo(1);
            await("the end of the connection", () -> daemon.transferThreads() == 0);
            await("the end of its socket", () -> daemon.connections() == 0); // read by another thread until then
            pushed(daemon);
            assertThat(connections(daemon)).isEqualTo(2);
        }
    }

    /** Each has threads in the daemon: whoever may write must not make it have ever more of them. Those that there is no room for end as ever. */
    @Test
    void soManyWaitAndNoMore() throws Exception {
        List<KeptConnections> all = new ArrayList<>();
        try (DaemonProcess daemon = start(Program.SLUICE)) {
            for (int i = 0; i < 70; i++) {
                KeptConnections own = new KeptConnections();
                all.add(own);
                pushed(client().keeping(own), site(daemon));
            }
            daemon.signal("USR1");
            await("a line for each", () -> lines(daemon, "status: ") == 1 + statusCount(daemon));
            assertThat(lines(daemon, " idle module site user ")).isPositive().isLessThanOrEqualTo(64);
        } finally {
            all.forEach(KeptConnections::close);
        }
    }

    /** How many connections the first line of a status tells; 0 before there is one. */
    private static long statusCount(DaemonProcess daemon) throws IOException {
        Matcher first = Pattern.compile("status: (\\d+) connections?\n").matcher(daemon.log());
        return first.find() ? Long.parseLong(first.group(1)) : 0;
    }

    @Test
    void isClosedWithTheRestOfThem() throws Exception {
        try (DaemonProcess daemon = start(Program.SLUICE)) {
            pushed(daemon);
            kept.close();
            daemon.awaitRest();
            pushed(daemon);
            daemon.awaitRest();
            assertThat(connections(daemon)).isEqualTo(2);
        }
    }

    @Test
    void showsAsIdle() throws Exception {
        try (DaemonProcess daemon = start(Program.SLUICE)) {
            pushed(daemon);
            await("an idle connection", () -> {
                try {
                    daemon.signal("USR1");
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return lines(daemon, " idle module site user web1user since ") > 0;
            });
            daemon.signal("HUP");
            pushed(daemon);
            assertThat(connections(daemon)).isEqualTo(2);
        }
    }

    /** The client is told as ever, and the next push is as good as any. */
    @Test
    void wrongOptionsOfALaterPushAreRefused() throws Exception {
        try (DaemonProcess daemon = start(Program.SLUICE, "refuse options = checksum\n")) {
            pushed(daemon);
            RsyncClientBuilder unknown = client();
            unknown.connection(ConnectionOptions.DEFAULT.withRemoteOption("--no-such-option"));
            assertThatThrownBy(() -> push(unknown, site(daemon))).isInstanceOf(TransferException.class);
            assertThat(notices).anyMatch(text -> text.contains("--no-such-option: unknown option"));
            assertThat(connections(daemon)).isEqualTo(1);
            pushed(daemon);
            assertThatThrownBy(() -> push(client("-a", "--checksum"), site(daemon)))
                    .isInstanceOf(TransferException.class);
            assertThat(notices).anyMatch(text -> text.contains("The server is configured to refuse --checksum"));
            assertThat(connections(daemon)).isEqualTo(2);
            pushed(daemon);
            assertThat(connections(daemon)).isEqualTo(3);
        }
    }

    /** A push in which something went wrong is the last of its connection. */
    @Test
    void aPushThatIsPartialIsTheLast() throws Exception {
        try (DaemonProcess daemon = start(Program.SLUICE, "exclude = page\n")) {
            TransferResult result = push(client(), site(daemon));
            assertThat(result.exitCode()).as(String.join("", notices)).isEqualTo(ExitCode.PARTIAL);
            assertThat(push(client(), site(daemon)).exitCode()).isEqualTo(ExitCode.PARTIAL);
            assertThat(connections(daemon)).isEqualTo(2);
        }
    }

    @Test
    void aMirrorHasOneForManyEdits() throws Exception {
        try (MirrorBed bed = new MirrorBed(directory.resolve("mirror"))) {
            bed.startNodes(Program.SLUICE, 1);
            try (Mirror _ = bed.startMirror(configuration -> configuration)) {
                for (int i = 0; i < 20; i++) {
                    String content = "edit " + i;
                    Files.writeString(bed.site().resolve("page"), content);
                    Path copy = bed.copy(0).resolve("page");
                    bed.await(
                            content,
                            () -> Files.exists(copy) && Files.readString(copy).equals(content));
                }
                assertThat(lines(bed.node(0), "rsync to site/ from")).isGreaterThanOrEqualTo(20);
                assertThat(connections(bed.node(0))).isLessThan(10);
            }
            bed.node(0).awaitRest();
        }
    }
}
