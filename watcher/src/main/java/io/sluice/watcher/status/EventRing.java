package io.sluice.watcher.status;

import io.sluice.watcher.http.Feed;
import io.sluice.watcher.monitor.Change;
import io.sluice.watcher.monitor.ChangeKind;
import io.sluice.watcher.monitor.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The last events of a monitor, kept so that a listener who was away can go on where it was. Bounded in number and in
 * bytes of paths; adding costs a place in an array. Thread-safe.
 *
 * <p>An id is {@code <run>-<number>}: a number of one ring means nothing to the next. A listener that comes
 * with an id that is gone hears {@code overflow} and then of a change to everything ({@link ChangeKind#SUBTREE} of the
 * root), as one does whose kernel had to drop events.
 */
final class EventRing {
    private static final Change EVERYTHING = new Change(new byte[0], Set.of(ChangeKind.SUBTREE), true);
    /** What a listener hears first. */
    static final String WATCHING = "what changes from now on is told";

    private static final String LOST = "events are not known any more: everything is to be looked at anew";

    private final String run;
    private final @Nullable Object[] events; // changes and troubles
    private final long maxBytes;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private long first; // the oldest that is there
    private long next;
    private long bytes;
    private volatile boolean ended;

    /**
     * An empty ring.
     *
     * @param run names this ring among all that there ever were
     * @param capacity events
     * @param maxBytes of paths
     */
    EventRing(String run, int capacity, long maxBytes) {
        this.run = run;
        this.events = new Object[capacity];
        this.maxBytes = maxBytes;
    }

    void add(Change change) {
        put(change, size(change));
    }

    void add(Trouble trouble) {
        put(trouble, size(trouble));
    }

    private void put(Object event, int size) {
        synchronized (this) {
            while (next > first && (next - first == events.length || bytes + size > maxBytes)) {
                dropOldest();
            }
            events[place(next++)] = event;
            bytes += size;
        }
        for (Runnable listener : listeners) {
            listener.run();
        }
    }

    /** There will be no more; listeners are to ask anew. */
    void end() {
        ended = true;
        listeners.forEach(Runnable::run);
    }

    private void dropOldest() {
        int place = place(first++);
        bytes -= size(events[place]);
        events[place] = null;
    }

    private static int size(@Nullable Object event) {
        return switch (event) {
            case Change change ->
                change.path().length + change.movedFrom().map(old -> old.length).orElse(0);
            case Trouble trouble -> trouble.path().length + trouble.message().length();
            case null, default -> 0;
        };
    }

    private int place(long number) {
        return (int) (number % events.length);
    }

    private synchronized long count() {
        return next;
    }

    /** Copies at most {@code limit} events from a number on; null: they are gone. */
    private synchronized @Nullable List<Object> from(long number, int limit) {
        if (number < first) {
            return null;
        }
        List<Object> copy = new ArrayList<>();
        for (long i = number; i < next && copy.size() < limit; i++) {
            Object event = events[place(i)];
            if (event != null) {
                copy.add(event);
            }
        }
        return copy;
    }

    /** The events in one of their forms. */
    Feed feed(EventLines lines) {
        return new Feed() {
            @Override
            public Cursor open(Optional<String> lastEventId) {
                return new Reader(lines, lastEventId);
            }

            @Override
            public Subscription subscribe(Runnable wake) {
                Runnable own = () -> wake.run(); // one of its own, so that ending ends no other
                listeners.add(own);
                return () -> listeners.remove(own);
            }
        };
    }

    private final class Reader implements Feed.Cursor {
        private static final int AT_ONCE = 64;

        private final EventLines lines;
        private long number;
        private boolean greeted;
        private boolean lost;

        Reader(EventLines lines, Optional<String> lastEventId) {
            this.lines = lines;
            long end = count();
            this.number = end;
            lastEventId.ifPresent(id -> goOnAfter(id, end));
        }

        private void goOnAfter(String id, long end) {
            int dash = id.lastIndexOf('-');
            lost = true;
            if (dash >= 0 && id.substring(0, dash).equals(run) && id.matches(".*-[0-9]{1,18}")) {
                long wanted = Long.parseLong(id.substring(dash + 1));
                lost = wanted > end;
                number = lost ? end : wanted;
            }
        }

        @Override
        public boolean next(StringBuilder out, int limit) {
            int before = out.length();
            if (!greeted) {
                greeted = true;
                if (!lost) {
                    id(out);
                }
                begin(out, "watching");
                lines.notice("watching", WATCHING, out);
                out.append("\n\n");
            }
            while (out.length() < limit) {
                List<Object> events = from(number, AT_ONCE);
                if (events == null || lost) {
                    tellLoss(out);
                } else if (events.isEmpty()) {
                    break;
                } else {
                    events.forEach(event -> append(event, out));
                }
            }
            return out.length() > before;
        }

        @Override
        public boolean isOver() {
            return ended;
        }

        /** What comes first has no id: whoever is cut off there hears of the loss again when it comes back. */
        private void tellLoss(StringBuilder out) {
            lost = false;
            number = count();
            begin(out, "overflow");
            lines.notice("overflow", LOST, out);
            out.append("\n\n");
            id(out);
            begin(out, "change");
            lines.change(EVERYTHING, out);
            out.append("\n\n");
        }

        private void append(Object event, StringBuilder out) {
            number++;
            id(out);
            if (event instanceof Change change) {
                begin(out, "change");
                lines.change(change, out);
            } else if (event instanceof Trouble trouble) {
                begin(out, "trouble");
                lines.trouble(trouble, out);
            }
            out.append("\n\n");
        }

        /** Says how many events there were up to and with the one that begins. */
        private void id(StringBuilder out) {
            out.append("id: ").append(run).append('-').append(number).append('\n');
        }

        private static void begin(StringBuilder out, String name) {
            out.append("event: ").append(name).append("\ndata: ");
        }
    }
}
