package io.sluice.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** {@code /dev/null}, opened here: a program may begin where there is none. */
final class Nothing implements AutoCloseable {
    private static final byte[] PATH = "/dev/null".getBytes(StandardCharsets.US_ASCII);
    private static final int CURRENT_DIRECTORY = -100;
    private static final int CLOSE_ON_EXEC = 02000000;

    private final Descriptor descriptor;

    private Nothing(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    static Nothing open() throws IOException {
        Caller caller = Caller.current();
        long fd = caller.call(
                CallNumber.OPENAT, CURRENT_DIRECTORY, caller.name(PATH), OpenFlags.READ_WRITE | CLOSE_ON_EXEC, 0);
        return new Nothing(new Descriptor((int) SystemCallException.check(fd, "openat", "/dev/null"), "/dev/null"));
    }

    int number() throws IOException {
        return descriptor.number();
    }

    @Override
    public void close() throws IOException {
        descriptor.close();
    }
}
