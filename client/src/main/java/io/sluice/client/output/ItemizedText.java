package io.sluice.client.output;

import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.event.ModeText;
import java.util.Arrays;

/** The eleven characters of {@code %i}, {@code YXcstpoguax}, as rsync(1) tells under {@code --itemize-changes}. */
final class ItemizedText {
    private static final int LENGTH = 11;
    private static final int TIMES = ItemFlags.REPORT_ATIME | ItemFlags.REPORT_CRTIME;

    private ItemizedText() {}

    /**
     * @param sent the content goes to the peer and the peer is another process: {@code <}
     */
    static String of(int flags, int mode, boolean sent, ItemContext context) {
        if ((flags & ItemFlags.DELETED) != 0) {
            return "*deleting  ";
        }
        char[] text = new char[LENGTH];
        text[0] = direction(flags, sent);
        text[1] = kind(mode);
        text[2] = mark(flags, ItemFlags.REPORT_CHANGE, 'c');
        text[3] = ModeText.isSymlink(mode) ? '.' : mark(flags, ItemFlags.REPORT_SIZE, 's');
        text[4] = time(flags, mode, context);
        text[5] = mark(flags, ItemFlags.REPORT_PERMS, 'p');
        text[6] = mark(flags, ItemFlags.REPORT_OWNER, 'o');
        text[7] = mark(flags, ItemFlags.REPORT_GROUP, 'g');
        text[8] = (flags & TIMES) == TIMES
                ? 'b'
                : (flags & ItemFlags.REPORT_ATIME) != 0 ? 'u' : mark(flags, ItemFlags.REPORT_CRTIME, 'n');
        text[9] = mark(flags, ItemFlags.REPORT_ACL, 'a');
        text[10] = mark(flags, ItemFlags.REPORT_XATTR, 'x');
        if ((flags & ItemFlags.IS_NEW) != 0) {
            fill(text, '+');
        } else if ((flags & ItemFlags.MISSING_DATA) != 0) {
            fill(text, '?');
        } else if (text[0] != '<' && text[0] != '>' && unchanged(text)) {
            fill(text, ' ');
        }
        return new String(text);
    }

    private static char direction(int flags, boolean sent) {
        if ((flags & ItemFlags.LOCAL_CHANGE) != 0) {
            return (flags & ItemFlags.XNAME_FOLLOWS) != 0 ? 'h' : 'c';
        }
        return (flags & ItemFlags.TRANSFER) == 0 ? '.' : sent ? '<' : '>';
    }

    private static char kind(int mode) {
        if (ModeText.isSymlink(mode)) {
            return 'L';
        }
        return ModeText.isDirectory(mode) ? 'd' : ModeText.isSpecial(mode) ? 'S' : ModeText.isDevice(mode) ? 'D' : 'f';
    }

    private static char time(int flags, int mode, ItemContext context) {
        if ((flags & ItemFlags.REPORT_TIME) == 0) {
            return '.';
        }
        boolean linkTimeLost = ModeText.isSymlink(mode)
                && (!context.symlinkTimes()
                        || (flags & ItemFlags.REPORT_SIZE) != 0); // the bit means "time failed" here
        return !context.preserveTimes() || linkTimeLost ? 'T' : 't';
    }

    private static char mark(int flags, int bit, char letter) {
        return (flags & bit) != 0 ? letter : '.';
    }

    private static boolean unchanged(char[] text) {
        for (int i = 2; i < LENGTH; i++) {
            if (text[i] != '.') {
                return false;
            }
        }
        return true;
    }

    private static void fill(char[] text, char with) {
        Arrays.fill(text, 2, LENGTH, with);
    }
}
