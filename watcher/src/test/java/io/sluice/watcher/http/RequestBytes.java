package io.sluice.watcher.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a peer sends to the status page, read as the server reads it, and what must hold of what comes out. */
final class RequestBytes {
    /** Some are at a bound or just beyond it. */
    private static final List<String> SEEDS = List.of(
            // chromium
            """
            GET /?token=5f2c HTTP/1.1
            Host: 127.0.0.1:8080
            Connection: keep-alive
            Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
            Accept-Encoding: gzip, deflate, br
            Accept-Language: en-GB,en;q=0.9
            Cookie: theme=dark; sluice_token="5f2c"

            """,
            // chromium, a stream that goes on
            """
            GET /events HTTP/1.1
            Host: localhost
            Accept: text/event-stream
            Cache-Control: no-cache
            Last-Event-ID: 17-42

            """,
            // curl
            """
            GET /status.json HTTP/1.1
            Host: web1:8080
            User-Agent: curl/8.14.1
            Accept: */*
            Authorization: Bearer 5f2c

            """,
            // Prometheus
            """
            GET /metrics HTTP/1.1
            Host: web1:8080
            Accept: application/openmetrics-text;version=1.0.0
            Accept-Encoding: gzip
            X-Prometheus-Scrape-Timeout-Seconds: 10

            """,
            "HEAD /style.css HTTP/1.0\nHost: [::1]:8080\nIf-None-Match: \"abc\"\n\n",
            "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n5\nhello\n0\nTrailer: x\n\n",
            "GET /%e2%82%ac?a=%zz&b=%4 HTTP/1.1\nHost: a\n\n",
            "GET /?" + "a=b&".repeat(40) + " HTTP/1.1\nHost: a\n\n",
            "GET /?" + distinct(40) + " HTTP/1.1\nHost: a\n\n",
            "GET /" + "x".repeat(HttpServer.MAX_LINE) + " HTTP/1.1\n\n",
            "GET / HTTP/1.1\nHost: a\nCookie: " + "a=b; ".repeat(HttpServer.MAX_HEADERS / 5) + "\n\n",
            "GET / HTTP/1.1\n" + "a:b\n".repeat(HttpServer.MAX_HEADERS / 5) + "\n");

    private RequestBytes() {}

    private static String distinct(int count) {
        StringBuilder parameters = new StringBuilder();
        for (int i = 0; i < count; i++) {
            parameters.append('p').append(i).append("=1&");
        }
        return parameters.toString();
    }

    static Stream<byte[]> seeds() {
        return SEEDS.stream().map(seed -> seed.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Reads all requests of an input.
     *
     * @return those that have an address which can be decoded
     * @throws IllegalStateException if one of them is more than a request may be
     */
    static List<RequestReader> read(byte[] input) {
        List<RequestReader> read = new ArrayList<>();
        EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder(HttpServer.bounds()));
        channel.writeInbound(Unpooled.wrappedBuffer(input));
        for (Object part = channel.readInbound(); part != null; part = channel.readInbound()) {
            if (part instanceof HttpRequest http && !http.decoderResult().isFailure()) {
                try {
                    read.add(check(RequestReader.read(http)));
                } catch (IllegalArgumentException e) {
                    // is answered by 400
                }
            }
            ReferenceCountUtil.release(part);
        }
        channel.finishAndReleaseAll();
        return read;
    }

    private static RequestReader check(RequestReader read) {
        Request request = read.request();
        int address = request.path().length();
        for (var parameter : request.query().entrySet()) {
            address += parameter.getKey().length() + parameter.getValue().length();
        }
        int token = read.token().map(String::length).orElse(0);
        if (request.query().size() > RequestReader.MAX_PARAMETERS
                || address > HttpServer.MAX_LINE
                || token > HttpServer.MAX_HEADERS
                || (read.tokenInAddress() && read.token().isEmpty())) {
            throw new IllegalStateException(read.toString());
        }
        return read;
    }
}
