package io.sluice.protocol.transfer;

import io.sluice.protocol.filelist.FileList;
import io.sluice.protocol.filelist.ListWitness;
import io.sluice.protocol.filelist.ScanWitness;
import io.sluice.protocol.filelist.Segment;
import io.sluice.protocol.options.DebugItem;
import java.util.function.Consumer;

/** What {@code --debug=FLIST} tells of the list, as it is made or as it arrives. */
final class ListTrace implements ScanWitness {
    private static final int NAMES = 2;
    private static final int ENTRIES = 3;

    private final DebugVoice voice;
    private final ListedEntry line;
    private final int level;
    private final EntryTrace entries;

    /** @param line how an entry is told */
    ListTrace(DebugVoice voice, ListedEntry line) {
        this.voice = voice;
        this.line = line;
        this.level = voice.level(DebugItem.FLIST);
        this.entries = new EntryTrace(voice);
    }

    static ListTrace ofReceiver(Site site) {
        return new ListTrace(
                DebugVoice.of(site),
                ListedEntry.ofReceiver(
                        site.options().preservation(), site.privileges().root()));
    }

    /** Lets it hear of entries that are made, if somebody wants to know; {@code scan} takes a witness. */
    void attach(Consumer<ScanWitness> scan) {
        if (level >= NAMES || voice.level(DebugItem.CHDIR) > 0) {
            scan.accept(this);
        }
    }

    /** Lets it hear of entries as they travel, if somebody wants to know; {@code list} takes a witness. */
    void attachTo(Consumer<ListWitness> list) {
        entries.attach(list);
    }

    @Override
    public void entered(byte[] directory) {
        voice.changedDirectory(directory);
    }

    @Override
    public void made(byte[] path, boolean judged) {
        if (level >= NAMES) {
            voice.tellAs(Text.of("make_file(").add(path).add(judged ? ",*,2)" : ",*,0)"));
        }
    }

    /** The sender's first segment has gone out. */
    void firstSent() {
        if (level >= NAMES) {
            voice.tell("send_file_list done");
        }
    }

    /** A client has sent what goes out before the first request. */
    void allSent() {
        if (level >= ENTRIES) {
            voice.tell("file list sent");
        }
    }

    /** The content of a directory follows. */
    void announced(int directory) {
        if (level >= NAMES) {
            voice.tellAs(Text.of("receiving flist for dir " + directory));
        }
    }

    /** As {@link #announced}, while it is not yet known whether more than one file comes. */
    void announcedEarly(int directory) {
        if (level >= ENTRIES) {
            announced(directory);
        }
    }

    /** The role that does not read the list has come to know of a segment. */
    void arrived(FileList list, int number) {
        int early = list.segment(0).size() == 1 ? 2 : 1; // which were read before there were roles
        if (number < early) {
            return;
        }
        Segment segment = list.segment(number);
        announced(segment.directory() < 0 ? 0 : list.directoryOnWire(segment.directory()));
        entries.again(segment);
        received(segment);
    }

    /** A segment is here, of whose entries was told as they were read. */
    void received(Segment segment) {
        entries(segment);
        if (level >= NAMES) {
            voice.tell("recv_file_list done");
        }
    }

    /** A segment's entries in their order. */
    void entries(Segment segment) {
        if (level < ENTRIES) {
            return;
        }
        int low = 0;
        int high = segment.size() - 1;
        while (low <= high && segment.entry(low).isDuplicate()) {
            low++;
        }
        while (high > low && segment.entry(high).isDuplicate()) {
            high--;
        }
        voice.tellAs(Text.of("flist start=" + segment.firstIndex() + ", used=" + segment.size() + ", low=" + low
                + ", high=" + high));
        for (int position = 0; position < segment.size(); position++) {
            voice.tellAs(line.of(segment.entry(position), segment.firstIndex() + position));
        }
    }

    /** No more segments will come. */
    void complete() {
        if (level >= ENTRIES) {
            voice.tellAs(Text.of("flist_eof=1"));
        }
    }
}
