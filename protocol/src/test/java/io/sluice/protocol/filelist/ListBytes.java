package io.sluice.protocol.filelist;

import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes lists by hand, entry by entry, also such as no honest sender writes. The session is that of {@link #capture}: varint flags, names, no ids. */
final class ListBytes {
    static final int REGULAR = 0100644;
    static final int DIRECTORY = 040755;
    static final int SYMLINK = 0120777;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final WireOutput out = new WireOutput(bytes);

    /** The session and options of hand-made lists. */
    static Capture capture(boolean incremental) {
        return new Capture("hand-made", 31, incremental ? 0x1ff : 0x1fe, "rltN", new byte[0]);
    }

    /** Something is written. */
    @FunctionalInterface
    interface Step {
        void write(WireOutput out) throws IOException;
    }

    ListBytes raw(Step step) {
        try {
            step.write(out);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An entry of 1 byte and time 1, with its whole path (ISO 8859-1). */
    ListBytes entry(int flags, String path, int mode) {
        return raw(o -> {
            byte[] name = path.getBytes(StandardCharsets.ISO_8859_1);
            int kept = flags | EntryFlags.SAME_UID | EntryFlags.SAME_GID | EntryFlags.LONG_NAME;
            o.writeVarInt(kept);
            o.writeVarInt(name.length);
            o.write(name);
            o.writeVarLong(1, 3);
            o.writeVarLong(1, 4);
            o.writeInt(mode);
        });
    }

    ListBytes file(String path) {
        return entry(0, path, REGULAR);
    }

    ListBytes directory(String path) {
        return entry(0, path, DIRECTORY);
    }

    ListBytes end() {
        return raw(o -> {
            o.writeVarInt(0);
            o.writeVarInt(0);
        });
    }

    /** The index before the content of a directory: all distances of a test are small. */
    ListBytes content(int distance) {
        return raw(o -> {
            o.writeByte(0xFF);
            o.writeByte(distance);
        });
    }

    ListBytes endOfSegments() {
        return raw(o -> {
            o.writeByte(0xFF);
            o.writeByte(0xFE);
            o.writeByte(0x80);
            o.writeByte(2);
            o.writeByte(0);
            o.writeByte(0);
        });
    }

    byte[] bytes() {
        return raw(WireOutput::flush).bytes.toByteArray();
    }

    /** Reads a list of one segment. */
    Segment read() throws IOException {
        return ListStream.read(capture(false), bytes()).list().segment(0);
    }
}
