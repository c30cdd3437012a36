package io.sluice.watcher.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The events that one listener gets. It fetches them from the feed while the connection takes them, so that a slow
 * listener costs a few buffers; one that takes nothing for a while is cut, and may come back and go on where it was.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whoever is gone misses its events
final class EventStream extends ChannelInboundHandlerAdapter {
    static final String TYPE = "text/event-stream; charset=utf-8";

    private static final int CHUNK = 16 * 1024;
    private static final String STILL_HERE = ":\n\n";

    private final Answer.Events events;
    private final Limits limits;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final StringBuilder text = new StringBuilder();
    private Feed.@Nullable Subscription subscription;
    private Feed.@Nullable Cursor cursor;
    private @Nullable Future<?> cut;
    private @Nullable Future<?> sign;
    private boolean silent;
    private boolean pumping;

    EventStream(Answer.Events events, Limits limits) {
        this.events = events;
        this.limits = limits;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        DefaultHttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        RequestHandler.setHeaders(response, TYPE, Map.of());
        HttpUtil.setTransferEncodingChunked(response, true);
        context.writeAndFlush(response);
        cursor = events.feed().open(events.lastEventId());
        subscription = events.feed().subscribe(() -> wake(context));
        long millis = limits.silence().toMillis();
        sign = context.executor()
                .scheduleAtFixedRate(() -> tellThatWeAreHere(context), millis, millis, TimeUnit.MILLISECONDS);
        pump(context);
    }

    /** Called by whoever has something new; many calls cost one turn. */
    private void wake(ChannelHandlerContext context) {
        if (woken.compareAndSet(false, true)) {
            try {
                context.executor().execute(() -> {
                    woken.set(false);
                    pump(context);
                });
            } catch (RejectedExecutionException e) {
                context.close(); // the server ends, which is no trouble of whoever has news
            }
        }
    }

    private void pump(ChannelHandlerContext context) {
        if (pumping) {
            return; // our own writing changes whether we may write
        }
        Feed.Cursor source = cursor;
        pumping = true;
        boolean more = source != null;
        while (source != null
                && more
                && context.channel().isActive()
                && context.channel().isWritable()) {
            text.setLength(0);
            more = source.next(text, CHUNK);
            if (more) {
                write(context, text);
            }
        }
        pumping = false;
        if (source != null && !more && source.isOver()) {
            context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(ChannelFutureListener.CLOSE);
        }
        watchTheTime(context);
    }

    private void write(ChannelHandlerContext context, CharSequence chunk) {
        silent = false;
        context.writeAndFlush(new DefaultHttpContent(ByteBufUtil.writeUtf8(context.alloc(), chunk)));
    }

    private void watchTheTime(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            stop(cut);
            cut = null;
        } else if (cut == null) {
            cut = context.executor()
                    .schedule(() -> context.close(), limits.delivery().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void tellThatWeAreHere(ChannelHandlerContext context) {
        if (silent && context.channel().isWritable()) {
            write(context, STILL_HERE);
        }
        silent = true;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        pump(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        end();
    }

    private void end() {
        if (subscription != null) {
            subscription.end();
        }
        stop(cut);
        stop(sign);
    }

    private static void stop(@Nullable Future<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
