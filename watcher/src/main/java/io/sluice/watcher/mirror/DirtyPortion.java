package io.sluice.watcher.mirror;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Moves a number of paths from one trie to another, beginning anywhere in each directory. */
final class DirtyPortion {
    private final RandomGenerator random;
    private int left;

    DirtyPortion(int paths, RandomGenerator random) {
        this.left = paths;
        this.random = random;
    }

    /** Moves; true if nothing is left in {@code from}. */
    boolean move(DirtyNode from, DirtyNode to) {
        if (from.dirt() != 0) {
            to.setDirt(from.dirt());
            from.setDirt(0);
            left--;
        }
        int number = from.childCount();
        @Nullable Object[] children = from.takeChildren();
        @Nullable Object[] moved = new Object[children.length];
        int movedNumber = 0;
        int start = children.length == 0 ? 0 : random.nextInt(children.length);
        for (int i = 0; i < children.length && left > 0; i++) {
            int slot = (start + i) % children.length;
            Object child = children[slot];
            if (child instanceof DirtyNode node) {
                DirtyNode part = new DirtyNode(DirtyPath.relabel(node.label(), 0));
                if (move(node, part)) {
                    children[slot] = null;
                    number--;
                }
                moved[movedNumber++] = part;
            } else if (child != null) {
                children[slot] = null;
                number--;
                moved[movedNumber++] = child;
                left--;
            }
        }
        from.replaceChildren(children, number);
        to.replaceChildren(moved, movedNumber);
        return number == 0 && from.dirt() == 0;
    }
}
