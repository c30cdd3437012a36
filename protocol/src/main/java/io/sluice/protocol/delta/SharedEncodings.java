package io.sluice.protocol.delta;

import io.sluice.linux.FileStatus;
import io.sluice.protocol.session.Session;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Encodings of whole files that sessions share which send the same files to many peers: each is read, summed and
 * compressed once, and stays for others to come as long as there is room. Thread-safe.
 *
 * <p>A stale one would be a change that is lost. So one is used only by a session that has the file open with the same
 * inode, size and times, and
 *
 * <ul>
 *   <li>it is begun only if the time of the file's last change is clearly past: a change that comes later has another
 *       one, as coarse as the kernel's clock may be;
 *   <li>it stays only if the file was the same when it had been read to its end, without errors;
 *   <li>it is forgotten when the clock was set;
 *   <li>it is forgotten when somebody hears that the file was changed ({@link #forget}): what is written through a
 *       mapping need not change the times. For the same reason files with several names are left out.
 * </ul>
 */
public final class SharedEncodings {
    /** Shares nothing. */
    public static final SharedEncodings NONE = new SharedEncodings(0, SharingClock.SYSTEM, task -> {});

    /** How long after a change a file's time may be the same for another one: more than the slowest tick, ten milliseconds. */
    static final long SETTLING_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** What the two clocks may drift apart while an encoding is there; less than half the above. */
    static final long DRIFT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** How long an encoding stays that nobody asks for. */
    static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** The part of all bytes that one file may have. */
    static final int FILES = 4;
    /** What an encoding takes beside its bytes. */
    static final int OVERHEAD = 512;

    private static final long MOST_BYTES = 64L << 20;
    private static final int PART_OF_HEAP = 8;
    private static final int IDLE_ENCODERS = 4;
    private static final int ENCODERS_PER_PROCESSOR = 4;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private record Key(ByteBuffer path, EncodingManner manner) {}

    /** How the making of an encoding ended. */
    record End(SharedEncoding encoding, long bytes, boolean mayStay) {}

    private final long capacity;
    private final SharingClock clock;
    private final Executor later;
    private final int mostEncoders =
            ENCODERS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
    private volatile int sharers;
    private volatile boolean empty = true;

    // All below: guarded by this.
    private final Map<Key, SharedEncoding> encodings =
            new LinkedHashMap<>(16, 0.75f, true); // the one used last comes last
    private final List<EncodingManner> manners = new ArrayList<>();
    private final Deque<WholeFileEncoder> idle = new ArrayDeque<>();
    private int encoders; // that are at work
    private long charged;
    private boolean sweeping;
    private long made;
    private long reused;

    /**
     * Within {@code capacity} bytes; until {@link #among} nothing is shared.
     *
     * @param later runs what it is given after ten seconds
     */
    public SharedEncodings(long capacity, SharingClock clock, Executor later) {
        this.capacity = capacity;
        this.clock = clock;
        this.later = later;
    }

    /** Within an eighth of the heap, and 64 MB; until {@link #among} nothing is shared. */
    public static SharedEncodings withinHeap() {
        long capacity = Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
        Executor later = CompletableFuture.delayedExecutor(IDLE_NANOS, TimeUnit.NANOSECONDS);
        return new SharedEncodings(capacity, SharingClock.SYSTEM, later);
    }

    /** Tells how many peers get the same files: with fewer than two there is nothing to share. */
    public void among(int peers) {
        sharers = peers;
    }

    /**
     * What one session sees of it.
     *
     * @param level and {@code threads} as {@link Tokens#writer} takes them
     */
    public SessionEncodings of(Session session, OptionalInt level, int threads) {
        return new SessionEncodings(
                this, session, new EncodingManner(session.compression(), level, threads, session.transferChecksum()));
    }

    /** Whether an encoding of such a file may be begun or used; allocates nothing. */
    boolean mayShare(EncodingManner manner, FileStatus status) {
        if (sharers < 2 || !status.isRegular() || status.linkCount() != 1) {
            return false;
        }
        long size = status.size();
        if (size < manner.leastSize() || size > capacity / FILES - OVERHEAD) {
            return false;
        }
        long now = clock.timeNanos();
        long seconds = status.ctimeSeconds();
        return seconds <= now / NANOS_PER_SECOND
                && now - (seconds * NANOS_PER_SECOND + status.ctimeNanos()) >= SETTLING_NANOS;
    }

    /** The encoding of a file that {@link #mayShare} is true for, found or begun; empty: there is no room now. */
    synchronized Optional<SharedEncoding> take(byte[] path, FileStatus status, EncodingManner manner, Session session) {
        long offset = clock.timeNanos() - clock.steadyNanos();
        Key key = new Key(ByteBuffer.wrap(path), manner);
        SharedEncoding found = encodings.get(key);
        if (found != null && isOf(found, status, offset)) {
            reused++;
            return Optional.of(used(found));
        }
        if (found != null) {
            remove(key);
        }
        if (encoders >= mostEncoders || !makeRoom(status.size() + OVERHEAD)) {
            return Optional.empty();
        }
        SharedEncoding.Account account = new SharedEncoding.Account(status.size() + OVERHEAD, offset);
        SharedEncoding begun = new SharedEncoding(this, FileVersion.of(status), encoder(manner, session), account);
        charged += account.charge;
        made++;
        encodings.put(new Key(ByteBuffer.wrap(path.clone()), manner), begun);
        if (!manners.contains(manner)) {
            manners.add(manner);
        }
        empty = false;
        sweepLater();
        return Optional.of(used(begun));
    }

    private static boolean isOf(SharedEncoding found, FileStatus status, long offset) {
        return found.version().isOf(status) && Math.abs(found.account.clockOffset - offset) <= DRIFT_NANOS;
    }

    private SharedEncoding used(SharedEncoding encoding) {
        encoding.account.users++;
        encoding.account.touched = clock.steadyNanos();
        return encoding;
    }

    private WholeFileEncoder encoder(EncodingManner manner, Session session) {
        encoders++;
        for (WholeFileEncoder encoder : idle) {
            if (encoder.manner().equals(manner)) {
                idle.remove(encoder);
                return encoder;
            }
        }
        return new WholeFileEncoder(manner, session);
    }

    private boolean makeRoom(long bytes) {
        Iterator<SharedEncoding> oldest = encodings.values().iterator();
        while (charged + bytes > capacity && oldest.hasNext()) {
            SharedEncoding encoding = oldest.next();
            if (encoding.account.users == 0) {
                oldest.remove();
                removed(encoding);
            }
        }
        return charged + bytes <= capacity;
    }

    /** The last part was made. */
    synchronized void ended(End end, WholeFileEncoder encoder) {
        SharedEncoding.Account account = end.encoding().account;
        charged += end.bytes() + OVERHEAD - account.charge;
        account.charge = end.bytes() + OVERHEAD;
        account.ended = true;
        if (!end.mayStay() && account.found) {
            encodings.values().remove(end.encoding());
            removed(end.encoding());
        }
        encoders--;
        if (idle.size() < IDLE_ENCODERS && !empty) {
            idle.push(encoder);
        } else {
            encoder.close();
        }
    }

    /** A session needs it no longer. */
    synchronized void release(SharedEncoding encoding) {
        SharedEncoding.Account account = encoding.account;
        account.users--;
        account.touched = clock.steadyNanos();
        if (account.users > 0) {
            return;
        }
        if (!account.ended) {
            abandon(encoding);
        } else if (!account.found) {
            charged -= account.charge;
        }
    }

    /** All who had it broke off. */
    private void abandon(SharedEncoding encoding) {
        WholeFileEncoder encoder = encoding.abandoned();
        if (encoder != null) {
            encoder.close();
        }
        encoders--;
        if (encoding.account.found) {
            encodings.values().remove(encoding);
        }
        charged -= encoding.account.charge;
        encoding.account.found = false;
        empty = encodings.isEmpty();
    }

    private void remove(Key key) {
        SharedEncoding encoding = encodings.remove(key);
        if (encoding != null) {
            removed(encoding);
        }
    }

    /** It is not found any more; sessions that have it go on with it. */
    private void removed(SharedEncoding encoding) {
        encoding.account.found = false;
        if (encoding.account.users == 0) {
            charged -= encoding.account.charge;
        }
        empty = encodings.isEmpty();
    }

    /** The file at {@code path} was changed: no session that begins from now on gets what was made before. */
    public void forget(byte[] path) {
        if (empty) {
            return;
        }
        ByteBuffer name = ByteBuffer.wrap(path);
        synchronized (this) {
            for (EncodingManner manner : manners) {
                remove(new Key(name, manner));
            }
        }
    }

    /** Whatever file may have been changed. */
    public void forgetAll() {
        if (!empty) {
            dropUntouchedSince(Long.MAX_VALUE);
        }
    }

    private synchronized void dropUntouchedSince(long age) {
        long now = clock.steadyNanos();
        Iterator<SharedEncoding> all = encodings.values().iterator();
        while (all.hasNext()) {
            SharedEncoding encoding = all.next();
            SharedEncoding.Account account = encoding.account;
            if (age == Long.MAX_VALUE || (account.users == 0 && now - account.touched >= age)) {
                all.remove();
                removed(encoding);
            }
        }
        if (encodings.isEmpty()) {
            idle.forEach(WholeFileEncoder::close);
            idle.clear();
            manners.clear();
        }
    }

    private void sweepLater() {
        if (!sweeping) {
            sweeping = true;
            later.execute(this::sweep);
        }
    }

    private synchronized void sweep() {
        sweeping = false;
        dropUntouchedSince(IDLE_NANOS);
        if (!encodings.isEmpty()) {
            sweepLater();
        }
    }

    /** What was done, and what is there. */
    public record Figures(long made, long reused, long bytes, int encodings) {}

    /** The figures so far: encodings that were begun, times that one was used by another session, bytes that are charged. */
    public synchronized Figures figures() {
        return new Figures(made, reused, charged, encodings.size());
    }
}
