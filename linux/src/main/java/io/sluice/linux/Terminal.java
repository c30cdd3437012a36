package io.sluice.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The terminal that controls this process, whatever its standard streams are.
 *
 * <pre>
 * struct termios { u32 c_iflag, c_oflag, c_cflag, c_lflag; u8 c_line; u8 c_cc[19]; }
 * </pre>
 */
public final class Terminal implements AutoCloseable {
    private static final byte[] DEVICE = "/dev/tty".getBytes(StandardCharsets.US_ASCII);
    private static final int NO_CONTROL = 0x100; // O_NOCTTY
    private static final int WORKING_DIRECTORY = -100; // AT_FDCWD

    private static final int GET = 0x5401; // TCGETS
    private static final int SET_AND_FLUSH = 0x5404; // TCSETSF
    private static final int LOCAL_FLAGS = 12;
    private static final int ECHO = 0x8;
    private static final int SIGNALS = 0x1; // ISIG

    private static final int LONGEST_LINE = Caller.PATH_MAX;

    private final Descriptor descriptor;

    private Terminal(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** Opens it; empty if there is none. */
    public static Optional<Terminal> open() {
        try {
            int flags = OpenFlags.READ_WRITE | NO_CONTROL;
            int fd = PathCalls.open(WORKING_DIRECTORY, DEVICE, flags, 0, Resolve.UNRESTRICTED);
            return Optional.of(new Terminal(new Descriptor(fd, "terminal")));
        } catch (SystemCallException none) {
            return Optional.empty();
        }
    }

    /**
     * Shows {@code prompt} and reads a line that is not shown. Meanwhile no key makes a signal, so that the terminal is never left as it is then.
     *
     * @return the line without its end; empty at the end of input
     */
    public byte[] askSecretly(byte[] prompt) throws IOException {
        int flags = localFlags();
        setLocalFlags(flags & ~(ECHO | SIGNALS));
        try {
            write(prompt);
            return readLine();
        } finally {
            setLocalFlags(flags);
        }
    }

    private byte[] readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (line.size() < LONGEST_LINE) {
            byte[] part = read();
            int end = part.length > 0 && part[part.length - 1] == '\n' ? part.length - 1 : part.length;
            line.write(part, 0, end);
            if (end < part.length) {
                write(new byte[] {'\n'}); // which was not shown either
                break;
            }
            if (part.length == 0) {
                break;
            }
        }
        return line.toByteArray();
    }

    private byte[] read() throws IOException {
        Caller caller = Caller.current();
        long length = caller.call(CallNumber.READ, descriptor.number(), caller.answerAddress(), Caller.PATH_MAX);
        return caller.answer((int) SystemCallException.check(length, "read", DEVICE));
    }

    private void write(byte[] text) throws IOException {
        Caller caller = Caller.current();
        long address = caller.name(text);
        SystemCallException.check(
                caller.call(CallNumber.WRITE, descriptor.number(), address, text.length), "write", DEVICE);
    }

    private int localFlags() throws IOException {
        return settings().get(JAVA_INT, LOCAL_FLAGS);
    }

    private MemorySegment settings() throws IOException {
        Caller caller = Caller.current();
        long result = caller.call(CallNumber.IOCTL, descriptor.number(), GET, caller.structureAddress());
        SystemCallException.check(result, "ioctl", DEVICE);
        return caller.structure();
    }

    private void setLocalFlags(int flags) throws IOException {
        settings().set(JAVA_INT, LOCAL_FLAGS, flags);
        Caller caller = Caller.current();
        long result = caller.call(CallNumber.IOCTL, descriptor.number(), SET_AND_FLUSH, caller.structureAddress());
        SystemCallException.check(result, "ioctl", DEVICE);
    }

    @Override
    public void close() throws IOException {
        descriptor.close();
    }
}
