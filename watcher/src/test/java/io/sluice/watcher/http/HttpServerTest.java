package io.sluice.watcher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real connections of a peer that writes what it likes. Each refusal stands beside what is let in, so that neither can be all there is. */
class HttpServerTest {
    private static final String TOKEN = "0123456789abcdefghij";
    private static final String HOST = "Host: localhost:8730\r\n";
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Limits GENEROUS = new Limits(100, 50, LONG, LONG, LONG);
    private static final int DEADLINE_MILLIS = 60_000;

    private final Pages pages = new Pages();
    private HttpServer server = new HttpServer(pages, GENEROUS);
    private InetSocketAddress address = new InetSocketAddress(0);

    @AfterEach
    void close() {
        server.close();
    }

    private void start(Limits limits, Optional<String> token) throws IOException {
        server.close();
        server = new HttpServer(pages, limits);
        address = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), token);
    }

    /** A feed that has as much as anybody takes, or what the test puts in. */
    private static final class Pages implements Site, Feed {
        private final AtomicLong taken = new AtomicLong();
        private final AtomicLong available = new AtomicLong();
        private final AtomicInteger listeners = new AtomicInteger();
        private final CountDownLatch left = new CountDownLatch(1);
        private volatile boolean over;
        private volatile Runnable wake = () -> {};

        @Override
        public Answer answer(Request request) {
            return switch (request.path()) {
                case "/events" -> new Answer.Events(this, request.lastEventId());
                case "/big" -> Answer.text(200, "text/plain", "x".repeat(64 << 20));
                default ->
                    Answer.plain(
                            200,
                            "path " + request.path() + " a=" + request.query().getOrDefault("a", ""));
            };
        }

        @Override
        public boolean isOpen(String path) {
            return path.equals("/healthz");
        }

        @Override
        public Answer refusal(Request request) {
            return Answer.plain(401, "who are you?");
        }

        @Override
        public Cursor open(Optional<String> lastEventId) {
            return new Cursor() {
                @Override
                public boolean isOver() {
                    return over;
                }

                @Override
                public boolean next(StringBuilder out, int limit) {
                    boolean there = available.get() > taken.get();
                    if (there) {
                        out.append("data: ")
                                .append(lastEventId.orElse("new"))
                                .append(' ')
                                .append(taken.incrementAndGet());
                        out.append(" ".repeat(available.get() == Long.MAX_VALUE ? limit : 0))
                                .append("\n\n");
                    }
                    return there;
                }
            };
        }

        @Override
        public Subscription subscribe(Runnable woken) {
            wake = woken;
            listeners.incrementAndGet();
            return () -> {
                listeners.decrementAndGet();
                left.countDown();
            };
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(DEADLINE_MILLIS);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** All that comes back until the server closes. */
    private String exchange(String request) throws IOException {
        try (Socket socket = connect()) {
            write(socket, request);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void answersAndCloses() throws IOException {
        start(GENEROUS, Optional.empty());
        String answer = exchange("GET /x%20y?a=b%26c HTTP/1.1\r\n" + HOST + "\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .endsWith("\r\n\r\npath /x y a=b&c\n")
                .containsIgnoringCase("content-security-policy: default-src 'none'")
                .contains("X-Content-Type-Options: nosniff")
                .doesNotContainIgnoringCase("access-control");
    }

    @Test
    void answersHeadWithoutTheContent() throws IOException {
        start(GENEROUS, Optional.empty());
        assertThat(exchange("HEAD /x HTTP/1.1\r\n" + HOST + "\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("content-length: 11")
                .endsWith("\r\n\r\n");
        assertThat(exchange("HEAD /events HTTP/1.1\r\n" + HOST + "\r\n"))
                .contains("content-type: text/event-stream; charset=utf-8\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST / HTTP/1.1~Host: localhost~Content-Length: 0|405",
                "\u0000\u0001\u0002 garbage|400",
                "GET /%zz HTTP/1.1~Host: localhost|400",
                "GET / HTTP/1.1|400",
                "GET / HTTP/1.1~Host: localhost~Host: evil.example|400",
                "GET / HTTP/1.1~Host: evil.example|421",
                "GET / HTTP/1.1~Host: localhost.evil.example|421",
                "GET / HTTP/1.1~Host: 127.0.0.1.evil.example:8730|421",
                "GET / HTTP/1.1~Host: LOCALHOST|200",
                "GET / HTTP/1.1~Host: 127.0.0.1:8730|200",
                "GET / HTTP/1.1~Host: [::1]:8730|200"
            })
    void tellsWhatIsMeantForIt(String request, int status) throws IOException {
        start(GENEROUS, Optional.empty());
        assertThat(exchange(request.replace("~", "\r\n") + "\r\n\r\n")).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void refusesWhatIsTooLong() throws IOException {
        start(GENEROUS, Optional.empty());
        assertThat(exchange("GET /" + "x".repeat(5000) + " HTTP/1.1\r\n" + HOST + "\r\n"))
                .startsWith("HTTP/1.1 431");
        assertThat(exchange("GET / HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(9000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
    }

    /** Whoever asks a thousand times before reading would make us hold a thousand answers. */
    @Test
    void answersOneRequestOfManyOnAConnection() throws IOException {
        start(GENEROUS, Optional.empty());
        String answer = exchange(("GET / HTTP/1.1\r\n" + HOST + "\r\n").repeat(3));
        assertThat(answer.split("HTTP/1.1", -1)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "/x|-|401",
                "/x|Authorization: Bearer 0123456789abcdefghi|401",
                "/x|Authorization: Bearer 0123456789abcdefghijk|401",
                "/x|Authorization: Basic 0123456789abcdefghij|401",
                "/x|Cookie: sluice_token=wrong|401",
                "/x?token=|-|401",
                "/x|Authorization: Bearer 0123456789abcdefghij|200",
                "/x|Authorization: bearer  0123456789abcdefghij|200",
                "/x|Cookie: other=1; sluice_token=0123456789abcdefghij|200",
                "/x?token=0123456789abcdefghij|-|200",
                "/healthz|-|200",
                "/healthz/x|-|401"
            })
    void letsInWhoHasTheToken(String path, String header, int status) throws IOException {
        start(GENEROUS, Optional.of(TOKEN));
        String more = header == null ? "" : header + "\r\n";
        assertThat(exchange("GET " + path + " HTTP/1.1\r\n" + HOST + more + "\r\n"))
                .startsWith("HTTP/1.1 " + status);
    }

    @Test
    void takesTheTokenOutOfABrowsersAddress() throws IOException {
        start(GENEROUS, Optional.of(TOKEN));
        String answer = exchange("GET /?token=" + TOKEN + " HTTP/1.1\r\n" + HOST + "Accept: text/html\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 303")
                .contains("Location: /\r\n")
                .contains("Set-Cookie: sluice_token=" + TOKEN + "; Path=/; HttpOnly; SameSite=Strict\r\n");
    }

    /** What comes decoded into a header leads elsewhere, or nowhere. */
    @ParameterizedTest
    @CsvSource({"/events/a%20b, /events/a%20b", "/%C3%BC, /%C3%BC", "//elsewhere/, /elsewhere/", "/%0d%0ax, /%0d%0ax"})
    void sendsABrowserToTheSamePlaceWithoutTheToken(String path, String location) throws IOException {
        start(GENEROUS, Optional.of(TOKEN));
        assertThat(exchange("GET " + path + "?token=" + TOKEN + " HTTP/1.1\r\n" + HOST + "Accept: text/html\r\n\r\n"))
                .startsWith("HTTP/1.1 303")
                .contains("Location: " + location + "\r\n");
    }

    /** As {@code openssl rand -base64} makes them. */
    @Test
    void takesATokenWithAPlusSignFromAnAddressAsItIs() throws IOException {
        String token = "0123456789+abc/def==";
        start(GENEROUS, Optional.of(token));
        assertThat(exchange("GET /x?token=" + token + " HTTP/1.1\r\n" + HOST + "\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(exchange("GET /x?token=0123456789%2Babc%2Fdef%3D%3D HTTP/1.1\r\n" + HOST + "\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(exchange("GET /x?token=0123456789-abc/def== HTTP/1.1\r\n" + HOST + "\r\n"))
                .startsWith("HTTP/1.1 401");
    }

    @Test
    void isNeverOpenToOthersWithoutAToken() throws IOException {
        InetSocketAddress everywhere = new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 0);
        assertThatThrownBy(() -> server.listen(everywhere, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("token: none");
        address = server.listen(everywhere, Optional.of(TOKEN));
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort());
        assertThat(exchange("GET / HTTP/1.1\r\nHost: publish.example\r\nAuthorization: Bearer " + TOKEN + "\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    /** One that sends a byte now and then would keep its place for ever if each byte gave it more time. */
    @Test
    void waitsForARequestOnlySoLong() throws Exception {
        start(new Limits(10, 5, Duration.ofMillis(300), LONG, LONG), Optional.empty());
        try (Socket socket = connect()) {
            Thread drip = Thread.ofPlatform().daemon().start(() -> {
                try {
                    for (int i = 0; i < DEADLINE_MILLIS; i++) {
                        write(socket, "G");
                        Thread.sleep(10);
                    }
                } catch (IOException | InterruptedException e) {
                    Thread.currentThread().interrupt(); // it is closed
                }
            });
            assertThat(ends(socket)).isTrue();
            drip.join();
        }
    }

    /** Whether the other side closes, in order or by a reset, without a word. */
    private static boolean ends(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void waitsForAnAnswerToBeFetchedOnlySoLong() throws IOException {
        start(new Limits(1, 1, LONG, Duration.ofMillis(300), LONG), Optional.empty());
        try (Socket lazy = connect()) {
            write(lazy, "GET /big HTTP/1.1\r\n" + HOST + "\r\n");
            String answer = "";
            while (!answer.startsWith("HTTP/1.1 200")) { // the one place is free when it has been cut
                try {
                    answer = exchange("GET / HTTP/1.1\r\n" + HOST + "\r\n");
                } catch (java.net.SocketException e) {
                    answer = "";
                }
            }
            assertThat(answer).endsWith("path / a=\n");
        }
    }

    @Test
    void hasPlaceForSoManyConnections() throws IOException {
        start(new Limits(2, 1, LONG, LONG, LONG), Optional.empty());
        try (Socket one = connect();
                Socket two = connect();
                Socket three = connect()) {
            assertThat(ends(three)).isTrue();
            write(one, "GET / HTTP/1.1\r\n" + HOST + "\r\n");
            assertThat(one.getInputStream().readAllBytes()).isNotEmpty();
            write(two, "GET / HTTP/1.1\r\n" + HOST + "\r\n");
            assertThat(two.getInputStream().readAllBytes()).isNotEmpty();
        }
    }

    private BufferedReader listen(Socket socket, String more) throws IOException {
        write(socket, "GET /events HTTP/1.1\r\n" + HOST + more + "\r\n");
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        assertThat(in.readLine()).isEqualTo("HTTP/1.1 200 OK");
        return in;
    }

    private static String awaitLine(BufferedReader in, String start) throws IOException {
        String line = in.readLine();
        while (line != null && !line.startsWith(start)) {
            line = in.readLine();
        }
        return String.valueOf(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Last-Event-ID: run-7\r\n"})
    void streamsWhatComes(String header) throws IOException {
        start(GENEROUS, Optional.empty());
        String id = header.isEmpty() ? "new" : "run-7";
        try (Socket socket = connect()) {
            BufferedReader in = listen(socket, header);
            assertThat(awaitLine(in, "content-type")).isEqualTo("content-type: text/event-stream; charset=utf-8");
            for (int i = 1; i < 5; i++) {
                pages.available.incrementAndGet();
                pages.wake.run();
                assertThat(awaitLine(in, "data")).isEqualTo("data: " + id + " " + i);
            }
        }
    }

    @Test
    void endsWhereThereWillBeNoMore() throws IOException {
        start(GENEROUS, Optional.empty());
        try (Socket socket = connect()) {
            BufferedReader in = listen(socket, "");
            pages.available.incrementAndGet();
            pages.over = true;
            pages.wake.run();
            assertThat(awaitLine(in, "data")).isEqualTo("data: new 1");
            assertThat(in.lines()).last().isEqualTo("");
        }
    }

    @Test
    void saysNowAndThenThatItIsThere() throws IOException {
        start(new Limits(10, 5, LONG, LONG, Duration.ofMillis(50)), Optional.empty());
        try (Socket socket = connect()) {
            assertThat(awaitLine(listen(socket, ""), ":")).isEqualTo(":");
        }
    }

    /** It costs some buffers and no more, whatever there is to tell, and not for ever. */
    @Test
    void cutsAListenerThatDoesNotRead() throws Exception {
        start(new Limits(10, 5, LONG, Duration.ofMillis(300), LONG), Optional.empty());
        pages.available.set(Long.MAX_VALUE);
        try (Socket socket = connect()) {
            write(socket, "GET /events HTTP/1.1\r\n" + HOST + "\r\n");
            assertThat(pages.left.await(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
            assertThat(pages.taken.get() * 16)
                    .as("KiB, most of them in the kernel")
                    .isBetween(16L, 64L << 10);
            assertThat(server.streams()).isZero();
        }
    }

    @Test
    void hasPlaceForSoManyListeners() throws IOException {
        start(new Limits(10, 1, LONG, LONG, LONG), Optional.empty());
        try (Socket socket = connect()) {
            BufferedReader in = listen(socket, "");
            assertThat(awaitLine(in, "content-type")).isNotEmpty();
            assertThat(exchange("GET /events HTTP/1.1\r\n" + HOST + "\r\n")).startsWith("HTTP/1.1 503");
            assertThat(server.streams()).isEqualTo(1);
        }
    }

    /** What wakes listeners is a mirror's own thread: the end of the server must not be its trouble. */
    @Test
    void canBeWokenWhenItIsOver() throws IOException {
        start(GENEROUS, Optional.empty());
        try (Socket socket = connect()) {
            assertThat(awaitLine(listen(socket, ""), "content-type")).isNotEmpty();
            server.close();
            pages.wake.run();
            pages.wake.run();
            assertThat(pages.listeners).hasValue(0);
        }
    }
}
