package io.sluice.daemon.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.daemon.access.Accounts;
import io.sluice.daemon.access.Directories;
import io.sluice.daemon.access.HostNames;
import io.sluice.daemon.config.DaemonConfiguration;
import io.sluice.daemon.log.DaemonLog;
import io.sluice.daemon.monitor.DaemonEvents;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Peers about whom the resolver or the user database does not answer, more of them than there are threads for anything, keep none from being served about whom it does. */
@Timeout(60)
class SlowLookupsTest {
    private static final int MANY = 100;
    private static final String SLOW = "127.0.0.1";
    private static final String QUICK = "127.0.0.2";

    @TempDir
    private Path directory;

    private final CountDownLatch answer = new CountDownLatch(1);
    private final List<Socket> peers = new ArrayList<>();
    private Listener listener;
    private int port;

    /** Knows nothing of one address, nor of one name, until it is told to. */
    private final class Resolver implements HostNames {
        @Override
        public String nameOf(InetAddress address) {
            if (address.getHostAddress().equals(SLOW)) {
                hang();
            }
            return "peer.example";
        }

        @Override
        public List<InetAddress> addressesOf(String name) {
            hang();
            return List.of(InetAddress.getLoopbackAddress());
        }
    }

    /** Knows whom every module has, and nothing of one user, until it is told to. */
    private final class Database implements Accounts {
        private static final String UNKNOWN = "slow";

        @Override
        public OptionalInt userId(String name) {
            return idOf(name);
        }

        @Override
        public OptionalInt groupId(String name) {
            return idOf(name);
        }

        private OptionalInt idOf(String name) {
            if (name.equals(UNKNOWN)) {
                hang();
                return OptionalInt.empty();
            }
            return OptionalInt.of(0);
        }

        @Override
        public List<Integer> groupsOf(int uid) {
            return List.of();
        }

        @Override
        public List<String> groupNamesOf(String user) {
            hang();
            return List.of("others");
        }

        @Override
        public void renew() {
            // nothing is kept
        }
    }

    private void hang() {
        try {
            answer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @BeforeEach
    void start() throws IOException {
        Path configuration = directory.resolve("rsyncd.conf");
        Files.writeString(configuration, """
            use chroot = no
            uid =
            [quick]
            path = /
            [slow]
            path = /
            hosts allow = slow.example
            [user]
            path = /
            uid = slow
            [group]
            path = /
            gid = slow
            [members]
            path = /
            auth users = @staff
            secrets file = /dev/null
            """);
        DaemonConfiguration read = DaemonConfiguration.read(configuration, Map.of());
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        listener = new Listener(
                () -> read,
                new DaemonLog(nowhere, Clock.systemUTC()),
                Duration.ofSeconds(50),
                DaemonEvents.NONE,
                new Directories(new Resolver(), new Database()),
                Thread.ofPlatform().factory());
        port = listener.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener.accept();
    }

    @AfterEach
    void stop() throws Exception {
        answer.countDown();
        for (Socket peer : peers) {
            peer.close();
        }
        listener.close(Duration.ofSeconds(5));
    }

    private Socket connect(String from) throws IOException {
        Socket socket = new Socket();
        peers.add(socket);
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private static BufferedReader greeted(Socket socket) throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        assertThat(said.readLine()).startsWith("@RSYNCD: 32.0");
        return said;
    }

    private static void ask(Socket socket, String module) throws IOException {
        socket.getOutputStream().write(("@RSYNCD: 31.0 md5\n" + module + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void isServed(Socket peer) throws IOException {
        BufferedReader said = greeted(peer);
        ask(peer, "quick");
        assertThat(said.readLine()).isEqualTo("@RSYNCD: OK");
    }

    @Test
    void thoseWhoseNameIsNotFoundKeepNobodyWaiting() throws Exception {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            slow.add(connect(SLOW));
        }
        isServed(connect(QUICK));
        answer.countDown();
        for (Socket peer : slow) {
            isServed(peer);
        }
    }

    /** The name is one of the configuration, and it is the module that asks for it. */
    @Test
    void thoseWhoseModuleHasToFindANameKeepNobodyWaiting() throws Exception {
        List<BufferedReader> slow = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            slow.add(greeted(connect(QUICK)));
        }
        for (Socket peer : List.copyOf(peers)) {
            ask(peer, "slow");
        }
        isServed(connect("127.0.0.3"));
        answer.countDown();
        for (BufferedReader peer : slow) {
            assertThat(peer.readLine()).isEqualTo("@ERROR: access denied to slow from peer.example (127.0.0.2)");
        }
    }

    /** The first two are the configuration's; the third is whoever the peer says he is, before he has shown that he is anybody. */
    @ParameterizedTest
    @CsvSource({
        "user, @ERROR: invalid uid slow",
        "group, @ERROR: invalid gid slow",
        "members, @ERROR: auth failed on module members"
    })
    void thoseWhoseModuleHasToFindAUserKeepNobodyWaiting(String module, String refusal) throws Exception {
        List<BufferedReader> slow = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            Socket peer = connect(QUICK);
            BufferedReader said = greeted(peer);
            ask(peer, module);
            if (module.equals("members")) {
                assertThat(said.readLine()).startsWith("@RSYNCD: AUTHREQD ");
                peer.getOutputStream().write("somebody answer\n".getBytes(StandardCharsets.US_ASCII));
            }
            slow.add(said);
        }
        isServed(connect("127.0.0.3"));
        answer.countDown();
        for (BufferedReader peer : slow) {
            assertThat(peer.readLine()).isEqualTo(refusal);
        }
    }
}
