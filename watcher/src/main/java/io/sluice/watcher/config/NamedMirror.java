package io.sluice.watcher.config;

import io.sluice.watcher.mirror.MirrorConfiguration;
import io.sluice.watcher.mirror.Replica;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A mirror and its name for people.
 *
 * @param name of its section; empty if it came from a command line
 * @param verifyInterval how often replicas are compared by checksum; empty: never
 * @param text all that was said of it but what it is mirrored to: what has the same text is the same
 */
public record NamedMirror(
        String name, MirrorConfiguration configuration, Optional<Duration> verifyInterval, String text) {
    /** One that nobody will compare with another. */
    public NamedMirror(String name, MirrorConfiguration configuration) {
        this(name, configuration, Optional.empty(), "");
    }

    /** The same, whether its replicas can be reached at the start or not. */
    public NamedMirror withInsist(boolean value) {
        MirrorConfiguration other =
                configuration.withPolicy(configuration.policy().withInsist(value));
        return new NamedMirror(name, other, verifyInterval, text);
    }

    /** The same to other places. */
    public NamedMirror withReplicas(List<Replica> value) {
        return new NamedMirror(name, configuration.withReplicas(value), verifyInterval, text);
    }
}
