package io.sluice.watcher.inotifytools;

import io.sluice.linux.Inotify;
import io.sluice.linux.InotifyMask;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The events of all that is watched, one after the other. For one thread, but for {@link #wakeUp}. */
interface EventSource extends AutoCloseable {
    /** Told when the kernel's queue was full. */
    ToolEvent LOST = new ToolEvent(-1, "", InotifyMask.QUEUE_OVERFLOW, 0, "");

    /**
     * What to watch.
     *
     * @param mask the events that are wanted, and {@link InotifyMask}'s bits for watches
     * @param follows whether directories that are new are watched too, and renames followed
     * @param keepsEnded whether rows can be asked for when what they are about is gone
     * @param selection which events count
     * @param paths whose exclusions are left out of trees
     */
    record Settings(int mask, boolean follows, boolean keepsEnded, Selection selection, PathList paths) {}

    /** Is told what goes wrong while events are told. */
    interface Troubles {
        /** A directory is not watched; {@code reason} is the system's text. */
        void cannotWatch(String directory, String reason);

        /** The kernel's queue was full. All trees were looked at anew, so that what comes next is told. */
        void overflow();
    }

    /**
     * Begins, with nothing to watch yet.
     *
     * @throws SystemCallException if the kernel has nothing to watch by, for this process
     */
    static EventSource open(Backend backend, Settings settings, Troubles troubles) throws IOException {
        return backend == Backend.INOTIFY
                ? new InotifySource(settings, troubles)
                : new FanotifySource(settings, backend == Backend.FILE_SYSTEM, troubles);
    }

    /** The system's text for an error. */
    static String reason(IOException e) {
        return e instanceof SystemCallException call ? call.reason() : String.valueOf(e.getMessage());
    }

    /** Watches what a path names, and with {@code recursive} all directories below it. */
    void watch(String path, boolean recursive) throws IOException;

    /**
     * Waits for the next event that counts.
     *
     * @param timeoutMillis {@link Inotify#FOREVER} for no limit
     * @param idle is run before each wait
     * @return empty if the time is over, or after {@link #wakeUp}
     */
    Optional<ToolEvent> next(long timeoutMillis, Runnable idle) throws IOException;

    /** Makes {@link #next} return, the one that waits or the next. */
    void wakeUp() throws IOException;

    /** What an event is counted for; null: for nothing. */
    @Nullable
    Watch row(ToolEvent event);

    /** All that events are counted for. */
    Collection<Watch> rows();

    /** How many things the kernel was asked to watch. */
    int watchCount();

    @Override
    void close() throws IOException;
}
