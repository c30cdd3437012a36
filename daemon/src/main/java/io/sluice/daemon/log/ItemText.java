package io.sluice.daemon.log;

import io.sluice.linux.FileMode;
import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.ItemFlags;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The texts that {@code log format} has for one item, as rsync(1) tells under {@code --itemize-changes}. */
final class ItemText {
    private static final int TIMES = ItemFlags.REPORT_ATIME | ItemFlags.REPORT_CRTIME;
    private static final String PERMISSIONS = "rwxrwxrwx";
    private static final int SET_UID = 04000;
    private static final int SET_GID = 02000;
    private static final int STICKY = 01000;

    private ItemText() {}

    static String operation(Item item) {
        if ((item.flags() & ItemFlags.DELETED) != 0) {
            return "del.";
        }
        return item.sent() ? "send" : "recv";
    }

    /** The path with a directory's slash. */
    static byte[] name(Item item) {
        byte[] path = item.path();
        if (!is(item, FileMode.DIRECTORY)) {
            return path;
        }
        byte[] name = Arrays.copyOf(path, path.length + 1);
        name[path.length] = '/';
        return name;
    }

    static byte[] link(Item item, boolean munged) {
        if (item.otherName().length > 0) {
            return join(" => ", item.otherName());
        }
        boolean symlink = is(item, FileMode.SYMLINK) && (item.flags() & ItemFlags.DELETED) == 0;
        return symlink ? join(munged ? " -> /rsyncd-munged/" : " -> ", item.linkTarget()) : new byte[0];
    }

    private static byte[] join(String arrow, byte[] name) {
        byte[] joined = Arrays.copyOf(arrow.getBytes(StandardCharsets.US_ASCII), arrow.length() + name.length);
        System.arraycopy(name, 0, joined, arrow.length(), name.length);
        return joined;
    }

    /** A path without the {@code ./} at its beginning; {@code .} alone stays. */
    static byte[] clean(byte[] path) {
        int from = 0;
        while (path.length - from > 2 && path[from] == '.' && path[from + 1] == '/') {
            from += 2;
        }
        return from == 0 ? path : Arrays.copyOfRange(path, from, path.length);
    }

    /** {@code rwxr-sr-x}. */
    static String permissions(int mode) {
        char[] text = new char[PERMISSIONS.length()];
        for (int i = 0; i < text.length; i++) {
            text[i] = (mode & (0400 >> i)) != 0 ? PERMISSIONS.charAt(i) : '-';
        }
        mark(text, 2, (mode & SET_UID) != 0, 's');
        mark(text, 5, (mode & SET_GID) != 0, 's');
        mark(text, 8, (mode & STICKY) != 0, 't');
        return new String(text);
    }

    private static void mark(char[] text, int at, boolean set, char letter) {
        if (set) {
            text[at] = text[at] == 'x' ? letter : Character.toUpperCase(letter);
        }
    }

    /** {@code YXcstpoguax}. */
    static String itemized(Item item, TransferFacts facts) {
        int flags = item.flags();
        if ((flags & ItemFlags.DELETED) != 0) {
            return "*deleting  ";
        }
        char[] text = {
            direction(item),
            kind(item),
            flag(flags, ItemFlags.REPORT_CHANGE, 'c'),
            is(item, FileMode.SYMLINK) ? '.' : flag(flags, ItemFlags.REPORT_SIZE, 's'),
            time(item, facts),
            flag(flags, ItemFlags.REPORT_PERMS, 'p'),
            flag(flags, ItemFlags.REPORT_OWNER, 'o'),
            flag(flags, ItemFlags.REPORT_GROUP, 'g'),
            otherTimes(flags),
            flag(flags, ItemFlags.REPORT_ACL, 'a'),
            flag(flags, ItemFlags.REPORT_XATTR, 'x')
        };
        if ((flags & ItemFlags.IS_NEW) != 0) {
            Arrays.fill(text, 2, text.length, '+');
        } else if ((flags & ItemFlags.MISSING_DATA) != 0) {
            Arrays.fill(text, 2, text.length, '?');
        } else if (text[0] != '<' && text[0] != '>' && new String(text).endsWith(".........")) {
            Arrays.fill(text, 2, text.length, ' ');
        }
        return new String(text);
    }

    private static char direction(Item item) {
        int flags = item.flags();
        if ((flags & ItemFlags.LOCAL_CHANGE) != 0) {
            return (flags & ItemFlags.XNAME_FOLLOWS) != 0 ? 'h' : 'c';
        }
        if ((flags & ItemFlags.TRANSFER) == 0) {
            return '.';
        }
        return item.sent() ? '<' : '>';
    }

    private static char kind(Item item) {
        return switch (item.mode() & FileMode.TYPE_MASK) {
            case FileMode.SYMLINK -> 'L';
            case FileMode.DIRECTORY -> 'd';
            case FileMode.FIFO, FileMode.SOCKET -> 'S';
            case FileMode.BLOCK_DEVICE, FileMode.CHARACTER_DEVICE -> 'D';
            default -> 'f';
        };
    }

    private static char time(Item item, TransferFacts facts) {
        if ((item.flags() & ItemFlags.REPORT_TIME) == 0) {
            return '.';
        }
        // for a symlink the bit of the size tells that its time could not be set
        boolean lost =
                is(item, FileMode.SYMLINK) && (!facts.symlinkTimes() || (item.flags() & ItemFlags.REPORT_SIZE) != 0);
        return !facts.preserveTimes() || lost ? 'T' : 't';
    }

    private static char otherTimes(int flags) {
        if ((flags & TIMES) == TIMES) {
            return 'b';
        }
        return (flags & ItemFlags.REPORT_ATIME) != 0 ? 'u' : flag(flags, ItemFlags.REPORT_CRTIME, 'n');
    }

    private static char flag(int flags, int bit, char letter) {
        return (flags & bit) != 0 ? letter : '.';
    }

    private static boolean is(Item item, int type) {
        return (item.mode() & FileMode.TYPE_MASK) == type;
    }
}
