package io.sluice.daemon.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Closes a channel whose peer takes too long. For the channel's event loop only. */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails ends in channelInactive
final class PeerDeadline {
    private final Runnable last;
    private @Nullable ScheduledFuture<?> pending;

    /** @param last done before the channel is closed */
    PeerDeadline(Runnable last) {
        this.last = last;
    }

    PeerDeadline() {
        this(() -> {});
    }

    /** Gives the peer so much time from now on, and no longer what it had. */
    void set(ChannelHandlerContext context, Duration time) {
        cancel();
        Runnable end = () -> {
            last.run();
            context.close();
        };
        pending = context.executor().schedule(end, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Gives the peer all the time there is; the time that was left. */
    Duration cancel() {
        if (pending == null) {
            return Duration.ZERO;
        }
        Duration left = Duration.ofMillis(pending.getDelay(TimeUnit.MILLISECONDS));
        pending.cancel(false);
        pending = null;
        return left;
    }
}
