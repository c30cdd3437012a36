package io.sluice.daemon.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.client.KeptConnections;
import io.sluice.client.Location;
import io.sluice.client.PasswordSource;
import io.sluice.client.RsyncClient;
import io.sluice.client.RsyncOptions;
import io.sluice.client.SourceFiles;
import io.sluice.daemon.access.Accounts;
import io.sluice.daemon.access.Directories;
import io.sluice.daemon.access.HostNames;
import io.sluice.daemon.config.DaemonConfiguration;
import io.sluice.daemon.log.DaemonLog;
import io.sluice.daemon.monitor.DaemonEvents;
import io.sluice.linux.Identity;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.transfer.TransferResult;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Users and groups are those of the moment, for each connection and for each request that follows on one; what the system told before is kept by these accounts as by the system's. */
@Timeout(60)
class ChangedAccountsTest {
    @TempDir
    private Path directory;

    private final Set<String> users = ConcurrentHashMap.newKeySet();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private volatile List<String> groups = List.of("staff");
    private Listener listener;
    private int port;

    private final class Database implements Accounts {
        private final Map<String, Boolean> known = new ConcurrentHashMap<>();
        private Optional<List<String>> found = Optional.empty();

        @Override
        public OptionalInt userId(String name) {
            return known.computeIfAbsent(name, users::contains)
                    ? OptionalInt.of(Identity.effectiveUser())
                    : OptionalInt.empty();
        }

        @Override
        public OptionalInt groupId(String name) {
            return OptionalInt.of(0);
        }

        @Override
        public List<Integer> groupsOf(int uid) {
            return List.of();
        }

        @Override
        public synchronized List<String> groupNamesOf(String user) {
            found = Optional.of(found.orElse(groups));
            return found.get();
        }

        @Override
        public synchronized void renew() {
            known.clear();
            found = Optional.empty();
        }
    }

    @BeforeEach
    void start() throws IOException {
        users.add("nobody");
        Path configuration = directory.resolve("rsyncd.conf");
        Path tree = Files.createDirectory(directory.resolve("tree"));
        Path secrets = Files.writeString(directory.resolve("secrets"), "ann:word\n");
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(configuration, """
            use chroot = no
            uid =
            gid =
            [user]
            path = /
            uid = late
            [members]
            path = %s
            read only = no
            auth users = @staff
            secrets file = %s
            """.formatted(tree, secrets));
        DaemonConfiguration read = DaemonConfiguration.read(configuration, Map.of());
        listener = new Listener(
                () -> read,
                new DaemonLog(new PrintStream(log, true, StandardCharsets.UTF_8), Clock.systemUTC()),
                Duration.ofSeconds(50),
                DaemonEvents.NONE,
                new Directories(HostNames.SYSTEM, new Database()),
                Thread.ofPlatform().factory());
        port = listener.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener.accept();
    }

    @AfterEach
    void close() throws InterruptedException {
        listener.close(Duration.ofSeconds(10));
    }

    private String answer(String module) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            socket.getOutputStream()
                    .write(("@RSYNCD: 31.0 md5\n" + module + "\n").getBytes(StandardCharsets.ISO_8859_1));
            in.readLine();
            return String.valueOf(in.readLine());
        }
    }

    @Test
    void aUserWhoIsMadeLaterIsFound() throws IOException {
        assertThat(answer("user")).startsWith("@ERROR: invalid uid late");
        users.add("late");
        assertThat(answer("user")).doesNotContain("invalid uid");
    }

    private TransferResult push(KeptConnections kept) throws IOException {
        Path source = Files.writeString(directory.resolve("page"), "content " + System.nanoTime());
        RsyncClient client = RsyncClient.builder()
                .options(RsyncOptions.read(List.of("-tI"), Map.of()).transfer())
                .passwords(PasswordSource.of("word"))
                .keeping(kept)
                .build();
        Location members = Location.Daemon.of("127.0.0.1", port, "members", "").withUser("ann");
        try (SourceFiles files = SourceFiles.of(List.of(source.toString().getBytes(StandardCharsets.UTF_8)))) {
            return client.push(files, members);
        }
    }

    @Test
    void whoHasLeftTheGroupIsLetInNoMoreOnAConnectionThatHeHas() throws IOException {
        KeptConnections kept = new KeptConnections();
        try {
            assertThat(push(kept).exitCode()).isEqualTo(ExitCode.OK);
            assertThat(push(kept).exitCode()).isEqualTo(ExitCode.OK);
            assertThat(log.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains("allowed access")))
                    .as("connections")
                    .hasSize(1);
            groups = List.of("others");
            assertThatThrownBy(() -> push(kept)).hasMessageContaining("auth failed on module members");
        } finally {
            kept.close();
        }
    }
}
