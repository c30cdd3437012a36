package io.sluice.linux;

/** Standard input, output and error: 0, 1 and 2 of every process, open before it starts. */
public final class StandardDescriptors {
    private static final int GET_FLAGS = 3;
    private static final int SET_FLAGS = 4;
    private static final int NONBLOCK = 04000;

    private StandardDescriptors() {}

    /**
     * Lets reads and writes wait. Whoever started this process may have left its descriptors non-blocking, and the JDK's streams lose data on those.
     *
     * @param fd 0, 1 or 2
     * @throws SystemCallException if it is not open
     */
    public static void makeBlocking(int fd) throws SystemCallException {
        Caller caller = Caller.current();
        String name = "descriptor " + fd;
        long flags = SystemCallException.check(caller.call(CallNumber.FCNTL, fd, GET_FLAGS), "fcntl", name);
        if ((flags & NONBLOCK) != 0) {
            SystemCallException.check(caller.call(CallNumber.FCNTL, fd, SET_FLAGS, flags & ~NONBLOCK), "fcntl", name);
        }
    }
}
