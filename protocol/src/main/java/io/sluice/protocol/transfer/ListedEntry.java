package io.sluice.protocol.transfer;

import io.sluice.linux.FileStatus;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.options.PreservationOptions;
import io.sluice.protocol.transfer.Victims.Victim;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** An entry of the list as {@code --debug=FLIST3} shows it, with rsync's flags so far as they are known here. */
final class ListedEntry {
    private static final int TOP = 1;
    private static final int OWNED = 1;
    private static final int CONTENT = 1 << 2;
    private static final int DUPLICATE = 1 << 4;
    private static final int HARD_LINKED = 1 << 5;
    private static final int IMPLIED = 1 << 6;
    private static final int LONG_SIZE = 1 << 9;
    private static final int SETS_NO_GROUP = 1 << 10;
    private static final int NANOSECONDS = 1 << 12;
    private static final long INT_BITS = 0xFFFF_FFFFL;
    private static final byte[] NO_DIRECTORY = Text.of("<NULL>").toBytes();

    private final @Nullable IntFunction<byte[]> sources;
    private final boolean marks;
    private final boolean users;
    private final boolean groups;

    private ListedEntry(@Nullable IntFunction<byte[]> sources, boolean marks, boolean users, boolean groups) {
        this.sources = sources;
        this.marks = marks;
        this.users = users;
        this.groups = groups;
    }

    /** Of a sender: with the directory that entries are relative to; incremental recursion looks for those that come twice. */
    static ListedEntry ofSender(PreservationOptions kept, IntFunction<byte[]> sources, boolean incremental) {
        return new ListedEntry(sources, incremental, kept.owner(), kept.group());
    }

    /** Of a receiver: with their depth; users count only if they can be set. */
    static ListedEntry ofReceiver(PreservationOptions kept, boolean root) {
        return new ListedEntry(null, false, kept.owner() && root, kept.group());
    }

    Text of(FileEntry entry, int index) {
        Text text = Text.of("i=" + index + " ");
        boolean cleared = sources == null && entry.isDuplicate();
        if (!cleared) {
            text.add(place(entry)).add(" ").add(entry.path()).add(entry.isDirectory() ? "/" : "");
        } else {
            text.add(" ");
        }
        text.add(String.format(" mode=0%o len=%,d", cleared ? 0 : entry.mode(), cleared ? 1 : entry.size()));
        addOwners(text, entry.uid(), entry.gid(), entry.skipGroup());
        return text.add(String.format(" flags=%x", cleared ? 0 : flags(entry)));
    }

    /**
     * Of something in a directory that is deleted in.
     *
     * @param owned by us
     */
    Text of(Victim victim, FileStatus status, boolean owned, int index) {
        Text text = Text.of("i=" + index + " 0 ").add(victim.path()).add(victim.isDirectory() ? "/" : "");
        text.add(String.format(" mode=0%o len=%,d", status.mode(), status.size()));
        addOwners(text, status.uid(), status.gid(), false);
        int flags = victim.isDirectory() ? CONTENT : 0;
        flags |= owned ? OWNED : 0;
        flags |= status.size() > INT_BITS ? LONG_SIZE : 0;
        flags |= status.mtimeNanos() != 0 ? NANOSECONDS : 0;
        return text.add(String.format(" flags=%x", flags));
    }

    private void addOwners(Text text, int uid, int gid, boolean notSettable) {
        if (users) {
            text.add(" uid=" + Integer.toUnsignedString(uid));
        }
        if (groups) {
            String group = Integer.toUnsignedString(gid);
            text.add(" gid=" + (notSettable ? "(" + group + ")" : group));
        }
    }

    private byte[] place(FileEntry entry) {
        if (sources == null) {
            return Text.of(Integer.toString(Paths.depth(entry.path()))).toBytes();
        }
        byte[] directory = sources.apply(entry.source());
        return directory.length == 0 ? NO_DIRECTORY : directory;
    }

    private int flags(FileEntry entry) {
        int flags = 0;
        if (entry.isDirectory()) {
            flags |= entry.isTopDirectory() ? TOP : 0;
            flags |= entry.hasContent() ? CONTENT : 0;
            flags |= marks && entry.isDuplicate() ? DUPLICATE : 0;
            flags |= entry.isImpliedDirectory() ? IMPLIED : 0;
        }
        flags |= entry.linkGroup() >= 0 ? HARD_LINKED : 0;
        flags |= entry.skipGroup() ? SETS_NO_GROUP : 0;
        flags |= entry.size() > INT_BITS ? LONG_SIZE : 0;
        flags |= entry.modificationNanos() != 0 ? NANOSECONDS : 0;
        return flags;
    }
}
