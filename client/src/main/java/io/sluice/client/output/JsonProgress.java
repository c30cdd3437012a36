package io.sluice.client.output;

import java.util.function.LongSupplier;

/** How far a transfer is, told at most once a second; nothing if nobody wants to know. */
final class JsonProgress {
    private static final int INTERVAL_MILLIS = 1000;
    private static final byte[] NOTHING = {};

    private final boolean wanted;
    private final LongSupplier millis;
    private boolean incremental;
    private boolean listComplete;
    private long files;
    private long totalSize;
    private long transferredFiles;
    private long startedSize;
    private byte[] path = NOTHING;
    private boolean told;
    private long toldAt;

    JsonProgress(boolean wanted, LongSupplier millis) {
        this.wanted = wanted;
        this.millis = millis;
    }

    void start(boolean inSegments) {
        incremental = inSegments;
    }

    void listReady(int count) {
        files = Math.max(files, count);
        listComplete |= !incremental;
    }

    void listGrew(int count, long size, boolean complete) {
        files = count;
        totalSize = size;
        listComplete = complete;
    }

    void counted() {
        transferredFiles++;
    }

    void started(byte[] file, long size) {
        path = file;
        startedSize += size;
    }

    void ended() {
        path = NOTHING;
        transferredFiles++;
    }

    /** Returns the line to write, empty for none. */
    byte[] moved(long offset, long size) {
        if (offset == 0 || !isDue()) {
            return NOTHING;
        }
        JsonLine line = new JsonLine("progress");
        if (path.length > 0) {
            line.bytes("path", path).number("offset", offset).number("size", size);
        }
        return whole(line, startedSize - size + offset);
    }

    /** Returns the line to write when {@code bytes} of files that have not started here are over; empty for none. */
    byte[] movedTogether(long bytes) {
        return bytes > 0 && isDue() ? whole(new JsonLine("progress"), startedSize + bytes) : NOTHING;
    }

    /** Returns the line that ends the transfer, empty for none. */
    byte[] last() {
        return wanted ? whole(new JsonLine("progress"), startedSize) : NOTHING;
    }

    private boolean isDue() {
        if (!wanted) {
            return false;
        }
        long now = millis.getAsLong();
        boolean due = !told || now - toldAt >= INTERVAL_MILLIS;
        if (due) {
            told = true;
            toldAt = now;
        }
        return due;
    }

    private byte[] whole(JsonLine line, long bytes) {
        return line.number("transferred_files", transferredFiles)
                .number("transferred_bytes", bytes)
                .number("files", files)
                .number("total_size", totalSize)
                .flag("list_complete", listComplete)
                .toByteArray();
    }
}
