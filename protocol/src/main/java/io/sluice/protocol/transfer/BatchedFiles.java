package io.sluice.protocol.transfer;

import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.filelist.FileList;
import java.io.IOException;
import java.util.BitSet;

/**
 * What a batch has: files that another receiver once asked for. Those that the generator wants are taken, and it is told of those that the batch does not
 * have; the list is kept, as the generator may be behind.
 */
final class BatchedFiles implements IncomingFiles {
    private final FileList list;
    private final boolean incremental;
    private final WantedFiles wanted;
    private final Notices notices;
    private final Settlement settlement;
    private final BitSet wrong = new BitSet();

    BatchedFiles(Site site, FileList list, WantedFiles wanted, Settlement settlement) {
        this.list = list;
        this.incremental = site.session().incrementalRecursion();
        this.wanted = wanted;
        this.notices = site.notices();
        this.settlement = settlement;
    }

    @Override
    public boolean isAgain(int index) {
        return wrong.get(index);
    }

    @Override
    public boolean takes(ItemReader items, int phase) throws IOException {
        boolean takes = phase == 0
                ? wanted.wants(items.index(), items.segment(), index -> miss(index, ""))
                : isAgain(items.index());
        if (!takes) {
            String resend = phase == 0 ? "" : " resend of";
            notices.info(Text.of("(Skipping batched update for" + resend + " \"")
                    .add(items.entry().path())
                    .add("\")"));
        }
        return takes;
    }

    @Override
    public boolean bringsContentAnyway() {
        return true;
    }

    @Override
    public void settle(ItemReader items, FileReceiver.Result result) {
        if (wrong.get(items.index())) {
            wrong.clear(items.index()); // the generator has been told that it does not come
        } else {
            settlement.tell(result, items.entry(), items.index());
        }
    }

    @Override
    public void wrong(ItemReader items) {
        wrong.flip(items.index()); // maybe the batch has it once more
        settlement.tell(FileReceiver.Result.FAILED, items.entry(), items.index());
    }

    @Override
    public String promise() {
        return "may try again";
    }

    @Override
    public void ended(int segment, int phase) throws IOException {
        int number = incremental ? segment : 0;
        if (number < list.segments() && phase == 0) {
            wanted.end(list.segment(number), index -> miss(index, ""));
        }
        for (int index = wrong.nextSetBit(0); phase == 1 && index >= 0; index = wrong.nextSetBit(index + 1)) {
            miss(index, " resend of");
        }
    }

    private void miss(int index, String resend) {
        try {
            FileEntry entry = list.containing(index).at(index);
            notices.fileError(Text.of("(No batched update for" + resend + " \"")
                    .add(entry.path())
                    .add("\")"));
            if (resend.isEmpty()) {
                settlement.tell(FileReceiver.Result.FAILED, entry, index);
            }
        } catch (IOException e) {
            throw new IllegalStateException("wanted index: " + index + " (expected: of the list)", e);
        }
    }

    @Override
    public void release(int segment) {
        // The generator may still be there.
    }
}
