package io.sluice.watcher.status;

import io.sluice.watcher.monitor.MonitorStatistics;
import io.sluice.watcher.monitor.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What keeps a source from being watched in full, or did lately, the last of each kind. Not thread-safe. */
final class Troubles {
    /** How long it is shown that something happened whose end nobody tells. */
    private static final Duration LATELY = Duration.ofMinutes(10);

    private final Map<Trouble.Kind, Told> last = new EnumMap<>(Trouble.Kind.class);

    private record Told(String message, long epochMillis) {}

    void add(Trouble trouble, long nowMillis) {
        if (trouble.kind() == Trouble.Kind.ROOT_BACK) {
            last.remove(Trouble.Kind.ROOT_GONE);
        } else {
            last.put(trouble.kind(), new Told(trouble.message(), nowMillis));
        }
    }

    /** In words; empty: there is none. */
    Optional<String> now(MonitorStatistics monitor, long nowMillis) {
        List<String> messages = new ArrayList<>();
        last.forEach((kind, told) -> {
            boolean goesOn = switch (kind) {
                case ROOT_GONE -> true;
                case WATCH_LIMIT -> monitor.unwatched() > 0;
                default -> nowMillis - told.epochMillis() < LATELY.toMillis();
            };
            if (goesOn) {
                messages.add(told.message());
            }
        });
        return messages.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", messages));
    }
}
