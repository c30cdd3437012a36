package io.sluice.protocol.filelist;

import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads and writes all segments of a list with the indexes between them, as a transfer does. */
final class ListStream {
    /** The names on the machine where the captures were made. */
    static final IdNames NAMES = new IdNames() {
        @Override
        public Optional<String> userName(int uid) {
            return name(uid, "nobody");
        }

        @Override
        public Optional<String> groupName(int gid) {
            return name(gid, "nogroup");
        }

        @Override
        public OptionalInt userId(String name) {
            return id(name, "nobody");
        }

        @Override
        public OptionalInt groupId(String name) {
            return id(name, "nogroup");
        }
    };

    private static final int END_OF_LIST = 2;
    private static final int FIRST_DIRECTORY = 101;

    private ListStream() {}

    private static Optional<String> name(int id, String last) {
        return switch (id) {
            case 0 -> Optional.of("root");
            case 1 -> Optional.of("daemon");
            case 65534 -> Optional.of(last);
            default -> Optional.empty();
        };
    }

    private static OptionalInt id(String name, String last) {
        if (name.equals(last)) {
            return OptionalInt.of(65534);
        }
        return name.equals("daemon") ? OptionalInt.of(1) : OptionalInt.empty();
    }

    /**
     * A list that was read.
     *
     * @param errors the sender's error bits after each segment
     */
    record Read(FileList list, List<Integer> errors) {}

    static Read read(Capture capture, byte[] bytes) throws IOException {
        return read(capture, capture.session(), bytes);
    }

    static Read read(Capture capture, Session session, byte[] bytes) throws IOException {
        try (var in = new WireInput(new ByteArrayInputStream(bytes))) {
            var reader = new FileListReader(session, capture.options(), in, NAMES);
            Read read = new Read(new FileList(capture.incremental()), new ArrayList<>());
            readAll(capture, reader, in, read);
            if (in.read(new byte[1], 0, 1) > 0) {
                throw new ProtocolException("bytes after the list (expected: none)");
            }
            return read;
        }
    }

    private static void readAll(Capture capture, FileListReader reader, WireInput in, Read read) throws IOException {
        FileList list = read.list();
        list.add(reader.read(list, -1));
        read.errors().add(reader.ioError());
        int previous = 1;
        while (capture.incremental()) {
            int index = readNegativeIndex(in, previous);
            if (index == END_OF_LIST) {
                break;
            }
            previous = index;
            list.add(reader.read(list, index - FIRST_DIRECTORY));
            read.errors().add(reader.ioError());
        }
        list.complete();
    }

    /** A negative index: FF, then the distance from the one before in 1 byte, or FE and a wider form. */
    private static int readNegativeIndex(WireInput in, int previous) throws IOException {
        if (in.readByte() != 0xFF) {
            throw new ProtocolException("index (expected: negative)");
        }
        int first = in.readByte();
        if (first != 0xFE) {
            return previous + first;
        }
        int high = in.readByte();
        int low = in.readByte();
        if ((high & 0x80) == 0) {
            return previous + (high << 8 | low);
        }
        int middle = in.readByte();
        return (high & 0x7F) << 24 | in.readByte() << 16 | middle << 8 | low;
    }

    static byte[] write(Capture capture, FileList list, List<Integer> errors) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new WireOutput(bytes)) {
            var writer = new FileListWriter(capture.session(), capture.options(), out, NAMES);
            int previous = 1;
            for (int i = 0; i < list.segments(); i++) {
                Segment segment = list.segment(i);
                if (i > 0) {
                    int index = segment.directory() + FIRST_DIRECTORY;
                    writeNegativeIndex(out, index, previous);
                    previous = index;
                }
                writer.write(segment, errors.get(i));
            }
            if (capture.incremental()) {
                writeNegativeIndex(out, END_OF_LIST, previous);
            }
            out.flush();
        }
        return bytes.toByteArray();
    }

    private static void writeNegativeIndex(WireOutput out, int index, int previous) throws IOException {
        int distance = index - previous;
        out.writeByte(0xFF);
        if (distance > 0 && distance < 0xFE) {
            out.writeByte(distance);
            return;
        }
        out.writeByte(0xFE);
        if (distance >= 0 && distance <= 0x7FFF) {
            out.writeByte(distance >> 8);
            out.writeByte(distance);
        } else {
            out.writeByte(index >> 24 | 0x80);
            out.writeByte(index);
            out.writeByte(index >> 8);
            out.writeByte(index >> 16);
        }
    }
}
