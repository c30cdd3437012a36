package io.sluice.linux;

import static io.sluice.linux.SystemCallException.check;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The mounts that this process sees, and whether they have changed. For one thread at a time. */
public final class MountTable implements AutoCloseable {
    private static final byte[] PATH = "/proc/self/mountinfo".getBytes(StandardCharsets.ISO_8859_1);
    private static final short POLLPRI = 2;
    private static final int TIMEOUT_OFFSET = 8;
    private static final int CHUNK = 16 * 1024;
    private static final int ROOT_FIELD = 3;
    private static final int POINT_FIELD = 4;
    /** Before the optional fields, which end in a field of one dash; the type follows. */
    private static final int FIRST_OPTIONAL_FIELD = 6;

    private final Descriptor descriptor;

    private MountTable(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** Opens the table; changes count from now. */
    public static MountTable open() throws IOException {
        int fd = PathCalls.open(PathCalls.WORKING_DIRECTORY, PATH, OpenFlags.READ_ONLY, 0, Resolve.UNRESTRICTED);
        return new MountTable(new Descriptor(fd, "mount table"));
    }

    /** Whether something was mounted, moved or unmounted since it was opened or asked before. */
    public boolean changed() throws IOException {
        Caller caller = Caller.current();
        MemorySegment memory = caller.structure();
        memory.set(JAVA_INT, 0, descriptor.number());
        memory.set(JAVA_SHORT, 4, POLLPRI);
        memory.set(JAVA_SHORT, 6, (short) 0);
        memory.set(JAVA_LONG, TIMEOUT_OFFSET, 0);
        memory.set(JAVA_LONG, TIMEOUT_OFFSET + 8, 0);
        long address = caller.structureAddress();
        check(caller.call(CallNumber.PPOLL, address, 1, address + TIMEOUT_OFFSET), "ppoll", "mount table");
        return (memory.get(JAVA_SHORT, 6) & POLLPRI) != 0;
    }

    /** The mounts of now, in the order in which they were made. */
    public static List<Mount> read() throws IOException {
        int fd = PathCalls.open(PathCalls.WORKING_DIRECTORY, PATH, OpenFlags.READ_ONLY, 0, Resolve.UNRESTRICTED);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (OpenFile file = new OpenFile(fd)) {
            byte[] chunk = new byte[CHUNK];
            for (int count = file.read(chunk, 0, CHUNK); count > 0; count = file.read(chunk, 0, CHUNK)) {
                text.write(chunk, 0, count);
            }
        }
        List<Mount> mounts = new ArrayList<>();
        for (String line : text.toString(StandardCharsets.ISO_8859_1).split("\n", -1)) {
            if (!line.isEmpty()) {
                mounts.add(parse(line));
            }
        }
        return mounts;
    }

    /**
     * A line: id, parent, device, root, mount point, options, any number of optional fields, a dash, type, source, more
     * options; a space in a path is octal.
     *
     * @throws IOException if it is none
     */
    static Mount parse(String line) throws IOException {
        String[] fields = line.split(" ", -1);
        int dash = FIRST_OPTIONAL_FIELD;
        while (dash < fields.length && !fields[dash].equals("-")) {
            dash++;
        }
        try {
            if (dash + 1 < fields.length) {
                int id = Integer.parseInt(fields[0]);
                return new Mount(id, path(fields[ROOT_FIELD]), path(fields[POINT_FIELD]), fields[dash + 1]);
            }
        } catch (NumberFormatException e) {
            throw new IOException("mountinfo: " + line + " (expected: a number at the start)", e);
        }
        throw new IOException("mountinfo: " + line + " (expected: ten fields or more, one of them a dash)");
    }

    private static byte[] path(String field) {
        ByteArrayOutputStream path = new ByteArrayOutputStream();
        for (int i = 0; i < field.length(); i++) {
            if (field.charAt(i) == '\\' && i + 3 < field.length()) {
                path.write(Integer.parseInt(field.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                path.write(field.charAt(i));
            }
        }
        return path.toByteArray();
    }

    @Override
    public void close() throws IOException {
        descriptor.close();
    }
}
