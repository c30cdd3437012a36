package io.sluice.watcher.inotifytools;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which events count, by the whole name: {@code --exclude}, {@code --excludei}, {@code --include} or {@code --includei}.
 *
 * @param pattern none: all count
 * @param inclusive whether what matches counts, or what does not
 */
record Selection(Optional<Pattern> pattern, boolean inclusive) {
    static final Selection ALL = new Selection(Optional.empty(), false);

    /** Whether an event of this name counts. */
    boolean selects(String path) {
        return pattern.isEmpty() || pattern.get().matcher(path).find() == inclusive;
    }

    /**
     * Whether a directory that is new is left alone. What to include says nothing about directories on the way, which is
     * why files that match were lost in new directories with the original before 4.25.
     *
     * @param path without a slash at its end
     */
    boolean shutsOut(String path) {
        return !inclusive && !selects(path);
    }
}
