package io.sluice.watcher.mirror;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.FileStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what is there now for each dirty path:
 *
 * <pre>
 * now               dirty: single, content    dirty: listed             dirty: subtree            only on the way to a dirty path
 * missing           single                    single                    single                    single, nothing below it
 * not a directory   single (unless held)      single (unless held)      single (unless held)      single, nothing below it
 * directory         single, unless something  its listing               subtree, and what is      nothing of its own
 *                   below it is pushed                                  written below it later
 * </pre>
 *
 * A directory on the way to what is pushed is pushed with it (its attributes), so that it needs no mention. A file with
 * other names goes with all of them, since the event of a write names just one; if that one is excluded, without it. What makes a plan too large for one
 * session is given back.
 */
final class PushPlanner {
    private static final byte[] ROOT = {};
    private static final byte[] ROOT_LISTING = {'.', '/'};

    /** So much is read again sooner than a session more is held. */
    private static final long CHEAP_BYTES = 256 << 10;

    private final byte[] source;
    private final Predicate<byte[]> held;
    private final LinkedNames links;
    private final long maxBytes;

    /**
     * @param source the directory
     * @param held says which regular files are to be left alone for now
     * @param links what is known of files with several names
     * @param maxBytes of files' content in a plan, unless one file alone is larger
     */
    PushPlanner(byte[] source, Predicate<byte[]> held, LinkedNames links, long maxBytes) {
        this.source = source.clone();
        this.held = held;
        this.links = links;
        this.maxBytes = maxBytes;
    }

    /** The directory. */
    byte[] source() {
        return source.clone();
    }

    /** What is known of files with several names. */
    LinkedNames links() {
        return links;
    }

    /**
     * Makes a plan.
     *
     * @param rest is given what is too much for one session
     * @throws IOException if the source is not there, which is never taken for an empty one
     */
    PushPlan plan(DirtySet dirty, DirtySet rest) throws IOException {
        return plan(dirty, rest, maxBytes);
    }

    /** Makes a plan of all of it, however large: subtrees in which something was written to are compared as a whole. */
    PushPlan plan(DirtySet dirty) throws IOException {
        return plan(dirty, null, Long.MAX_VALUE);
    }

    private PushPlan plan(DirtySet dirty, @Nullable DirtySet rest, long most) throws IOException {
        try (DirectoryHandle root = DirectoryHandle.open(source)) {
            Walk walk = new Walk(root, rest, dirty.since(), most);
            walk.directory(dirty.root().entry(), ROOT);
            if (walk.isWhole()) {
                links.forget();
                return walk.plan();
            }
            if (walk.hasUnnamed) {
                links.forget();
                walk.lookForLinksBelow();
            }
            walk.addLinkedNames();
            return walk.plan();
        }
    }

    /**
     * Looks again after a push at what may have become something else between the plan and the session. Where a directory
     * appeared that was not one, the replica may still have what was below the directory that it had before; where a file
     * is that was missing, the replica may still have what had the name before.
     *
     * @param rest is given what is to be pushed once more, with the time {@code nanos}
     */
    void lookAgain(PushPlan plan, DirtySet rest, long nanos) throws IOException {
        if (plan.leaves().isEmpty() && plan.missing().isEmpty()) {
            return;
        }
        FileStatus status = new FileStatus();
        try (DirectoryHandle root = DirectoryHandle.open(source)) {
            for (byte[] path : plan.names()) {
                if (root.status(path, false, status) && status.isDirectory()) {
                    rest.mark(DirtyPath.of(path), Dirt.SUBTREE | Dirt.REPLACED, nanos);
                }
            }
            for (byte[] path : plan.missing()) {
                if (root.status(path, false, status) && !status.isDirectory()) {
                    rest.mark(DirtyPath.of(path), Dirt.SINGLE | Dirt.REPLACED, nanos);
                }
            }
        }
    }

    /** Those of some paths, a character for each byte, that there is nothing at. */
    Set<String> absent(Set<String> paths) {
        FileStatus status = new FileStatus();
        Set<String> absent = new HashSet<>();
        try (DirectoryHandle root = DirectoryHandle.open(source)) {
            for (String path : paths) {
                if (!root.status(PathText.bytes(path), false, status)) {
                    absent.add(path);
                }
            }
        } catch (IOException e) {
            // The source is not there, or cannot be read: who makes a plan will say so.
        }
        return absent;
    }

    /** One walk through the trie, which asks the file system once for each name in it. */
    private final class Walk {
        private final DirectoryHandle root;
        private final @Nullable DirtySet rest;
        private final long since;
        private final long most;
        private final FileStatus status = new FileStatus();
        private final List<byte[]> leaves = new ArrayList<>();
        private final List<byte[]> missing = new ArrayList<>();
        private final List<byte[]> written = new ArrayList<>();
        private final List<byte[]> directories = new ArrayList<>();
        private final List<byte[]> subtrees = new ArrayList<>();
        private final LinkedNames.Wanted linked;
        private long bytes;
        /** In files of which only the attributes changed. */
        private long unwrittenBytes;

        private boolean hasListing;
        /** Something is planned without the names of all of it. */
        private boolean hasUnnamed;

        Walk(DirectoryHandle root, @Nullable DirtySet rest, long since, long most) {
            this.most = most;
            this.root = root;
            this.rest = rest;
            this.since = since;
            this.linked = new LinkedNames.Wanted(since, System.nanoTime());
        }

        private void directory(DirtyNode.Entry entry, byte[] path) throws IOException {
            if (entry.is(Dirt.SUBTREE)) {
                subtree(entry, path);
                return;
            }
            int before = planned();
            DirtyNode node = entry.node();
            if (node != null) {
                for (DirtyNode.Entry child : node.entries()) {
                    entry(child, PathText.join(path, child.name()));
                }
            }
            if (entry.is(Dirt.LISTED)) {
                hasUnnamed = true;
                hasListing = true;
                byte[] listing = path.length == 0 ? ROOT_LISTING : PathText.join(path, ROOT);
                directories.add(listing);
                if (entry.is(Dirt.UNSEEN)) {
                    written.add(listing);
                }
            } else if (entry.is(Dirt.SINGLE) && planned() == before) {
                directories.add(path);
            }
        }

        /** What was written to below it goes in a session of its own, when the rest of the subtree is there. */
        private void subtree(DirtyNode.Entry entry, byte[] path) {
            hasUnnamed = true;
            subtrees.add(path);
            DirtyNode node = entry.node();
            boolean more = node != null && node.hasChildren();
            if (entry.is(Dirt.UNSEEN) || (more && rest == null)) {
                written.add(path);
            }
            if (node != null && rest != null) {
                giveBackBelow(node, path, rest);
            }
        }

        private void giveBackBelow(DirtyNode node, byte[] path, DirtySet to) {
            for (DirtyNode.Entry child : node.entries()) {
                byte[] childPath = PathText.join(path, child.name());
                if (child.dirt() != 0) {
                    to.mark(DirtyPath.of(childPath), child.dirt(), since);
                }
                DirtyNode below = child.node();
                if (below != null) {
                    giveBackBelow(below, childPath, to);
                }
            }
        }

        private boolean isWhole() {
            return subtrees.size() == 1 && subtrees.getFirst().length == 0;
        }

        private PushPlan plan() {
            boolean cheap = !hasListing && unwrittenBytes <= CHEAP_BYTES;
            return new PushPlan(leaves, missing, directories, subtrees, written, cheap);
        }

        private int planned() {
            return leaves.size() + missing.size() + directories.size() + subtrees.size();
        }

        private void entry(DirtyNode.Entry entry, byte[] path) throws IOException {
            if (entry.is(Dirt.LINKED) && !entry.is(Dirt.SINGLE | Dirt.LISTED | Dirt.SUBTREE)) {
                others(entry, path);
                return;
            }
            if (rest != null && !links.isEmpty()) {
                linked.name(path, entry.is(Dirt.CONTENT));
            }
            boolean there = root.status(path, false, status);
            if (there && status.isDirectory()) {
                directory(entry, path);
                return;
            }
            nameBelow(entry.node(), path);
            if (!there) {
                missing.add(path);
            } else if (!status.isRegular() || !held.test(path)) {
                file(entry, path);
            }
        }

        /** An excluded name: whether it is there means nothing to replicas. */
        private void others(DirtyNode.Entry entry, byte[] path) throws IOException {
            boolean content = entry.is(Dirt.CONTENT);
            linked.name(path, content);
            if (root.status(path, false, status) && !status.isDirectory() && status.linkCount() > 1) {
                linked.addOthersOf(status, path, content);
            }
            nameBelow(entry.node(), path);
        }

        /** What was written to under a name that went with its directory has others, perhaps. */
        private void nameBelow(@Nullable DirtyNode node, byte[] path) {
            if (node == null || rest == null || links.isEmpty()) {
                return;
            }
            for (DirtyNode.Entry child : node.entries()) {
                byte[] childPath = PathText.join(path, child.name());
                linked.name(childPath, child.is(Dirt.CONTENT));
                nameBelow(child.node(), childPath);
            }
        }

        private void file(DirtyNode.Entry entry, byte[] path) {
            boolean sent = status.isRegular() && (!entry.is(Dirt.MOVED) || entry.is(Dirt.CONTENT));
            long size = sent ? status.size() : 0;
            if (rest != null && bytes > 0 && size > most - bytes) {
                rest.mark(DirtyPath.of(path), entry.dirt() == 0 ? Dirt.SINGLE : entry.dirt(), since);
                return;
            }
            bytes += size;
            leaves.add(path);
            boolean unseen = entry.is(Dirt.UNSEEN) && status.isRegular();
            if (unseen) {
                written.add(path);
            } else {
                unwrittenBytes += size;
            }
            if (status.linkCount() > 1) {
                linked.add(status, path, unseen);
            }
        }

        /** What is in a subtree and elsewhere is planned by all its names; if there is too much of that, all goes in one session later. */
        private void lookForLinksBelow() throws IOException {
            boolean all = !links.travel() || new SubtreeLinks(links).scan(root, subtrees, linked::addOthersOf);
            if (!all && rest != null) {
                rest.mark(DirtyPath.of(ROOT), Dirt.SUBTREE, since);
            }
        }

        /** The other names of files that are planned. */
        private void addLinkedNames() throws IOException {
            for (LinkedNames.Name name : links.others(root, linked)) {
                leaves.add(name.path());
                if (name.written()) {
                    written.add(name.path());
                }
            }
            written.addAll(linked.writtenUnderOthers());
        }
    }
}
