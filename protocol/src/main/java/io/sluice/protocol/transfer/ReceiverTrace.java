package io.sluice.protocol.transfer;

import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.options.DebugItem;
import org.jspecify.annotations.Nullable;

/** What a receiver tells of its work, in rsync's words: {@code --debug=RECV} and its part of {@code --debug=DELTASUM}. */
final class ReceiverTrace {
    private static final int STEPS = 2;
    private static final int BLOCKS = 3;

    private final DebugVoice voice;
    private final @Nullable Target target;
    private final boolean receives;
    private final int sums;

    /** Before it is known where files go. */
    ReceiverTrace(DebugVoice voice) {
        this(voice, null);
    }

    private ReceiverTrace(DebugVoice voice, @Nullable Target target) {
        this.voice = voice;
        this.target = target;
        this.receives = voice.level(DebugItem.RECV) > 0;
        this.sums = voice.level(DebugItem.DELTASUM);
    }

    static ReceiverTrace of(Site site) {
        return new ReceiverTrace(DebugVoice.of(site), site.target());
    }

    /** A server has the arguments, of which {@code arguments} are names. */
    void serving(int arguments) {
        if (receives) {
            voice.tell("server_recv(" + arguments + ") starting pid=" + voice.process());
        }
    }

    /** The destination is looked at: {@code count} files go there. */
    void placing(int count, byte[] destination) {
        if (receives) {
            voice.tell(Text.of("get_local_name count=" + count + " ").add(destination));
        }
    }

    void starting(int count) {
        if (receives) {
            voice.tell("recv_files(" + count + ") starting");
        }
    }

    void phase(int number) {
        if (receives) {
            voice.tell("recv_files phase=" + number);
        }
    }

    void item(FileEntry entry) {
        if (receives && target != null) {
            voice.tell(Text.of("recv_files(").add(target.path(entry)).add(")"));
        }
    }

    void basis(byte[] path, long size) {
        if (sums >= STEPS && size > 0) {
            voice.tell(Text.of("recv mapped ").add(path).add(" of size " + size));
        }
    }

    void literal(int length, long offset) {
        if (sums >= BLOCKS) {
            voice.tell("data recv " + length + " at " + offset);
        }
    }

    /**
     * A block comes from the basis.
     *
     * @param stays it is where it belongs
     */
    void block(int number, int length, long position, long offset, boolean stays) {
        if (sums >= BLOCKS) {
            voice.tell("chunk[" + number + "] of size " + length + " at " + position + " offset=" + offset
                    + (stays ? " (seek)" : ""));
        }
    }

    void sum() {
        if (sums >= STEPS) {
            voice.tell("got file_sum");
        }
    }

    void renaming(byte[] from, byte[] to) {
        if (receives) {
            voice.tell(Text.of("renaming ").add(from).add(" to ").add(to));
        }
    }

    /** What was updated in its place gets its attributes. */
    void finishing(byte[] path) {
        if (receives) {
            voice.tell(Text.of("finishing ").add(path));
        }
    }

    void finished() {
        if (receives) {
            voice.tell("recv_files finished");
        }
    }
}
