package io.sluice.watcher.inotifytools;

import java.util.OptionalInt;

/** The value of {@code --event}. */
final class EventOption {
    private EventOption() {}

    static int read(String value) throws CommandLineException {
        OptionalInt mask = EventNames.mask(value);
        if (mask.isEmpty()) {
            throw new CommandLineException(
                    "'" + value + "' is not a valid event!  Run with the '--help' option to see a list of events.");
        }
        return mask.getAsInt();
    }
}
