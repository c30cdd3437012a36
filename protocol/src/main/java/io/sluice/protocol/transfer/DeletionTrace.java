package io.sluice.protocol.transfer;

import io.sluice.protocol.options.DebugItem;
import io.sluice.protocol.transfer.Victims.Victim;

/** What {@code --debug=DEL} tells of deletions, in rsync's words and with its numbers for their kinds. */
final class DeletionTrace {
    /** The owner could not write to it. */
    static final int NOT_WRITABLE = 1;
    /** A directory goes with its content. */
    static final int RECURSIVE = 1 << 1;
    /** A directory's content has gone before. */
    static final int EMPTIED = 1 << 2;

    private static final int FOR_FILE = 1 << 3;
    private static final int FOR_DIRECTORY = 1 << 4;
    private static final int FOR_SYMLINK = 1 << 5;
    private static final int FOR_DEVICE = 1 << 6;
    private static final int FOR_SPECIAL = 1 << 7;
    private static final int ITEMS = 2;
    private static final int CONTENTS = 3;

    private final DebugVoice voice;
    private final int level;

    DeletionTrace(DebugVoice voice) {
        this.voice = voice;
        this.level = voice.level(DebugItem.DEL);
    }

    /** Returns true if the modes of what is deleted are told. */
    boolean tellsItems() {
        return level >= ITEMS;
    }

    /** Returns the number for making room for something new, which {@code what} names for people. */
    static int forNew(String what) {
        return switch (what) {
            case "directory" -> FOR_DIRECTORY;
            case "symlink" -> FOR_SYMLINK;
            case "device file" -> FOR_DEVICE;
            case "special file" -> FOR_SPECIAL;
            default -> FOR_FILE;
        };
    }

    /** A top directory is gone through before or after the transfer. */
    void top(byte[] directory) {
        if (level > 0) {
            voice.tell(Text.of("deleting in ").add(directory));
        }
    }

    void directory(byte[] directory) {
        if (level >= ITEMS) {
            voice.tell(Text.of("delete_in_dir(").add(directory).add(")"));
        }
    }

    void item(Victim victim, int kind) {
        if (level >= ITEMS) {
            voice.tell(Text.of("delete_item(")
                    .add(victim.path())
                    .add(") mode=" + Integer.toOctalString(victim.mode()) + " flags=" + kind));
        }
    }

    void content(byte[] directory, int kind) {
        if (level >= CONTENTS) {
            voice.tell(Text.of("delete_dir_contents(").add(directory).add(") flags=" + kind));
        }
    }
}
