package io.sluice.protocol.event;

/**
 * One message for people, in rsync's words, without a newline at its end.
 *
 * @param severity how it counts; an {@code ERROR_XFER} makes the exit code at least 23
 * @param fromPeer it was the other end's
 * @param text bytes in the encoding of file names
 */
public record Notice(Severity severity, boolean fromPeer, byte[] text) {
    /** rsync's classes of messages. */
    public enum Severity {
        INFO,
        WARNING,
        ERROR,
        ERROR_XFER,
        /** For log files alone. */
        LOG,
        /** As INFO, but for no log file. */
        CLIENT
    }
}
