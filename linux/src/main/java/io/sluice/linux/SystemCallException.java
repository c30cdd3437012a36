package io.sluice.linux;

import java.io.IOException;
import java.io.Serial;

/** A system call failed: names the call, the path or object, and the kernel's error. */
public final class SystemCallException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String call;
    private final int errno;

    /**
     * A failure of {@code call} on {@code object}, which is shown as it is.
     *
     * @param errno one of {@link Errno}
     */
    public SystemCallException(String call, int errno, String object) {
        super(call + " " + object + ": " + Errno.text(errno) + " (" + Errno.name(errno) + ")");
        this.call = call;
        this.errno = errno;
    }

    /** A failure of {@code call} on a path in kernel bytes, which is shown safely. */
    public SystemCallException(String call, int errno, byte[] path) {
        this(call, errno, quote(path));
    }

    /** The system call's name, as {@code openat2}. */
    public String call() {
        return call;
    }

    /** The kernel's error number, one of {@link Errno}. */
    public int errno() {
        return errno;
    }

    /** The error's text alone, as {@code No such file or directory}. */
    public String reason() {
        return Errno.text(errno);
    }

    /** Passes on a call's result, or throws if it is a negated error number. */
    static long check(long result, String call, byte[] path) throws SystemCallException {
        if (result < 0) {
            throw new SystemCallException(call, (int) -result, path);
        }
        return result;
    }

    /** As {@link #check(long, String, byte[])}, for an object without a path of its own. */
    static long check(long result, String call, String object) throws SystemCallException {
        if (result < 0) {
            throw new SystemCallException(call, (int) -result, object);
        }
        return result;
    }

    /** As {@link #check(long, String, byte[])}, for a call on two paths. */
    static void check(long result, String call, byte[] from, byte[] to) throws SystemCallException {
        if (result < 0) {
            throw new SystemCallException(call, (int) -result, quote(from) + " -> " + quote(to));
        }
    }

    static String quote(byte[] path) {
        return '"' + KernelBytes.show(path) + '"';
    }
}
