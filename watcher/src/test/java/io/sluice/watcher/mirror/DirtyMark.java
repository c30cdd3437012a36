package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A mark in a set of dirty paths, as the tests' naive model has it: text, and no trie. */
record DirtyMark(String path, int dirt) {
    private static final int[] UNSEEN = {
        Dirt.CONTENT, Dirt.REPLACED, Dirt.CONTENT | Dirt.REPLACED, Dirt.CONTENT | Dirt.LINKED
    };

    /** A path is covered by its own mark, by a listing right above it, and by a subtree's above it. */
    boolean covers(String other) {
        boolean below = path.isEmpty() || other.startsWith(path + "/");
        boolean rightBelow = below && other.lastIndexOf('/') <= path.length();
        return path.equals(other) || ((dirt & Dirt.SUBTREE) != 0 && below) || ((dirt & Dirt.LISTED) != 0 && rightBelow);
    }

    /** Has the other mark's path looked at as closely as that wants it. */
    boolean fulfils(DirtyMark other) {
        boolean closely = (other.dirt & Dirt.UNSEEN) == 0 || (dirt & Dirt.UNSEEN) != 0;
        boolean named = (other.dirt & Dirt.LINKED) == 0 || (path.equals(other.path) && (dirt & Dirt.LINKED) != 0);
        boolean everything = path.isEmpty() && (dirt & Dirt.SUBTREE) != 0;
        return covers(other.path) && closely && (named || everything);
    }

    /** Few names, so that marks meet, and as deep as four. */
    static DirtyMark random(Random random) {
        StringBuilder path = new StringBuilder();
        int depth = random.nextInt(5);
        for (int i = 0; i < depth; i++) {
            path.append(i == 0 ? "" : "/").append((char) ('a' + random.nextInt(3)));
        }
        boolean subtree = random.nextInt(6) == 0 && depth > 1;
        int more = random.nextInt(3) == 0 ? UNSEEN[random.nextInt(UNSEEN.length)] : 0;
        return new DirtyMark(path.toString(), more | (subtree ? Dirt.SUBTREE | Dirt.SINGLE : Dirt.SINGLE));
    }

    static DirtyPath path(String path) {
        return DirtyPath.of(path.getBytes(StandardCharsets.UTF_8));
    }

    /** All marks of a trie, which must hold nothing that says nothing. */
    static List<DirtyMark> below(DirtyNode root) {
        List<DirtyMark> marks = new ArrayList<>();
        collect(root, "", 0, marks);
        return marks;
    }

    private static void collect(DirtyNode node, String path, int above, List<DirtyMark> into) {
        add(path, node.dirt(), into);
        int cover = (node.dirt() & Dirt.SUBTREE) == 0 ? above : node.dirt();
        for (DirtyNode.Entry child : node.entries()) {
            String name = new String(child.name(), StandardCharsets.UTF_8);
            String childPath = path.isEmpty() ? name : path + "/" + name;
            DirtyNode childNode = child.node();
            if (child.dirt() != 0) {
                assertThat(Dirt.covers(cover, child.dirt()))
                        .as("said by a subtree above")
                        .isFalse();
            }
            if (childNode == null) {
                assertThat(child.dirt()).as("dirt of a leaf").isNotZero();
                add(childPath, child.dirt(), into);
            } else {
                assertThat(childNode.hasChildren() || childNode.dirt() != 0)
                        .as("says something")
                        .isTrue();
                collect(childNode, childPath, cover, into);
            }
        }
    }

    private static void add(String path, int dirt, List<DirtyMark> into) {
        if (dirt != 0) {
            into.add(new DirtyMark(path, dirt));
        }
    }
}
