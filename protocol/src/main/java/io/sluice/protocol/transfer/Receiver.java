package io.sluice.protocol.transfer;

import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.filelist.AttributeValues;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.filelist.FileList;
import io.sluice.protocol.filelist.Segment;
import io.sluice.protocol.options.PlacementOptions;
import io.sluice.protocol.wire.WireInput;
import java.io.IOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The role that builds files from tokens and puts them in their place. It owns the input of its side, and writes nothing to the peer. */
final class Receiver implements ItemReader.Interruptions {
    /** The first is for all files, the second for those whose check failed; then (protocol ≥ 29) there is one without transfers. */
    private static final int TRANSFER_PHASES = 2;

    private final Site site;
    private final WireInput in;
    private final ListIntake intake;
    private final FileList list;
    private final Mailbox mailbox;
    private final @Nullable WantedFiles wanted;
    private final Statistics statistics;
    private final TransferListener listener;
    private final Notices notices;
    private final Backup backup;
    private final DelayedUpdates delayed;
    private final ReportedItem reported;
    private final ItemReader items;
    private final boolean keepsAttributes;
    private final BitSet wrong = new BitSet();
    private final KindCounter echoedDeletions = new KindCounter();
    private Statistics.Traffic traffic = new Statistics.Traffic(0, 0);
    private final int lastPhase;
    private int finishedSegments;
    private int phase;

    /**
     * Who works beside the receiver.
     *
     * @param wanted knows which files to take, when a batch is read
     */
    record Partners(Mailbox mailbox, @Nullable WantedFiles wanted) {}

    Receiver(Site site, WireInput in, ListIntake intake, Partners partners) {
        this.site = site;
        this.in = in;
        this.intake = intake;
        this.list = intake.list();
        this.mailbox = partners.mailbox();
        this.wanted = partners.wanted();
        this.statistics = site.reports().statistics();
        this.listener = site.reports().listener();
        this.notices = site.notices();
        this.lastPhase = site.session().version().hasItemFlags() ? TRANSFER_PHASES : TRANSFER_PHASES - 1;
        this.backup = new Backup(site);
        this.delayed = new DelayedUpdates(site, backup);
        this.reported = new ReportedItem(false, site.session().incrementalRecursion());
        this.keepsAttributes = site.options().preservation().xattrs() > 0
                && !site.options().update().dryRun();
        this.items = new ItemReader(new ItemReader.Indexes(site.session().version(), in, intake.indexes()), list, this);
    }

    /** Receives until the sender's last word; reports each phase to the mailbox. */
    void run() throws IOException {
        boolean sparse = site.options().placement().sparse();
        try (ContentReceiver content = new ContentReceiver(site.session(), in, sparse, mailbox)) {
            FileReceiver files = new FileReceiver(site, content, delayed, backup);
            while (phase <= lastPhase) {
                mailbox.check();
                if (items.next()) {
                    accept(files, content);
                } else {
                    endPhase();
                }
            }
            statistics.literalData = content.literalBytes();
            statistics.matchedData = content.matchedBytes();
        }
        if (!site.session().server()) {
            traffic = statistics.read(in, site.session().version());
        }
        mailbox.endPhase();
        if (site.session().version().hasFarewell()) {
            expectDone();
            mailbox.endPhase();
        }
    }

    /** Bytes that travelled, as the sender counted them; only at a client. */
    Statistics.Traffic traffic() {
        return traffic;
    }

    private void endPhase() throws IOException {
        missRest();
        if (site.session().incrementalRecursion() && finishedSegments < list.segments()) {
            if (wanted == null) {
                list.release(finishedSegments); // a batch does not wait for the generator, which may be behind it
            }
            finishedSegments++;
            if (finishedSegments < list.segments()) {
                return;
            }
        }
        phase++;
        if (phase == TRANSFER_PHASES && site.options().placement().delayUpdates()) {
            delayed.publish(index -> mailbox.post(Mailbox.Kind.DONE, index));
        }
        if (phase <= lastPhase) {
            mailbox.endPhase();
        }
    }

    /** What the generator still wants, the batch does not have. */
    private void missRest() throws IOException {
        if (wanted == null) {
            return;
        }
        int segment = site.session().incrementalRecursion() ? finishedSegments : 0;
        if (segment < list.segments() && phase == 0) {
            wanted.end(list.segment(segment), index -> miss(index, ""));
        }
        for (int index = wrong.nextSetBit(0); phase == 1 && index >= 0; index = wrong.nextSetBit(index + 1)) {
            miss(index, " resend of");
        }
    }

    private void miss(int index, String resend) {
        try {
            Segment segment = list.containing(index);
            FileEntry entry = segment.at(index);
            notices.fileError(Text.of("(No batched update for" + resend + " \"")
                    .add(entry.path())
                    .add("\")"));
            if (resend.isEmpty()) {
                count(Mailbox.Kind.NOT_SENT, entry, index);
            }
        } catch (IOException e) {
            throw new IllegalStateException("wanted index: " + index + " (expected: of the list)", e);
        }
    }

    private void count(Mailbox.Kind kind, FileEntry entry, int index) {
        if (awaited(entry)) {
            mailbox.post(kind, index);
        }
    }

    /** Whether a file that the batch has is to be taken; if not, it is skipped. */
    private boolean takes(ContentReceiver content, boolean again) throws IOException {
        if (wanted == null) {
            return true;
        }
        boolean takes = phase == 0 ? wanted.wants(items.index(), items.segment(), index -> miss(index, "")) : again;
        if (!takes) {
            String resend = phase == 0 ? "" : " resend of";
            notices.info(Text.of("(Skipping batched update for" + resend + " \"")
                    .add(items.entry().path())
                    .add("\")"));
            content.discard();
        }
        return takes;
    }

    private void accept(FileReceiver files, ContentReceiver content) throws IOException {
        boolean isNew = (items.flags() & ItemFlags.IS_NEW) != 0;
        boolean again = wrong.get(items.index());
        if (isNew && !again) {
            statistics.created.count(items.entry().mode());
        }
        boolean values = keepsAttributes
                && AttributeValues.travel(items.flags(), site.session().xattrOptimization());
        if (values) {
            AttributeValues.receive(in, items.entry().extendedAttributes());
        }
        reported.show(items);
        if (!items.isTransfer()) {
            listener.item(reported);
            if (values && !items.isMadeHere()) {
                files.setExtendedAttributes(items.entry());
            }
            return;
        }
        if (phase == TRANSFER_PHASES) {
            throw new ProtocolException("transfer in the last phase: index " + items.index() + " (expected: none)");
        }
        statistics.transferredFiles++;
        statistics.transferredSize += items.entry().size();
        if (!takes(content, again)) {
            return;
        }
        if (site.dryRun()) {
            listener.item(reported);
            if (wanted != null
                    || (site.options().update().batchOnly() && !site.session().server())) {
                content.discard();
            }
            if (site.options().update().batchOnly()) {
                count(Mailbox.Kind.DONE, items.entry(), items.index());
            }
            return;
        }
        settle(files.receive(items, reported, again), again);
    }

    private void settle(FileReceiver.Result result, boolean again) {
        if (wanted != null && again) {
            wrong.clear(items.index());
            if (result != FileReceiver.Result.WRONG) {
                return; // the generator has been told that it does not come
            }
        }
        boolean counts = awaited(items.entry());
        switch (result) {
            case DONE -> {
                if (counts) {
                    mailbox.post(Mailbox.Kind.DONE, items.index());
                }
            }
            case FAILED -> {
                if (counts) {
                    mailbox.post(Mailbox.Kind.NOT_SENT, items.index());
                }
            }
            case DELAYED -> {}
            case WRONG -> askAgain(again);
        }
    }

    /** The generator waits for what becomes of this file. */
    private boolean awaited(FileEntry entry) {
        return site.session().incrementalRecursion()
                || site.options().deletion().sourceFiles()
                || entry.linkGroup() >= 0;
    }

    private void askAgain(boolean again) {
        tellWrong(again);
        if (wanted != null) {
            wrong.set(items.index(), !again); // maybe the batch has it once more
            count(Mailbox.Kind.NOT_SENT, items.entry(), items.index());
        } else if (!again) {
            wrong.set(items.index());
            mailbox.post(Mailbox.Kind.REDO, items.index());
        } else if (awaited(items.entry())) {
            mailbox.post(Mailbox.Kind.NOT_SENT, items.index());
        }
    }

    private void tellWrong(boolean again) {
        PlacementOptions placement = site.options().placement();
        String kept = !placement.partialPlace().isEmpty()
                ? "put into partial-dir"
                : placement.partial() || placement.inplace() ? "retained" : "discarded";
        Text text = Text.of(again ? "ERROR: " : "WARNING: ")
                .add(site.target().path(items.entry()))
                .add(" failed verification -- update " + kept
                        + (again ? "." : wanted != null ? " (may try again)." : " (will try again)."));
        if (again) {
            notices.fileError(text);
        } else if (site.verbosity().names() > 0 || site.verbosity().items() > 0) {
            notices.warning(text);
        }
    }

    private void expectDone() throws IOException {
        if (items.next()) {
            throw new ProtocolException("end of the transfer: index " + items.index() + " (expected: an end mark)");
        }
    }

    @Override
    public void segment(int number) throws IOException {
        if (finishedSegments > 0 && finishedSegments >= list.segments()) {
            throw new ProtocolException("refusing sub-flist after final flist was freed");
        }
        intake.read(number);
        mailbox.listChanged();
    }

    @Override
    public void listEnd() throws IOException {
        intake.end();
        mailbox.listChanged();
    }

    /** The generator of this side knows them. */
    @Override
    public void deleteStatistics() throws IOException {
        echoedDeletions.read(in);
    }
}
