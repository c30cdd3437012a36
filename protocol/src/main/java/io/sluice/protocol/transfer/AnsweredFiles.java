package io.sluice.protocol.transfer;

import io.sluice.protocol.filelist.FileList;
import java.util.BitSet;

/** What a sender sends because the generator asked for it; what was wrong is asked for again, once. */
final class AnsweredFiles implements IncomingFiles {
    private final FileList list;
    private final Settlement settlement;
    private final BitSet wrong = new BitSet();

    AnsweredFiles(FileList list, Settlement settlement) {
        this.list = list;
        this.settlement = settlement;
    }

    @Override
    public boolean isAgain(int index) {
        return wrong.get(index);
    }

    @Override
    public boolean takes(ItemReader items, int phase) {
        return true;
    }

    @Override
    public boolean bringsContentAnyway() {
        return false;
    }

    @Override
    public void settle(ItemReader items, FileReceiver.Result result) {
        settlement.tell(result, items.entry(), items.index());
    }

    @Override
    public void wrong(ItemReader items) {
        if (wrong.get(items.index())) {
            settlement.tell(FileReceiver.Result.FAILED, items.entry(), items.index());
        } else {
            wrong.set(items.index());
            settlement.askAgain(items.index());
        }
    }

    @Override
    public String promise() {
        return "will try again";
    }

    @Override
    public void ended(int segment, int phase) {
        // The sender has told of each file that does not come.
    }

    @Override
    public void release(int segment) {
        list.answer(segment + 1);
    }
}
