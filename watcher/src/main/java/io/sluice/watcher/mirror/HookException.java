package io.sluice.watcher.mirror;

import java.io.IOException;

/** A hook did not agree to a batch; the message says why. */
final class HookException extends IOException {
    private static final long serialVersionUID = 1L;

    HookException(String message) {
        super(message);
    }
}
