package io.sluice.watcher.status;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which of a source's replicas are shown in full, and in which order. A few are all shown, as the configuration has them.
 * Of many, those that are not in sync come first, those with an error before the others; the rest is shown in short.
 *
 * @param full indexes of replicas
 * @param brief indexes of replicas
 */
record Prominence(List<Integer> full, List<Integer> brief) {
    /** Still read at a glance. */
    private static final int FEW = 12;

    Prominence {
        full = List.copyOf(full);
        brief = List.copyOf(brief);
    }

    static Prominence of(List<ReplicaView> replicas) {
        List<Integer> full = new ArrayList<>();
        List<Integer> brief = new ArrayList<>();
        boolean few = replicas.size() <= FEW;
        IntStream.range(0, replicas.size())
                .forEach(i -> (few || !replicas.get(i).isInSync() ? full : brief).add(i));
        if (!few) {
            full.sort(Comparator.comparing(i -> replicas.get(i).status().error().isEmpty()));
        }
        return new Prominence(full, brief);
    }
}
