package io.sluice.daemon.net;

import io.netty.channel.Channel;
import io.sluice.linux.OpenFileLimit;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The connections that still have to introduce themselves. There is room for so many; when one more comes, the one that has been at it for longest goes: an
 * honest client needs moments, so that those who only hold their places lose them, and nobody is kept out. Thread-safe.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
final class Conversations {
    /** At a few KiB each, some 100 MiB. */
    private static final int MOST = 16_000;

    private final int limit;
    private final Set<Channel> oldestFirst = new LinkedHashSet<>();

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
            oldestFirst.add(channel);
            if (oldestFirst.size() > limit) {
                Channel oldest = oldestFirst.iterator().next();
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

    int count() {
        synchronized (oldestFirst) {
            return oldestFirst.size();
        }
    }

    /** Ends all of them. */
    void close() {
        List<Channel> all;
        synchronized (oldestFirst) {
            all = List.copyOf(oldestFirst);
        }
        all.forEach(channel -> channel.close().awaitUninterruptibly());
    }
}
