package io.sluice.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.client.SocketSettings;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections over loopback, with a listener of the test's own; what arrives there is compared. */
@Timeout(60)
class SocketDialerTest {
    private static ServerSocket listener() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @Test
    void tellsAddressAndErrorOfARefusedConnection() throws IOException {
        int port;
        try (ServerSocket closed = listener()) {
            port = closed.getLocalPort();
        }
        assertThatThrownBy(() -> new SocketDialer(SocketDialer.Settings.DEFAULT).dial("127.0.0.1", port))
                .isInstanceOfSatisfying(
                        TransferException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.SOCKET_IO))
                .hasMessage("failed to connect to 127.0.0.1 (127.0.0.1): Connection refused (111)");
    }

    /** A URL's port, a proxy's and that of a program that uses the library come here unchecked. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536, 99_999})
    void refusesAPortThatIsNone(int port) {
        assertThatThrownBy(() -> new SocketDialer(SocketDialer.Settings.DEFAULT).dial("127.0.0.1", port))
                .isInstanceOfSatisfying(
                        TransferException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.SYNTAX))
                .hasMessage("port of 127.0.0.1: " + port + " (expected: 1 to 65535)");
    }

    @Test
    void connectsFromTheAddressAskedFor() throws Exception {
        try (ServerSocket listener = listener()) {
            SocketDialer.Settings from =
                    new SocketDialer.Settings(Optional.of("127.0.0.9"), 4, 5, Optional.empty(), SocketSettings.NONE);
            try (Link link = new SocketDialer(from).dial("127.0.0.1", listener.getLocalPort());
                    Socket accepted = listener.accept()) {
                assertThat(accepted.getInetAddress().getHostAddress()).isEqualTo("127.0.0.9");
                link.output().write(new byte[] {42});
                assertThat(accepted.getInputStream().read()).isEqualTo(42);
            }
        }
    }

    @Test
    void goesThroughAProxyThatSaysYes() throws Exception {
        List<String> request = new ArrayList<>();
        try (ServerSocket proxy = listener()) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> answer(proxy, request, "200 OK"));
            try (Link link = dialThrough(proxy, "user:pw@")) {
                assertThat(link.input().read()).isEqualTo('!');
            }
            served.join();
        }
        assertThat(request).containsExactly("CONNECT web1:873 HTTP/1.0", "Proxy-Authorization: Basic dXNlcjpwdw==", "");
    }

    @Test
    void tellsWhatAProxySaidThatRefused() throws Exception {
        try (ServerSocket proxy = listener()) {
            CompletableFuture<Void> served =
                    CompletableFuture.runAsync(() -> answer(proxy, new ArrayList<>(), "403 Forbidden"));
            assertThatThrownBy(() -> dialThrough(proxy, "").close())
                    .hasMessage("bad response from proxy -- HTTP/1.0 403 Forbidden");
            served.join();
        }
    }

    /** A proxy, or whoever is on the way to it, sends lines without end. */
    @ParameterizedTest
    @CsvSource({"0, proxy response line too long", "3, proxy response header line too long"})
    void linesOfAProxyAreBounded(int statusDigits, String message) throws Exception {
        try (ServerSocket proxy = listener()) {
            String status =
                    "200".substring(0, statusDigits) + (statusDigits == 0 ? "" : " OK\r\nX: ") + "x".repeat(1100);
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> answer(proxy, new ArrayList<>(), status));
            assertThatThrownBy(() -> dialThrough(proxy, "").close()).hasMessage(message);
            served.join();
        }
    }

    /** Each line is short, and there is no end of them: a client without a bound would wait as long as the proxy likes. */
    @Test
    void theLinesOfAProxyAreCounted() throws Exception {
        try (ServerSocket proxy = listener()) {
            String fits = "200 OK" + "\r\nX: y".repeat(255);
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> answer(proxy, new ArrayList<>(), fits));
            dialThrough(proxy, "").close();
            served.join();
            String more = fits + "\r\nX: y";
            served = CompletableFuture.runAsync(() -> answer(proxy, new ArrayList<>(), more));
            assertThatThrownBy(() -> dialThrough(proxy, "").close()).hasMessage("proxy response header too long");
            served.join();
        }
    }

    private static Link dialThrough(ServerSocket proxy, String credentials) throws IOException {
        String place = credentials + "127.0.0.1:" + proxy.getLocalPort();
        SocketDialer.Settings settings =
                new SocketDialer.Settings(Optional.empty(), 0, 5, Optional.of(place), SocketSettings.NONE);
        return new SocketDialer(settings).dial("web1", 873);
    }

    private static void answer(ServerSocket proxy, List<String> request, String status) {
        try (Socket client = proxy.accept()) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            String line;
            do {
                line = in.readLine();
                request.add(line);
            } while (!line.isEmpty());
            String answer = "HTTP/1.0 " + status + "\r\nVia: test\r\n\r\n!";
            client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
