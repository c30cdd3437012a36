package io.sluice.protocol.filelist;

import java.util.ArrayDeque;
import java.util.Deque;

/** Which directory's content comes next: depth first, the directories of a segment in their order, each right before the ones inside it. */
final class DirectoryWalk {
    private final Deque<Siblings> open = new ArrayDeque<>();

    private static final class Siblings {
        private final DirectoryRun run;
        private int next;

        Siblings(DirectoryRun run) {
            this.run = run;
            this.next = run.first();
            skip();
        }

        void skip() {
            while (next < run.end() && !run.hasOwnSegment(next)) {
                next++;
            }
        }
    }

    /** The directory whose content comes next, or -1. */
    int next() {
        Siblings siblings = open.peek();
        return siblings == null ? -1 : siblings.next;
    }

    /** The content of {@link #next} is there. */
    void leave() {
        Siblings siblings = open.getFirst();
        siblings.next++;
        siblings.skip();
    }

    /** The directories in the content that came last. */
    void enter(DirectoryRun run) {
        open.push(new Siblings(run));
    }

    /** Drops directories that have no more siblings; called after each segment. */
    void settle() {
        while (!open.isEmpty() && open.getFirst().next == open.getFirst().run.end()) {
            open.pop();
        }
    }
}
