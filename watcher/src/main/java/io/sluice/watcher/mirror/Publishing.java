package io.sluice.watcher.mirror;

import java.time.Duration;
import java.util.Optional;

/**
 * How changes become visible on the replicas.
 *
 * @param together all replicas that are in good health switch to a batch at the same moment; else each as soon as it can
 * @param deadline with {@code together}: how long those that have a batch wait for the others
 * @param before a shell command that is run when every replica has a batch and before any shows it; if it fails, none does
 * @param after a shell command that is run when the batch is visible
 */
public record Publishing(boolean together, Duration deadline, Optional<String> before, Optional<String> after) {
    /** Each replica by itself. */
    public static final Publishing INDEPENDENT =
            new Publishing(false, Duration.ofSeconds(10), Optional.empty(), Optional.empty());

    /** All at the same moment. */
    public static final Publishing TOGETHER =
            new Publishing(true, INDEPENDENT.deadline, Optional.empty(), Optional.empty());

    public Publishing {
        if (!together && (before.isPresent() || after.isPresent())) {
            throw new IllegalArgumentException(
                    "before publish, after publish (expected: only with publish = together)");
        }
    }

    public Publishing withDeadline(Duration value) {
        return new Publishing(together, value, before, after);
    }

    public Publishing withBefore(String command) {
        return new Publishing(together, deadline, Optional.of(command), after);
    }

    public Publishing withAfter(String command) {
        return new Publishing(together, deadline, before, Optional.of(command));
    }
}
