package io.sluice.watcher.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One connection: a request that must arrive in time, its answer that must be fetched in time, and the end. What comes
 * after the first request is not even looked at: pipelined requests could ask for more than anybody fetches.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whoever is gone misses its answer
final class RequestHandler extends SimpleChannelInboundHandler<HttpObject> {
    private final Site site;
    private final Gate gate;
    private final Limits limits;
    private final AtomicInteger streams;
    private @Nullable Future<?> deadline;
    private boolean answered;

    RequestHandler(Site site, Gate gate, Limits limits, AtomicInteger streams) {
        this.site = site;
        this.gate = gate;
        this.limits = limits;
        this.streams = streams;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        within(context, limits.request());
    }

    private void within(ChannelHandlerContext context, Duration time) {
        stopClock();
        deadline = context.executor().schedule(() -> context.close(), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void stopClock() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stopClock();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (answered || !(part instanceof HttpRequest http)) {
            return;
        }
        answered = true;
        boolean head = http.method().equals(HttpMethod.HEAD);
        switch (answer(http)) {
            case Answer.Whole whole -> send(context, whole, head);
            case Answer.Events events -> stream(context, events, head);
        }
    }

    private Answer answer(HttpRequest http) {
        if (http.decoderResult().isFailure()) {
            boolean tooLong = http.decoderResult().cause() instanceof TooLongFrameException;
            return tooLong
                    ? Answer.plain(431, "the request is too long")
                    : Answer.plain(400, "this is no request of HTTP");
        }
        if (!http.method().equals(HttpMethod.GET) && !http.method().equals(HttpMethod.HEAD)) {
            return Answer.plain(405, http.method() + " is not answered here (expected: GET or HEAD)")
                    .with("Allow", "GET, HEAD");
        }
        List<String> hosts = http.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.size() != 1) {
            return Answer.plain(400, "Host: " + hosts.size() + " (expected: one such header)");
        }
        if (!gate.isOurName(hosts.getFirst())) {
            return Answer.plain(421, "this server listens on the loopback address and answers to its names alone");
        }
        try {
            return admitted(RequestReader.read(http));
        } catch (IllegalArgumentException e) {
            return Answer.plain(400, "the address cannot be decoded");
        }
    }

    private Answer admitted(RequestReader read) {
        Request request = read.request();
        if (gate.isOpen() || site.isOpen(request.path())) {
            return site.answer(request);
        }
        if (read.token().isEmpty() || !gate.admits(read.token().get())) {
            return site.refusal(request);
        }
        if (read.tokenInAddress() && request.wantsHtml()) { // out of the address, the history and the log of a proxy
            return Answer.plain(303, "see " + read.address())
                    .with("Location", read.address())
                    .with(
                            "Set-Cookie",
                            RequestReader.COOKIE + "=" + read.token().get() + "; Path=/; HttpOnly; SameSite=Strict");
        }
        return site.answer(request);
    }

    private void send(ChannelHandlerContext context, Answer.Whole whole, boolean head) {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(whole.status()),
                head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(whole.body()));
        setHeaders(response, whole.type(), whole.headers());
        if (whole.status() != HttpResponseStatus.NOT_MODIFIED.code()) {
            response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, whole.body().length);
        }
        within(context, limits.delivery());
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    /** What every answer has: nothing but ours is loaded, shown in a frame, guessed at or kept. */
    static void setHeaders(HttpResponse response, String type, Map<String, String> more) {
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CONNECTION, "close")
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(
                        HttpHeaderNames.CONTENT_SECURITY_POLICY,
                        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
                                + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
                .set("X-Content-Type-Options", "nosniff")
                .set("Referrer-Policy", "no-referrer")
                .set("Cross-Origin-Resource-Policy", "same-origin")
                .set("Cross-Origin-Opener-Policy", "same-origin");
        more.forEach(headers::set);
    }

    private void stream(ChannelHandlerContext context, Answer.Events events, boolean head) {
        if (head) {
            send(context, new Answer.Whole(200, EventStream.TYPE, new byte[0], Map.of()), true);
            return;
        }
        if (streams.incrementAndGet() > limits.streams()) {
            streams.decrementAndGet();
            send(
                    context,
                    Answer.plain(503, "too many listeners; try again later").with("Retry-After", "10"),
                    false);
            return;
        }
        stopClock();
        context.channel().closeFuture().addListener(done -> streams.decrementAndGet());
        context.pipeline().addLast(new EventStream(events, limits));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
