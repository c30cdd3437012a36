package io.sluice.protocol.transfer;

import io.sluice.linux.FileStatus;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.options.DebugItem;
import io.sluice.protocol.transfer.Victims.Victim;
import java.io.IOException;
import java.util.List;

/** What {@code --debug=FLIST3} tells of what is found in directories that are deleted in, in rsync's words. */
final class VictimTrace {
    private static final int ENTRIES = 3;

    private final DebugVoice voice;
    private final ListedEntry line;
    private final FileTree tree;
    private final int self;
    private final FileStatus status = new FileStatus();

    VictimTrace(Site site) {
        this.voice = DebugVoice.of(site);
        this.line = ListedEntry.ofReceiver(
                site.options().preservation(), site.privileges().root());
        this.tree = site.tree();
        this.self = site.privileges().uid();
    }

    /** Lets it hear of {@code victims} if somebody wants to know. */
    void attach(Victims victims) {
        if (voice.level(DebugItem.FLIST) >= ENTRIES) {
            victims.tellFound(this::found);
        }
    }

    /** What one directory holds, the last name first. */
    private void found(List<Victim> victims) throws IOException {
        int last = victims.size() - 1;
        voice.tellAs(Text.of("flist start=0, used=" + victims.size() + ", low=0, high=" + last));
        for (int number = 0; number <= last; number++) {
            Victim victim = victims.get(last - number);
            status.copyFrom(new FileStatus());
            tree.status(victim.path(), status); // of what has gone meanwhile nothing but its name is known
            voice.tellAs(line.of(victim, status, status.uid() == self, number));
        }
    }
}
