package io.sluice.watcher.mirror;

import io.sluice.client.Location;
import io.sluice.client.PasswordSource;
import java.nio.charset.StandardCharsets;

/**
 * One place that a source is mirrored to.
 *
 * @param name for people
 * @param location the directory; a daemon's module or a directory in it, as a rule
 * @param passwords knows the password for the location's user
 */
public record Replica(String name, Location location, PasswordSource passwords) {
    /** The place that rsync's command line calls {@code destination}, such as {@code rsync://user@host:port/module/path}. */
    public static Replica of(String destination, PasswordSource passwords) {
        return new Replica(destination, Location.parse(destination.getBytes(StandardCharsets.UTF_8)), passwords);
    }

    /** Equal for two spellings of one place: a host's name in capitals, a port that is the usual one, slashes too many. */
    public String place() {
        return ReplicaPlace.of(location);
    }

    @Override
    public String toString() {
        return name;
    }
}
