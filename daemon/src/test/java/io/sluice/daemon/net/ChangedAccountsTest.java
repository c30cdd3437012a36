package io.sluice.daemon.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.daemon.access.Accounts;
import io.sluice.daemon.access.Directories;
import io.sluice.daemon.access.HostNames;
import io.sluice.daemon.access.Peer;
import io.sluice.daemon.auth.UserName;
import io.sluice.daemon.config.AuthorizedUser.Permission;
import io.sluice.daemon.config.DaemonConfiguration;
import io.sluice.daemon.config.ModuleConfiguration;
import io.sluice.daemon.hook.HookSetting;
import io.sluice.daemon.log.DaemonLog;
import io.sluice.daemon.module.Admission;
import io.sluice.daemon.monitor.DaemonEvents;
import io.sluice.linux.Identity;
import io.sluice.protocol.session.ProtocolVersion;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
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
import java.util.Random;
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
    private DaemonConfiguration configuration;
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
        Path file = directory.resolve("rsyncd.conf");
        Path tree = Files.createDirectory(directory.resolve("tree"));
        Path secrets = Files.writeString(directory.resolve("secrets"), "ann:word\n");
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file, """
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
        configuration = DaemonConfiguration.read(file, Map.of());
        listener = new Listener(
                () -> configuration,
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

    /** The request that would follow on the connection of one who was let in as one of the staff. */
    @Test
    void whoHasLeftTheGroupIsLetInNoMoreOnAConnectionThatHeHas() throws IOException {
        DaemonLog quiet = new DaemonLog(new PrintStream(OutputStream.nullOutputStream()), Clock.systemUTC());
        ConversationContext context = new ConversationContext(
                configuration,
                Optional.of(() -> configuration),
                InetAddress.getLoopbackAddress(),
                Optional.empty(),
                new Directories(HostNames.SYSTEM, new Database()),
                quiet.connection(configuration.log()),
                new HookSetting(true),
                new ArgumentMemory(ArgumentMemory.OWN),
                new Random(1),
                DaemonEvents.NONE);
        ModuleConfiguration module = configuration.module("members").orElseThrow();
        SameUser ann = new SameUser(
                context,
                () -> configuration,
                SameUser.Grounds.of(module),
                new SameUser.Admitted(
                        new Peer(context.address(), Peer.UNDETERMINED),
                        context.log(),
                        module,
                        UserName.of("ann"),
                        Optional.of(List.of("staff")),
                        Permission.MODULE,
                        ProtocolVersion.NEWEST));
        Admission.Arguments push =
                new Admission.Arguments(List.of("--server".getBytes(StandardCharsets.UTF_8)), List.of());
        try (Admission admission = ann.admit(push).orElseThrow()) {
            assertThat(admission.user()).isEqualTo(UserName.of("ann"));
        }
        groups = List.of("others");
        assertThat(ann.admit(push)).isEmpty();
    }
}
