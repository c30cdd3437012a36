package io.sluice.protocol.transfer;

import io.sluice.protocol.filelist.FileEntry;

/** Tells the generator what became of files, if it waits to hear. */
final class Settlement {
    private final Mailbox mailbox;
    private final boolean incremental;
    private final boolean sourcesRemoved;

    Settlement(Site site, Mailbox mailbox) {
        this.mailbox = mailbox;
        this.incremental = site.session().incrementalRecursion();
        this.sourcesRemoved = site.options().deletion().sourceFiles();
    }

    /** A file is in its place, or will not come; of one that waits elsewhere the generator hears later. */
    void tell(FileReceiver.Result result, FileEntry entry, int index) {
        boolean awaited = incremental || sourcesRemoved || entry.linkGroup() >= 0;
        if (awaited && result != FileReceiver.Result.DELAYED) {
            boolean done = result == FileReceiver.Result.DONE;
            mailbox.post(done ? Mailbox.Kind.DONE : Mailbox.Kind.NOT_SENT, index);
        }
    }

    /** A file that waited elsewhere is in its place. */
    void published(int index) {
        mailbox.post(Mailbox.Kind.DONE, index);
    }

    /** A file is to be asked for once more. */
    void askAgain(int index) {
        mailbox.post(Mailbox.Kind.REDO, index);
    }
}
