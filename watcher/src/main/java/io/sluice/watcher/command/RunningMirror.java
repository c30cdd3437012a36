package io.sluice.watcher.command;

import io.sluice.watcher.config.NamedMirror;
import io.sluice.watcher.heal.Healer;
import io.sluice.watcher.heal.MirroredReplica;
import io.sluice.watcher.mirror.Mirror;
import io.sluice.watcher.mirror.Replica;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mirror with what is around it.
 *
 * @param healer compares its replicas now and then
 */
record RunningMirror(NamedMirror named, Mirror mirror, Optional<Healer> healer, MirrorLog log) {
    static RunningMirror of(NamedMirror named, Mirror mirror, MirrorLog log) {
        Optional<Healer> healer = named.verifyInterval()
                .map(interval -> MirroredReplica.healer(mirror, named.configuration(), interval, log));
        return new RunningMirror(named, mirror, healer, log);
    }

    /** Whether all is the same but what it is mirrored to. */
    boolean says(NamedMirror other) {
        return named.text().equals(other.text());
    }

    boolean hasReplicasOf(NamedMirror other) {
        return names(named).equals(names(other));
    }

    private static List<String> names(NamedMirror mirror) {
        return mirror.configuration().replicas().stream().map(Replica::name).toList();
    }

    /** The replicas that another configuration has; those that this one has too are the same objects, which all know them by. */
    private List<Replica> replicasOf(NamedMirror other) {
        Map<String, Replica> known = new HashMap<>();
        mirror.statuses().keySet().forEach(replica -> known.put(replica.name(), replica));
        return other.configuration().replicas().stream()
                .map(replica -> known.getOrDefault(replica.name(), replica))
                .toList();
    }

    /** Ends with the replicas that another configuration does not have. */
    void keepReplicasOf(NamedMirror other) throws IOException {
        healer.ifPresent(Healer::close);
        int before = mirror.statuses().size();
        mirror.keepReplicas(replicasOf(other));
        int stay = mirror.statuses().size();
        log.say("replicas changed: " + (before - stay) + " gone, "
                + (other.configuration().replicas().size() - stay) + " new, " + stay + " as before");
    }

    /**
     * Begins with the replicas that another configuration has besides; the others are in their places.
     *
     * @return what it is then: if that did not go well, with those that it had
     */
    RunningMirror withReplicasOf(NamedMirror other) {
        try {
            mirror.addReplicas(replicasOf(other));
        } catch (IOException e) {
            log.complain(String.valueOf(e.getMessage()));
        }
        List<Replica> replicas = new ArrayList<>(mirror.statuses().keySet());
        RunningMirror changed = of(replicas.isEmpty() ? named : other.withReplicas(replicas), mirror, log);
        changed.healer.ifPresent(Healer::start);
        return changed;
    }

    void close() throws IOException {
        healer.ifPresent(Healer::close);
        mirror.close();
    }
}
