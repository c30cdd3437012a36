package io.sluice.protocol.transfer;

import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.options.PreservationOptions;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** An entry of the list as {@code --debug=FLIST3} shows it, with rsync's flags so far as they are known here. */
final class ListedEntry {
    private static final int TOP = 1;
    private static final int CONTENT = 1 << 2;
    private static final int HARD_LINKED = 1 << 5;
    private static final int IMPLIED = 1 << 6;
    private static final int LONG_SIZE = 1 << 9;
    private static final int SETS_NO_GROUP = 1 << 10;
    private static final int NANOSECONDS = 1 << 12;
    private static final long INT_BITS = 0xFFFF_FFFFL;
    private static final byte[] NO_DIRECTORY = Text.of("<NULL>").toBytes();

    private final @Nullable IntFunction<byte[]> sources;
    private final boolean users;
    private final boolean groups;

    private ListedEntry(@Nullable IntFunction<byte[]> sources, boolean users, boolean groups) {
        this.sources = sources;
        this.users = users;
        this.groups = groups;
    }

    /** Of a sender: with the directory that entries are relative to. */
    static ListedEntry ofSender(PreservationOptions kept, IntFunction<byte[]> sources) {
        return new ListedEntry(sources, kept.owner(), kept.group());
    }

    /** Of a receiver: with their depth; users count only if they can be set. */
    static ListedEntry ofReceiver(PreservationOptions kept, boolean root) {
        return new ListedEntry(null, kept.owner() && root, kept.group());
    }

    Text of(FileEntry entry, int index) {
        Text text = Text.of("i=" + index + " ");
        if (!entry.isDuplicate()) {
            text.add(place(entry)).add(" ").add(entry.path()).add(entry.isDirectory() ? "/" : "");
        } else {
            text.add(" ");
        }
        text.add(String.format(" mode=0%o len=%,d", entry.mode(), entry.size()));
        if (users) {
            text.add(" uid=" + Integer.toUnsignedString(entry.uid()));
        }
        if (groups) {
            String group = Integer.toUnsignedString(entry.gid());
            text.add(" gid=" + (entry.skipGroup() ? "(" + group + ")" : group));
        }
        return text.add(String.format(" flags=%x", flags(entry)));
    }

    private byte[] place(FileEntry entry) {
        if (sources == null) {
            return Text.of(Integer.toString(Paths.depth(entry.path()))).toBytes();
        }
        byte[] directory = sources.apply(entry.source());
        return directory.length == 0 ? NO_DIRECTORY : directory;
    }

    private static int flags(FileEntry entry) {
        int flags = 0;
        if (entry.isDirectory()) {
            flags |= entry.isTopDirectory() ? TOP : 0;
            flags |= entry.hasContent() ? CONTENT : 0;
            flags |= entry.isImpliedDirectory() ? IMPLIED : 0;
        }
        flags |= entry.linkGroup() >= 0 ? HARD_LINKED : 0;
        flags |= entry.skipGroup() ? SETS_NO_GROUP : 0;
        flags |= entry.size() > INT_BITS ? LONG_SIZE : 0;
        flags |= entry.modificationNanos() != 0 ? NANOSECONDS : 0;
        return flags;
    }
}
