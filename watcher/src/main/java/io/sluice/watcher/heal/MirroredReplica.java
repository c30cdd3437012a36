package io.sluice.watcher.heal;

import io.sluice.watcher.mirror.Mirror;
import io.sluice.watcher.mirror.MirrorConfiguration;
import io.sluice.watcher.mirror.MirrorListener;
import io.sluice.watcher.mirror.Replica;
import io.sluice.watcher.mirror.ReplicaStatus;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A replica of a running mirror that is compared and healed. */
public final class MirroredReplica implements Healer.Patient {
    private static final byte[] ROOT = {};

    private final Mirror mirror;
    private final Replica replica;
    private final ReplicaComparison comparison;
    private final MirrorListener listener;

    private MirroredReplica(Mirror mirror, Replica replica, ReplicaComparison comparison, MirrorListener listener) {
        this.mirror = mirror;
        this.replica = replica;
        this.comparison = comparison;
        this.listener = listener;
    }

    /**
     * A healer of all replicas of a mirror.
     *
     * @param interval from one comparison of a replica to the next
     * @param listener is told of each comparison
     */
    public static Healer healer(
            Mirror mirror, MirrorConfiguration configuration, Duration interval, MirrorListener listener) {
        Duration pause = configuration.times().quiet();
        List<MirroredReplica> replicas = configuration.replicas().stream()
                .map(replica -> new MirroredReplica(
                        mirror,
                        replica,
                        new ReplicaComparison(configuration, replica, pause, Clock.systemUTC()),
                        listener))
                .toList();
        return new Healer(replicas, interval, RandomGenerator.getDefault());
    }

    @Override
    public boolean isSteady() {
        ReplicaStatus status = mirror.statuses().get(replica);
        return status != null && status.state() == ReplicaStatus.State.IN_SYNC && status.dirtyPaths() == 0;
    }

    @Override
    public Comparison compare() throws IOException, InterruptedException {
        return comparison.compare();
    }

    /**
     * Content comes first, in a session of its own that compares checksums: a push takes a file of the same size and time for equal. What was pushed so may be
     * older than what the mirror pushed meanwhile: therefore all that differed becomes dirty afterwards.
     */
    @Override
    public Optional<String> heal(Comparison found) throws IOException {
        List<Difference> contents = found.differences().stream()
                .filter(difference -> difference.aspects().contains(Aspect.CONTENT))
                .toList();
        try {
            return contents.isEmpty() ? Optional.empty() : comparison.repair(contents);
        } finally {
            for (Difference difference : found.differences()) {
                boolean whole = difference.directory()
                        && (difference.aspects().contains(Aspect.MISSING)
                                || difference.aspects().contains(Aspect.EXTRA));
                mirror.mark(replica, difference.path(), whole);
            }
            if (found.more() > 0) {
                mirror.mark(replica, ROOT, true);
            }
        }
    }

    @Override
    public void tell(List<String> differences, Optional<String> error) {
        listener.verified(replica, differences, error);
    }

    @Override
    public void abort() {
        comparison.abort();
    }
}
