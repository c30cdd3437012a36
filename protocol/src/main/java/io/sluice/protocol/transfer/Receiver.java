package io.sluice.protocol.transfer;

import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.filelist.AttributeMemory;
import io.sluice.protocol.filelist.AttributeValues;
import io.sluice.protocol.filelist.FileList;
import io.sluice.protocol.options.PlacementOptions;
import io.sluice.protocol.wire.WireInput;
import java.io.IOException;
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
    private final IncomingFiles incoming;
    private final Settlement settlement;
    private final RenamedBases renamed;
    private final Statistics statistics;
    private final TransferListener listener;
    private final Notices notices;
    private final Backup backup;
    private final DelayedUpdates delayed;
    private final ReportedItem reported;
    private final ReceiverTrace trace;
    private final ListTrace lists;
    private final ItemReader items;
    private final boolean keepsAttributes;
    private final AttributeMemory attributeMemory;
    private final KindCounter echoedDeletions = new KindCounter();
    private Statistics.Traffic traffic = new Statistics.Traffic(0, 0);
    private final int lastPhase;
    private int finishedSegments;
    private int phase;

    /**
     * Who works beside the receiver.
     *
     * @param renamed which files are not built on what has their name
     * @param wanted knows which files to take, when a batch is read
     */
    record Partners(
            Mailbox mailbox, RenamedBases renamed, @Nullable WantedFiles wanted) {}

    Receiver(Site site, WireInput in, ListIntake intake, Partners partners) {
        this.site = site;
        this.in = in;
        this.intake = intake;
        this.list = intake.list();
        this.mailbox = partners.mailbox();
        this.renamed = partners.renamed();
        WantedFiles wanted = partners.wanted();
        this.settlement = new Settlement(site, mailbox);
        this.incoming =
                wanted == null ? new AnsweredFiles(list, settlement) : new BatchedFiles(site, list, wanted, settlement);
        this.statistics = site.reports().statistics();
        this.listener = site.reports().listener();
        this.notices = site.notices();
        this.lastPhase = site.session().version().hasItemFlags() ? TRANSFER_PHASES : TRANSFER_PHASES - 1;
        this.trace = ReceiverTrace.of(site);
        this.lists = ListTrace.ofReceiver(site);
        intake.reportTo(lists);
        this.backup = new Backup(site);
        this.delayed = new DelayedUpdates(site, backup);
        this.reported = new ReportedItem(false, site.session().incrementalRecursion());
        this.keepsAttributes = site.options().preservation().xattrs() > 0
                && !site.options().update().dryRun();
        this.attributeMemory =
                new AttributeMemory(site.options().limits().allocation(), "values of extended attributes");
        this.items = new ItemReader(new ItemReader.Indexes(site.session().version(), in, intake.indexes()), list, this);
    }

    /** Receives until the sender's last word; reports each phase to the mailbox. */
    void run() throws IOException {
        trace.starting(list.segment(0).size());
        boolean sparse = site.options().placement().sparse();
        try (ContentReceiver content = new ContentReceiver(site.session(), in, sparse, mailbox, trace)) {
            FileReceiver files = new FileReceiver(site, content, delayed, new FileReceiver.Sources(backup, renamed));
            while (phase <= lastPhase) {
                mailbox.check();
                if (items.next()) {
                    accept(files, content);
                } else {
                    endPhase();
                }
            }
            trace.finished();
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
        incoming.ended(finishedSegments, phase);
        if (site.session().incrementalRecursion() && finishedSegments < list.segments()) {
            incoming.release(finishedSegments);
            finishedSegments++;
            if (finishedSegments < list.segments()) {
                return;
            }
        }
        phase++;
        if (phase <= lastPhase) {
            trace.phase(phase);
        }
        if (phase == TRANSFER_PHASES && site.options().placement().delayUpdates()) {
            delayed.publish(settlement::published);
        }
        if (phase <= lastPhase) {
            mailbox.endPhase();
        }
    }

    private void accept(FileReceiver files, ContentReceiver content) throws IOException {
        boolean isNew = (items.flags() & ItemFlags.IS_NEW) != 0;
        boolean again = incoming.isAgain(items.index());
        trace.item(items.entry());
        if (isNew && !again) {
            statistics.created.count(items.entry().mode());
        }
        boolean values = keepsAttributes
                && AttributeValues.travel(items.flags(), site.session().xattrOptimization());
        if (values) {
            AttributeValues.receive(in, items.entry().extendedAttributes(), attributeMemory);
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
        if (!incoming.takes(items, phase)) {
            content.discard();
        } else if (site.dryRun()) {
            pretend(content);
        } else {
            settle(files.receive(items, reported, again), again);
        }
    }

    private void pretend(ContentReceiver content) throws IOException {
        boolean batchOnly = site.options().update().batchOnly();
        listener.item(reported);
        if (incoming.bringsContentAnyway() || (batchOnly && !site.session().server())) {
            content.discard();
        }
        if (batchOnly) {
            settlement.tell(FileReceiver.Result.DONE, items.entry(), items.index());
        }
    }

    private void settle(FileReceiver.Result result, boolean again) {
        if (result == FileReceiver.Result.WRONG) {
            tellWrong(again);
            incoming.wrong(items);
        } else {
            incoming.settle(items, result);
        }
    }

    private void tellWrong(boolean again) {
        PlacementOptions placement = site.options().placement();
        String kept = !placement.partialPlace().isEmpty()
                ? "put into partial-dir"
                : placement.partial() || placement.inplace() ? "retained" : "discarded";
        Text text = Text.of(again ? "ERROR: " : "WARNING: ")
                .add(site.target().path(items.entry()))
                .add(" failed verification -- update " + kept + (again ? "." : " (" + incoming.promise() + ")."));
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
        lists.announced(number);
        lists.received(intake.read(number));
        mailbox.listChanged(list.segments(), false);
    }

    @Override
    public void listEnd() throws IOException {
        intake.end();
        lists.complete();
        mailbox.listChanged(list.segments(), true);
    }

    /** The generator of this side knows them. */
    @Override
    public void deleteStatistics() throws IOException {
        echoedDeletions.read(in);
    }
}
