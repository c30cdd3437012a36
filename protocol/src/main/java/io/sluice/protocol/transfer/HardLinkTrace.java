package io.sluice.protocol.transfer;

import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.filelist.FileList;
import io.sluice.protocol.filelist.Segment;
import io.sluice.protocol.options.DebugItem;
import java.io.IOException;

/**
 * What {@code --debug=HLINK2} tells of a name that is not the first one of its file, in rsync's words: whether it becomes a link to one that is in its place,
 * waits for one that was asked for, or is looked at like any other.
 */
final class HardLinkTrace {
    /** Instead of an index: there is none, or none any more. */
    static final int NONE = -1;

    private static final int STEPS = 2;

    private final DebugVoice voice;
    private final FileList list;
    private final boolean tells;

    HardLinkTrace(DebugVoice voice, FileList list) {
        this.voice = voice;
        this.list = list;
        this.tells = voice.level(DebugItem.HLINK) >= STEPS;
    }

    /**
     * The name {@code path} is in its place.
     *
     * @param place of its entry, or {@link #NONE}: its segment is done with
     * @param alternate the number of the directory that it was taken from, or {@link #NONE}
     */
    void found(Candidate name, int place, byte[] path, int alternate) throws IOException {
        if (!tells) {
            return;
        }
        if (place != NONE) {
            voice.tell(opening(name).add("found flist match (alt " + alternate + ")"));
        }
        voice.tell(
                opening(name).add("leader is " + index(place) + " (").add(path).add(")"));
    }

    /** @param place of the last entry before the one that was asked for, or {@link #NONE} */
    void waits(Candidate name, int place) throws IOException {
        if (tells) {
            voice.tell(opening(name).add("waiting for " + index(place)));
        }
    }

    /** @param forgotten all names before it are done with */
    void seeks(Candidate name, boolean forgotten) {
        if (tells) {
            voice.tell(opening(name).add(forgotten ? "virtual first" : "looking for a leader"));
        }
    }

    private Text opening(Candidate name) {
        FileEntry entry = name.entry();
        int group = list.isIncremental() ? entry.linkGroup() : NONE;
        return Text.of("hlink for " + name.index() + " (").add(entry.path()).add("," + group + "): ");
    }

    private int index(int place) throws IOException {
        if (place == NONE) {
            return NONE;
        }
        Segment segment = list.containing(place);
        return segment.entry(place - segment.firstIndex()).index();
    }
}
