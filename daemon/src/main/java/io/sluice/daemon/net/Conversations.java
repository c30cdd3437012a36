package io.sluice.daemon.net;

import io.netty.channel.Channel;
import io.netty.util.NetUtil;
import io.sluice.daemon.monitor.ConnectionLine;
import io.sluice.linux.OpenFileLimit;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The connections that still have to introduce themselves. There is room for so many; when one more comes, the one that has been at it for longest goes: an
 * honest client needs moments, so that those who only hold their places lose them, and nobody is kept out. Thread-safe.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
final class Conversations {
    /** At a few KiB each, some 100 MiB. */
    private static final int MOST = 16_000;

    private final int limit;
    private final Map<Channel, Instant> oldestFirst = new LinkedHashMap<>();

    Conversations(int limit) {
        this.limit = limit;
    }

    /** As many as this process's descriptors allow, with a quarter of those left for transfers. */
    static Conversations forThisProcess() {
        try {
            return new Conversations(Math.clamp(OpenFileLimit.current() / 4 * 3, 1, MOST));
        } catch (IOException e) {
            return new Conversations(MOST);
        }
    }

    /** Takes one in until it is closed or {@link #remove removed}. */
    void add(Channel channel) {
        synchronized (oldestFirst) {
            oldestFirst.put(channel, Instant.now());
            if (oldestFirst.size() > limit) {
                Channel oldest = oldestFirst.keySet().iterator().next();
                oldestFirst.remove(oldest);
                oldest.close();
            }
        }
        channel.closeFuture().addListener(closed -> remove(channel));
    }

    void remove(Channel channel) {
        synchronized (oldestFirst) {
            oldestFirst.remove(channel);
        }
    }

    /** A line for each. */
    List<byte[]> lines() {
        Map<Channel, Instant> all;
        synchronized (oldestFirst) {
            all = new LinkedHashMap<>(oldestFirst);
        }
        return all.entrySet().stream()
                .map(entry -> ConnectionLine.conversing(address(entry.getKey()), entry.getValue()))
                .toList();
    }

    private static String address(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress remote
                ? NetUtil.toAddressString(remote.getAddress())
                : "closed";
    }

    int count() {
        synchronized (oldestFirst) {
            return oldestFirst.size();
        }
    }

    /** Ends all of them. */
    void close() {
        List<Channel> all;
        synchronized (oldestFirst) {
            all = List.copyOf(oldestFirst.keySet());
        }
        all.forEach(channel -> channel.close().awaitUninterruptibly());
    }
}
