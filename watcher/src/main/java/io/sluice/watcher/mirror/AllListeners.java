package io.sluice.watcher.mirror;

import io.sluice.watcher.monitor.Change;
import io.sluice.watcher.monitor.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tells each of some listeners, in turn. */
record AllListeners(List<MirrorListener> all) implements MirrorListener {
    AllListeners {
        all = List.copyOf(all);
    }

    @Override
    public void stateChanged(Replica replica, ReplicaStatus status) {
        all.forEach(listener -> listener.stateChanged(replica, status));
    }

    @Override
    public void pushed(Replica replica, PushedBatch batch) {
        all.forEach(listener -> listener.pushed(replica, batch));
    }

    @Override
    public void failed(Replica replica, String error, Duration retryIn) {
        all.forEach(listener -> listener.failed(replica, error, retryIn));
    }

    @Override
    public void changed(Change change) {
        all.forEach(listener -> listener.changed(change));
    }

    @Override
    public void warned(String text) {
        all.forEach(listener -> listener.warned(text));
    }

    @Override
    public void trouble(Trouble trouble) {
        all.forEach(listener -> listener.trouble(trouble));
    }

    @Override
    public void verified(Replica replica, List<String> differences, Optional<String> error) {
        all.forEach(listener -> listener.verified(replica, differences, error));
    }
}
