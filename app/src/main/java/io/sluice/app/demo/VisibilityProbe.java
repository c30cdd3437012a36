package io.sluice.app.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Looks at the nodes' trees, as a web server would, until all of them show a change. */
final class VisibilityProbe {
    /** How long a change may take before it counts as lost. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    private static final long BETWEEN_LOOKS_NANOS = 200_000;

    private VisibilityProbe() {}

    /** Returns nanoseconds from {@code since} until each node had it, to within a fraction of a millisecond; null if one has it not in time. */
    static long @Nullable [] await(List<WebNode> nodes, Editor.Change change, long since) {
        long[] nanos = new long[nodes.size()];
        int seen = 0;
        while (seen < nanos.length) {
            for (int i = 0; i < nanos.length; i++) {
                if (nanos[i] == 0 && isVisible(nodes.get(i), change)) {
                    nanos[i] = Math.max(1, System.nanoTime() - since);
                    seen++;
                }
            }
            if (System.nanoTime() - since > LIMIT.toNanos()) {
                return null;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
        return nanos;
    }

    private static boolean isVisible(WebNode node, Editor.Change change) {
        try {
            return change.evidence().isIn(node.tree());
        } catch (IOException e) {
            return false; // the file was replaced while we looked: look again
        }
    }
}
