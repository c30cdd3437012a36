package io.sluice.protocol.transfer;

import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.filelist.ListWitness;
import io.sluice.protocol.filelist.Segment;
import io.sluice.protocol.options.DebugItem;
import java.util.function.Consumer;

/**
 * What is told of a list's entries as they travel, in rsync's words: their names ({@code --debug=FLIST2}), which of them are one file ({@code HLINK}), which
 * are left out as there are others with their path ({@code DUP}), and whom they belong to here ({@code OWN2}).
 */
final class EntryTrace implements ListWitness {
    private static final int NAMES = 2;
    private static final int INODES = 3;
    private static final int OWNERS = 2;

    private final DebugVoice voice;
    private final boolean names;
    private final int links;
    private final boolean owners;
    private final boolean duplicates;

    EntryTrace(DebugVoice voice) {
        this.voice = voice;
        this.names = voice.level(DebugItem.FLIST) >= NAMES;
        this.links = voice.level(DebugItem.HLINK);
        this.owners = voice.level(DebugItem.OWN) >= OWNERS;
        this.duplicates = voice.level(DebugItem.DUP) > 0;
    }

    /** Lets it hear of entries if somebody wants to know; {@code list} takes a witness. */
    void attach(Consumer<ListWitness> list) {
        if (names || links > 0 || owners || duplicates) {
            list.accept(this);
        }
    }

    @Override
    public void read(byte[] path) {
        if (names) {
            voice.tell(Text.of("recv_file_name(").add(path).add(")"));
        }
    }

    @Override
    public void readAll(int entries) {
        if (names) {
            voice.tell("received " + entries + " names");
        }
    }

    @Override
    public void linked(int index, int first, boolean inSegment) {
        if (links > 0) {
            voice.tellAs(Text.of("#" + index + " hard-links #" + first + (inSegment ? " (abbrev)" : " (unabbrev)")));
        }
    }

    @Override
    public void numbered(int index, long device, long inode) {
        if (links >= INODES) {
            voice.tellAs(Text.of("dev:inode for #" + index + " is " + device + ":" + Long.toUnsignedString(inode)));
        }
    }

    @Override
    public void user(int id, String name, int here) {
        mapped("u", id, name, here);
    }

    @Override
    public void group(int id, String name, int here) {
        mapped("g", id, name, here);
    }

    private void mapped(String what, int id, String name, int here) {
        if (owners) {
            voice.tell(what + "id " + Integer.toUnsignedString(id) + "(" + name + ") maps to "
                    + Integer.toUnsignedString(here));
        }
    }

    @Override
    public void ownGroups(int[] groups) {
        if (owners) {
            StringBuilder words = new StringBuilder("process has " + groups.length + " gid")
                    .append(groups.length == 1 ? ": " : "s: ");
            for (int group : groups) {
                words.append(' ').append(group);
            }
            voice.tell(words.toString());
        }
    }

    @Override
    public void leftOut(byte[] path, int place) {
        if (duplicates) {
            voice.tell(Text.of("removing duplicate name ").add(path).add(" from file list (" + place + ")"));
        }
    }

    /** The role that does not read the list, which is told by the one that does, tells of it too; but not of owners. */
    void again(Segment segment) {
        if (!names && links == 0 && !duplicates) {
            return;
        }
        for (int row = 0; row < segment.size(); row++) {
            FileEntry entry = segment.arrived(row);
            int index = segment.firstIndex() + row;
            if (entry.linkGroup() >= 0 && entry.linkGroup() != index) {
                linked(index, entry.linkGroup(), entry.linkGroup() >= segment.firstIndex());
            }
            read(entry.path());
        }
        readAll(segment.size());
        for (int place = 0; duplicates && place < segment.size(); place++) {
            FileEntry entry = segment.entry(place);
            if (entry.isDuplicate() && !entry.isNameless()) {
                leftOut(entry.path(), segment.firstIndex() + place);
            }
        }
    }
}
