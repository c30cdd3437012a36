package io.sluice.watcher.inotifytools;

import java.io.Serial;

/** A regular expression that makes no sense, or none that can be had here. */
final class PatternException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    PatternException(String message) {
        super(message);
    }
}
