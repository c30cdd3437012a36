package io.sluice.watcher.monitor;

import java.io.IOException;
import java.io.Serial;

/** A way to watch that this system, or this tree, does not allow; the message says why. */
final class UnsuitableException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    UnsuitableException(String message) {
        super(message);
    }
}
