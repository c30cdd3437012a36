package io.sluice.protocol.transfer;

import io.sluice.linux.FileStatus;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.options.DebugItem;

/** What is told of owners that are set ({@code --debug=OWN}), permissions that a directory gives ({@code ACL}) and backups ({@code BACKUP}). */
final class AttributeTrace {
    private final DebugVoice voice;
    private final boolean owners;
    private final boolean lists;
    private final boolean backups;

    AttributeTrace(DebugVoice voice) {
        this.voice = voice;
        this.owners = voice.level(DebugItem.OWN) > 0;
        this.lists = voice.level(DebugItem.ACL) > 0;
        this.backups = voice.level(DebugItem.BACKUP) > 0;
    }

    /** How a backup was made. */
    enum Means {
        HLINK,
        RENAME,
        SYMLINK,
        DEVICE,
        COPY
    }

    /** The ids of {@code present} are about to change. */
    void owner(byte[] path, FileEntry entry, FileStatus present) {
        if (owners) {
            change("uid", path, present.uid(), entry.uid());
        }
    }

    /** As above, for the group. */
    void group(byte[] path, FileEntry entry, FileStatus present) {
        if (owners) {
            change("gid", path, present.gid(), entry.gid());
        }
    }

    private void change(String what, byte[] path, int from, int to) {
        voice.tell(Text.of("set " + what + " of ")
                .add(path.length == 0 ? Paths.ROOT : path)
                .add(" from " + Integer.toUnsignedString(from) + " to " + Integer.toUnsignedString(to)));
    }

    /** New files in a directory get permissions from its access control list. */
    void defaults(byte[] directory, int permissions) {
        if (lists) {
            voice.tell(Text.of("got ACL-based default perms " + Integer.toOctalString(permissions) + " for directory ")
                    .add(directory.length == 0 ? Paths.ROOT : directory));
        }
    }

    void backedUp(byte[] path, Means means) {
        if (backups) {
            voice.tell(Text.of("make_backup: " + means + " ").add(path).add(" successful."));
        }
    }
}
