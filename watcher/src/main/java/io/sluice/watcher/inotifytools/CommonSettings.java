package io.sluice.watcher.inotifytools;

import java.util.List;
import java.util.Optional;

/**
 * What command lines of both commands ask for: what to watch, how, and for which events.
 *
 * @param events bits of {@link io.sluice.linux.InotifyMask}
 * @param timeoutSeconds without an event, or of counting; 0: no limit
 * @param fromFile names to watch
 * @param operands names to watch
 */
record CommonSettings(
        Backend backend,
        int events,
        long timeoutSeconds,
        boolean recursive,
        boolean noDereference,
        Selection selection,
        Optional<String> fromFile,
        List<String> operands) {
    CommonSettings {
        operands = List.copyOf(operands);
    }
}
