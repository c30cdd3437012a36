package io.sluice.protocol.filelist;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.event.TransferStatistics.Counts;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file list of one session: its segments in order, and the directories in rsync's order. Written by one thread ({@link #add}, {@link #complete}), read
 * by any; a reader can wait for what has not arrived.
 *
 * <p>With incremental recursion indexes begin at 1 and each segment leaves one index free before it, which stands for the directory whose content it
 * is; without, they begin at 0.
 */
public final class FileList {
    private final boolean incremental;
    private final List<Segment> segments = new ArrayList<>();
    private final List<DirectoryRun> directoryRuns = new ArrayList<>();
    private final DirectoryWalk walk = new DirectoryWalk();
    private final Tally tally = new Tally();
    private boolean complete;
    private long added;
    private long released;
    private int finished;
    private int answered;
    private @Nullable Throwable failure;

    public FileList(boolean incremental) {
        this.incremental = incremental;
    }

    /** Whether directories are numbered and their content comes in segments of its own. */
    public boolean isIncremental() {
        return incremental;
    }

    /**
     * Publishes the next segment.
     *
     * @throws IllegalArgumentException if it was not made for this place in this list
     */
    public synchronized void add(Segment segment) {
        if (!segment.hasPlace(place(segment.directory()))) {
            throw new IllegalArgumentException(
                    "file list segment: " + segment.number() + " (expected: " + segments.size() + ")");
        }
        if (segment.directory() >= 0 && segment.directory() == walk.next()) {
            walk.leave();
        }
        if (segment.directoryPositions().length > 0) {
            DirectoryRun run = DirectoryRun.of(segment);
            directoryRuns.add(run);
            walk.enter(run);
        }
        walk.settle();
        segments.add(segment);
        added += segment.size();
        tally.add(segment);
        notifyAll();
    }

    /** Where a segment with the content of {@code directory} would stand if it were added now. */
    synchronized Segment.Place place(int directory) {
        int firstDirectory = incremental ? directories() : -1;
        return new Segment.Place(segments.size(), nextIndex(), directory, firstDirectory);
    }

    private int nextIndex() {
        if (segments.isEmpty()) {
            return incremental ? 1 : 0;
        }
        Segment last = segments.getLast();
        return last.firstIndex() + last.size() + 1;
    }

    /** No more segments will come. */
    public synchronized void complete() {
        complete = true;
        notifyAll();
    }

    /** The other role failed: every waiting reader gets an IOException with this cause. */
    public synchronized void fail(Throwable cause) {
        failure = cause;
        notifyAll();
    }

    /** Whether all segments are here. */
    public synchronized boolean isComplete() {
        return complete;
    }

    /** Segments published so far. */
    public synchronized int segments() {
        return segments.size();
    }

    /** A published segment. */
    public synchronized Segment segment(int number) {
        return segments.get(number);
    }

    /**
     * Waits for segment {@code number}; null if the list is complete without it.
     *
     * @throws IOException if the other role has failed
     */
    public synchronized @Nullable Segment await(int number) throws IOException {
        while (failure == null && segments.size() <= number && !complete) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for the file list");
            }
        }
        if (failure != null) {
            throw new IOException("file list: the role that makes it has failed", failure);
        }
        return number < segments.size() ? segments.get(number) : null;
    }

    /**
     * Finds the segment that holds wire index {@code index}, or the segment whose directory it stands for ({@code firstIndex() - 1}).
     *
     * @throws ProtocolException if no published segment does, or it was released
     */
    public synchronized Segment containing(int index) throws IOException {
        int low = 0;
        int high = segments.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (firstOf(segments.get(middle)) <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        if (high >= 0) {
            Segment found = segments.get(low);
            boolean inside = index >= firstOf(found) && index < found.firstIndex() + found.size();
            if (inside && !found.isReleased()) {
                return found;
            }
        }
        throw new ProtocolException(
                ExitCode.PROTOCOL, "file-list index: " + index + " (expected: one of a segment in use)");
    }

    /** The lowest index that belongs to a segment. */
    private int firstOf(Segment segment) {
        return incremental ? segment.firstIndex() - 1 : segment.firstIndex();
    }

    /** Frees the columns of a segment that everybody is done with (its directories stay known). */
    public synchronized void release(int number) {
        released += segments.get(number).size();
        segments.get(number).release();
    }

    /** The generator is done with all segments before {@code end}. */
    public synchronized void finish(int end) {
        int before = finished;
        finished = end;
        for (int number = before; number < Math.min(end, answered); number++) {
            release(number);
        }
    }

    /** The receiver is done with all segments before {@code end}: a peer may say so of one that the generator still works on. */
    public synchronized void answer(int end) {
        int before = answered;
        answered = end;
        for (int number = before; number < Math.min(end, finished); number++) {
            release(number);
        }
    }

    /** Entries of the segments that were added and not released. */
    public synchronized long entriesInUse() {
        return added - released;
    }

    /** Entries of all segments so far, by kind. */
    public synchronized Counts counts() {
        return tally.counts();
    }

    /** Bytes of all regular files and symlinks so far. */
    public synchronized long totalSize() {
        return tally.totalSize();
    }

    /** Directories known so far (incremental recursion). */
    public synchronized int directories() {
        return directoryRuns.isEmpty() ? 0 : directoryRuns.getLast().end();
    }

    /** A cursor on directory {@code number}; stays valid after its segment was released. */
    public FileEntry directory(int number) {
        return directoryRun(number).entry(number);
    }

    /** The number that stands on the wire for directory {@code number}: another one only if names are converted. */
    public int directoryOnWire(int number) {
        return directoryRun(number).onWire(number);
    }

    /** The directory that a number on the wire stands for. */
    public int directoryOfWire(int number) {
        return directoryRun(number).ofWire(number);
    }

    private synchronized DirectoryRun directoryRun(int number) {
        if (number < 0 || number >= directories()) {
            throw new IllegalArgumentException("directory number: " + number + " (expected: < " + directories() + ")");
        }
        int low = 0;
        int high = directoryRuns.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (directoryRuns.get(middle).first() <= number) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return directoryRuns.get(low);
    }

    /**
     * The next directory, in rsync's depth-first order, whose content has not been added yet (sender), or -1. Directories of the same name that follow it
     * travel in its segment.
     */
    public synchronized int nextDirectoryToScan() {
        return walk.next();
    }
}
