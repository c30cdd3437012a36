package io.sluice.watcher.mirror;

import io.sluice.protocol.delta.SharedEncodings;
import java.time.Duration;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Makes the pushes of one mirror: each for itself, or all of a group. */
final class Pushes {
    private Pushes() {}

    static Function<Replica, Push> of(
            MirrorConfiguration configuration, PushPlanner planner, SharedEncodings shared, MirrorListener listener) {
        if (!configuration.publishing().together()) {
            return replica ->
                    new ClientPush(new ReplicaSessions(configuration, replica, planner.links()::saw).sharing(shared));
        }
        PublishHooks hooks = new PublishHooks(configuration.source(), configuration.publishing(), listener::warned);
        Together group = new Together(planner, configuration.publishing(), hooks, Together.GATHERING);
        return replica -> new TogetherPush(
                group,
                new ReplicaSessions(configuration, replica, planner.links()::saw).sharing(shared),
                new Told(configuration.times(), listener, replica));
    }

    /** Tells the listener why a batch is held. */
    private static final class Told implements TogetherPush.Retries {
        private final Backoff backoff;
        private final MirrorListener listener;
        private final Replica replica;

        Told(MirrorTimes times, MirrorListener listener, Replica replica) {
            this.backoff = new Backoff(times.firstBackoff(), times.maxBackoff(), RandomGenerator.getDefault());
            this.listener = listener;
            this.replica = replica;
        }

        @Override
        public long after(HookException reason) {
            long pause = backoff.next();
            listener.failed(replica, String.valueOf(reason.getMessage()), Duration.ofNanos(pause));
            return System.nanoTime() + pause;
        }

        @Override
        public void succeeded() {
            backoff.reset();
        }
    }
}
