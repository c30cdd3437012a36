package io.sluice.watcher.status;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How everything stands, to be shown.
 *
 * @param host this machine's name
 * @param time of the view
 */
record BoardView(String host, Instant time, List<SourceView> sources) {
    BoardView {
        sources = List.copyOf(sources);
    }

    long replicas() {
        return sources.stream().mapToLong(source -> source.replicas().size()).sum();
    }

    long behind() {
        return sources.stream().mapToLong(SourceView::behind).sum();
    }

    /** Whether every source is watched and every replica has what there is. */
    boolean isInSync() {
        return behind() == 0 && sources.stream().allMatch(SourceView::watching);
    }

    /** What is missing until every source is watched and every replica has had everything once; empty: nothing is. */
    List<String> notReady() {
        List<String> missing = new ArrayList<>();
        for (SourceView source : sources) {
            if (!source.watching()) {
                missing.add(source.name() + ": not watched yet");
            }
            for (ReplicaView replica : source.replicas()) {
                if (!replica.synchronizedOnce()) {
                    String why = replica.status()
                            .error()
                            .map(error -> " (" + error + ")")
                            .orElse("");
                    missing.add(source.name() + ": " + replica.name() + " not synchronized yet" + why);
                }
            }
        }
        return missing;
    }

    /** How it stands, in a sentence that changes only when something does. */
    String summary() {
        long replicas = replicas();
        if (sources.stream().anyMatch(source -> !source.watching())) {
            return "Starting: not everything is watched yet";
        }
        if (behind() == 0) {
            return replicas == 1 ? "The replica is in sync" : "All " + replicas + " replicas are in sync";
        }
        return behind() + " of " + replicas + (replicas == 1 ? " replica is behind" : " replicas behind");
    }
}
