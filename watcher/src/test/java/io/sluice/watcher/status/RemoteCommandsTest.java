package io.sluice.watcher.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.watcher.http.HttpServer;
import io.sluice.watcher.http.Limits;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sluice status} and {@code sluice watch} with a server, and with a scripted peer that is none. */
class RemoteCommandsTest {
    private static final String TOKEN = "0123456789abcdef";
    private static final long DEADLINE_SECONDS = 60;

    private final Boards boards = Boards.inSync();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Optional<HttpServer> server = Optional.empty();
    private String url = "";

    @AfterEach
    void close() {
        server.ifPresent(HttpServer::close);
    }

    private void start(Optional<String> token) throws IOException {
        StatusSite site = new StatusSite(boards.board, ZoneOffset.UTC, () -> "");
        HttpServer started = new HttpServer(site, Limits.DEFAULT);
        server = Optional.of(started);
        InetSocketAddress address = started.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), token);
        url = "http://127.0.0.1:" + address.getPort() + "/";
    }

    private int status(Map<String, String> environment, String... arguments) {
        return StatusCommand.run(
                List.of(arguments),
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void statusTellsByItsExitCode() throws IOException {
        start(Optional.empty());
        assertThat(status(Map.of(), url)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("publish: All 2 replicas are in sync\n");
        boards.fails(Boards.WEB2, Duration.ofSeconds(1));
        out.reset();
        assertThat(status(Map.of(), "--json", url)).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("{\"schema\":1,")
                .endsWith("}\n");
        close();
        assertThat(status(Map.of(), url)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("sluice status: ");
    }

    @Test
    void statusShowsItsToken() throws IOException {
        start(Optional.of(TOKEN));
        assertThat(status(Map.of(), url)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("a token is needed");
        assertThat(status(Map.of("SLUICE_TOKEN", TOKEN), url)).isZero();
    }

    @Test
    void statusSaysWhatAnAddressIs() {
        assertThat(status(Map.of(), "ftp://h/")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("sluice status: ftp://h/ (expected: an address such as http://127.0.0.1:8730/)\n");
    }

    @ParameterizedTest
    @CsvSource({"--bogus", "ftp://h/", "http://a/ http://b/", "--token-file=/gone"})
    void statusRefusesWhatMakesNoSense(String line) {
        assertThat(status(Map.of(), line.split(" ", 0))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("sluice status: ");
    }

    /** Lines that were printed, to wait for; it ends like a pipe whose reader is gone. */
    private static final class Lines extends OutputStream {
        private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private volatile int endAfter = Integer.MAX_VALUE;
        private int printed;

        @Override
        public void write(int octet) throws IOException {
            if (printed >= endAfter) {
                throw new IOException("nobody reads this");
            }
            if (octet == '\n') {
                lines.add(line.toString(StandardCharsets.UTF_8));
                printed++;
                line.reset();
            } else {
                line.write(octet);
            }
        }

        String next() throws InterruptedException {
            return String.valueOf(lines.poll(DEADLINE_SECONDS, TimeUnit.SECONDS));
        }
    }

    private Thread watch(Lines lines, String... arguments) {
        return Thread.ofPlatform().daemon().start(() -> {
            int code = WatchCommand.run(
                    List.of(arguments),
                    Map.of(),
                    new PrintStream(lines, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8));
            lines.lines.add("exit " + code);
        });
    }

    /** A scripted peer: one connection, whose request is returned after these words were sent. */
    private static String serve(ServerSocket peer, String words) throws IOException {
        try (Socket socket = peer.accept()) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            StringBuilder request = new StringBuilder();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                request.append(line).append('\n');
            }
            socket.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
            return request.toString();
        }
    }

    private static String events(String text) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" + text;
    }

    /** Whatever ends a connection, it comes back and says what it had last; half an event is none. */
    @Test
    void watchComesBackAndGoesOn() throws Exception {
        try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            peer.setSoTimeout((int) TimeUnit.SECONDS.toMillis(DEADLINE_SECONDS));
            Lines lines = new Lines();
            Thread watching = watch(lines, "http://127.0.0.1:" + peer.getLocalPort() + "/www");
            assertThat(serve(peer, events(":\n\nid: a-1\nevent: x\ndata: one\n\nid: a-2\nevent: x\ndata: ha")))
                    .startsWith("GET /events/www?format=text HTTP/1.1\n")
                    .doesNotContain("Last-Event-ID");
            assertThat(serve(peer, "no HTTP at all\r\n\r\n")).contains("Last-Event-ID: a-1\n");
            assertThat(serve(peer, "HTTP/1.1 503 Later\r\nContent-Length: 4\r\n\r\nwait"))
                    .contains("Last-Event-ID: a-1\n");
            lines.endAfter = 2;
            assertThat(serve(peer, events("id: a-2\ndata: \u001b[31mt\u009bwo\n\nid: a-3\ndata: three\n\n")))
                    .contains("Last-Event-ID: a-1\n");
            watching.join();
            assertThat(lines.next()).isEqualTo("one");
            assertThat(lines.next()).isEqualTo("?[31mt?wo");
            assertThat(lines.next()).isEqualTo("exit 0");
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("wait; trying again");
        }
    }

    /** The first event of a stream may have none: what was heard before it still is what to go on after. */
    @Test
    void watchGoesOnAfterTheLastIdThatItHeard() throws Exception {
        try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            peer.setSoTimeout((int) TimeUnit.SECONDS.toMillis(DEADLINE_SECONDS));
            Lines lines = new Lines();
            Thread watching = watch(lines, "http://127.0.0.1:" + peer.getLocalPort() + "/www");
            serve(peer, events("id: a-1\ndata: one\n\n"));
            assertThat(serve(peer, events("data: no id\n\n"))).contains("Last-Event-ID: a-1\n");
            lines.endAfter = 2;
            assertThat(serve(peer, events("data: last\n\n"))).contains("Last-Event-ID: a-1\n");
            watching.join();
        }
    }

    /** Such as a host that has been suspended: its kernel takes connections still. */
    @Test
    void watchLeavesAPeerThatTakesTheConnectionAndNeverAnswers() throws Exception {
        try (ServerSocket peer = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
            peer.setSoTimeout((int) TimeUnit.SECONDS.toMillis(DEADLINE_SECONDS));
            URI address = URI.create("http://127.0.0.1:" + peer.getLocalPort() + "/events/www");
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            RemoteEvents events = new RemoteEvents(address, Optional.empty(), words -> {}, Duration.ofSeconds(2));
            Thread listening = Thread.ofPlatform().daemon().start(() -> {
                try {
                    events.listen(data -> !heard.add(data));
                } catch (IOException | InterruptedException e) {
                    heard.add(e.toString());
                }
            });
            try (Socket _ = peer.accept()) {
                serve(peer, events("data: of the next connection\n\n"));
                assertThat(listening.join(Duration.ofSeconds(DEADLINE_SECONDS))).isTrue();
            }
            assertThat(heard).containsExactly("of the next connection");
        }
    }

    @Test
    void watchHearsWhatChanges() throws Exception {
        start(Optional.empty());
        Lines lines = new Lines();
        Thread watching = watch(lines, url + "www");
        assertThat(lines.next()).startsWith("watching: ");
        boards.source.changed(Boards.complete("news/ü"));
        assertThat(lines.next()).isEqualTo("content_complete news/ü");
        lines.endAfter = 0;
        boards.source.changed(Boards.complete("last"));
        assertThat(lines.next()).isEqualTo("exit 0");
        watching.join();
    }

    /** As after a reload of the configuration: the new mirror's events are another row of events. */
    @Test
    void watchGoesOnWithTheSourceThatReplacesIt() throws Exception {
        start(Optional.empty());
        Lines lines = new Lines();
        Thread watching = watch(lines, url + "www");
        assertThat(lines.next()).startsWith("watching: ");
        boards.source.changed(Boards.complete("old"));
        assertThat(lines.next()).isEqualTo("content_complete old");
        SourceBoard next = boards.board.add("www", "/srv/www", List.of());
        next.changed(Boards.complete("before it came back"));
        assertThat(lines.next()).startsWith("watching: ");
        assertThat(lines.next()).startsWith("overflow: ");
        assertThat(lines.next()).isEqualTo("subtree .");
        lines.endAfter = 0;
        next.changed(Boards.complete("last"));
        assertThat(lines.next()).isEqualTo("exit 0");
        watching.join();
    }

    @Test
    void watchEndsWhereNothingWillEverBeTold() throws Exception {
        start(Optional.empty());
        Lines lines = new Lines();
        watch(lines, "--json", url + "other").join();
        assertThat(lines.next()).isEqualTo("exit 1");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no such source (expected: one of www)");
    }

    /** The same lines come from a directory here. */
    @Test
    void watchTellsOfADirectoryHere(@TempDir Path directory) throws Exception {
        Lines lines = new Lines();
        Thread watching = watch(lines, "--json", directory.toString());
        assertThat(lines.next()).startsWith("{\"event\":\"watching\"");
        Files.createDirectory(directory.resolve("d"));
        assertThat(lines.next())
                .startsWith("{\"event\":\"change\",\"path\":\"d\",\"kinds\":[")
                .contains("\"created\"")
                .endsWith("\"directory\":true}");
        lines.endAfter = 0;
        Files.createDirectory(directory.resolve("e"));
        String line = lines.next();
        while (!line.startsWith("exit")) {
            line = lines.next();
        }
        assertThat(line).isEqualTo("exit 0");
        watching.join();
    }

    @ParameterizedTest
    @CsvSource({
        "http://publish:8730/www, http://publish:8730/events/www",
        "http://publish:8730/events/www, http://publish:8730/events/www",
        "https://publish/sluice/www, https://publish/sluice/events/www"
    })
    void watchFindsTheEventsOfASource(String operand, String address) {
        assertThat(WatchCommand.address(operand, true)).hasToString(address);
        assertThat(WatchCommand.address(operand, false)).hasToString(address + "?format=text");
    }
}
