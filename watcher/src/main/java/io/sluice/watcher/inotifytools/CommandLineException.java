package io.sluice.watcher.inotifytools;

import java.io.Serial;

/** A command line that cannot be carried out; the message says why, in the original's words, and may be several lines. */
final class CommandLineException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    CommandLineException(String message) {
        super(message);
    }
}
