package io.sluice.protocol.transfer;

import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.filelist.FileList;
import io.sluice.protocol.filelist.Segment;
import io.sluice.protocol.transfer.EntryGenerator.Visit;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The role that compares the list with what is there, makes everything but file content, and asks for that. It owns the output of its side.
 *
 * <p>Its end marks divide the transfer: one for each finished segment (incremental recursion), one when all files were asked for and, in the first phase,
 * are settled; one when those whose check failed were asked for again; (protocol ≥ 29) one after files that {@code --delay-updates} held back are in
 * their places; and (protocol ≥ 31) one after the last deletion.
 */
final class Generator {
    /** Milliseconds after which a wait is interrupted to keep the connection alive. */
    private static final long WAIT_MILLIS = 1000;
    /** Entries after which the output is looked after, if nothing else does. */
    private static final int ENTRIES_BETWEEN_CHECKS = 256;
    /** Entries that are known before the next one is made, if some may be the same file: the more, the less is transferred. */
    private static final int LINKS_LOOKAHEAD = 500;

    private final Site site;
    private final FileList list;
    private final Mailbox mailbox;
    private final Requests requests;
    private final Deletion deletion;
    private final DirectoryState directories;
    private final EntryGenerator entries;
    private final SegmentProgress progress;
    private final HardLinks links;
    private final RenamedFiles renamed;
    private final Receipts receipts;
    private final boolean incremental;
    private final boolean farewell;
    private final boolean delayPhase;
    private final boolean delaysUpdates;
    private final GeneratorTrace trace;
    private final ListTrace lists;
    private int oldestSegment;
    private boolean ordered;

    /** What the generator is made of. */
    record Parts(
            Requests requests,
            Deletion deletion,
            DirectoryState directories,
            EntryGenerator entries,
            SegmentProgress progress,
            HardLinks links,
            RenamedFiles renamed,
            Receipts receipts) {}

    Generator(Site site, FileList list, Mailbox mailbox, Parts parts) {
        this.site = site;
        this.list = list;
        this.mailbox = mailbox;
        this.requests = parts.requests();
        this.deletion = parts.deletion();
        this.directories = parts.directories();
        this.entries = parts.entries();
        this.incremental = site.session().incrementalRecursion();
        this.delayPhase = site.session().version().hasItemFlags();
        this.farewell = site.session().version().hasFarewell();
        this.delaysUpdates = site.options().placement().delayUpdates();
        this.progress = parts.progress();
        this.links = parts.links();
        this.renamed = parts.renamed();
        this.receipts = parts.receipts();
        this.trace = new GeneratorTrace(site);
        this.lists = ListTrace.ofReceiver(site);
    }

    /** Runs all phases; returns when the receiver has seen the last end mark. */
    void run() throws IOException {
        trace.starting();
        deletion.beforeTransfer(list.segment(0));
        trace.manner();
        if (incremental) {
            generateSegments();
        } else {
            links.learn(1);
            renamed.scan(list.segment(0));
            generateSegment(list.segment(0));
            requests.done();
        }
        trace.phase(1);
        awaitPhase(1, true);
        awaitRetries();
        endTransfer();
        HeapFigures.tell(
                site.notices(), site.options().reporting(), site.session().server(), "receiver", "generator");
        requests.doneWithAll();
    }

    private void generateSegments() throws IOException {
        inOrder(links.enabled() && !receipts.wanted());
        for (int number = 0; awaitSegment(number); number++) {
            lists.arrived(list, number);
            awaitLookahead();
            Segment segment = list.segment(number);
            int directory = Directories.of(list, segment);
            if (directory != Directories.NONE) {
                enterDirectory(list.directory(directory), segment);
            }
            generateSegment(segment);
        }
        inOrder(false);
        lists.complete();
        oldestSegmentsFinished(list.segments());
    }

    /** News is heard one by one, where the generator has to wait, and no request is sent before: so what became of which link does not depend on time. */
    private void inOrder(boolean yes) {
        ordered = yes;
        requests.setPatient(yes);
    }

    /** What is linked to what must not depend on how fast the list comes: here, and when nothing is left to do, the generator learns more of it. */
    private void awaitLookahead() throws IOException {
        links.learn(mailbox.segments());
        while (links.enabled() && links.entriesAhead() < LINKS_LOOKAHEAD && !mailbox.isListComplete()) {
            await();
            links.learn(mailbox.segments());
        }
    }

    private void enterDirectory(FileEntry directory, Segment segment) throws IOException {
        entries.generate(directory, segment, segment.firstIndex() - 1, Visit.OWN_SEGMENT);
        if (!directories.isMissing(directory)) {
            deletion.inDirectory(directory.path(), directory, segment);
        }
    }

    private void generateSegment(Segment segment) throws IOException {
        FileEntry entry = segment.size() > 0 ? segment.entry(0) : null;
        for (int position = 0; entry != null && position < segment.size(); position++) {
            entry.moveTo(segment, position);
            if (!entry.isDuplicate()) {
                generateEntry(entry, segment);
            }
            serve(segment.number(), false);
            if (position % ENTRIES_BETWEEN_CHECKS == ENTRIES_BETWEEN_CHECKS - 1) {
                requests.keepAlive();
                mailbox.check();
            }
        }
    }

    private void generateEntry(FileEntry entry, Segment segment) throws IOException {
        boolean asked = entries.generate(entry, segment, entry.index(), Visit.MEMBER);
        if (asked && !site.options().update().dryRun()) {
            progress.asked(segment.number());
        }
        retryLinks();
        if (!incremental && entry.isDirectory() && !directories.isMissing(entry)) {
            deletion.inDirectory(entry.path(), entry, segment);
        }
    }

    /** Names that were held back because a later one might be had for less, which then was not made. */
    private void retryLinks() throws IOException {
        for (int place = links.nextRetry(); place >= 0; place = links.nextRetry()) {
            Segment segment = list.containing(place);
            FileEntry entry = segment.entry(place - segment.firstIndex());
            if (entries.generate(entry, segment, entry.index(), Visit.RETRY)
                    && !site.options().update().dryRun()) {
                progress.asked(segment.number());
            }
        }
    }

    /** Waits until segment {@code number} is here; false if the list is complete without it. Meanwhile earlier segments are finished. */
    private boolean awaitSegment(int number) throws IOException {
        while (true) {
            serve(number == 0 ? 0 : number - 1, true);
            if (number < mailbox.segments() || mailbox.isListComplete()) {
                return number < mailbox.segments();
            }
            await();
        }
    }

    /** Waits until all segments before {@code end} are finished. */
    private void oldestSegmentsFinished(int end) throws IOException {
        serve(end, true);
        while (oldestSegment < end) {
            await();
            serve(end, true);
        }
    }

    /** Waits until the receiver has ended phase {@code number}; what it said before that is served. */
    private void awaitPhase(int number, boolean redo) throws IOException {
        boolean ended = mailbox.phasesEnded() >= number;
        serve(oldestSegment, redo);
        while (!ended) {
            await();
            ended = mailbox.phasesEnded() >= number;
            serve(oldestSegment, redo);
        }
    }

    /** Each answer may bring the next one; where none is sure to come before the phase ends, nothing is waited for. */
    private void awaitRetries() throws IOException {
        boolean answered = site.session().version().tellsUnsent() && !delaysUpdates && !requests.isBatch();
        while (answered && links.isRetrying()) {
            await();
            serve(oldestSegment, true);
        }
    }

    private void await() throws IOException {
        requests.flush();
        if (ordered) {
            mailbox.awaitLetter(WAIT_MILLIS);
        } else {
            mailbox.await(WAIT_MILLIS);
            mailbox.openAll();
        }
        requests.keepAlive();
    }

    /**
     * Takes note of what became of files, asks for those that have to come again, and ends segments that are finished.
     *
     * @param current segments before this one may be finished
     * @param redo whether now is the time to ask again
     */
    private void serve(int current, boolean redo) throws IOException {
        if (ordered) {
            mailbox.takeOpened(this::settle);
        } else {
            mailbox.take(this::settle);
        }
        retryLinks();
        if (redo) {
            for (int index = progress.nextRedo(); index >= 0; index = progress.nextRedo()) {
                askAgain(index);
                retryLinks();
            }
        }
        while (incremental && oldestSegment < current && progress.isSettled(oldestSegment)) {
            finishOldestSegment();
        }
    }

    private void settle(Mailbox.Kind kind, int index) throws IOException {
        progress.settle(kind, index);
        links.settled(kind, index);
        if (kind == Mailbox.Kind.DONE && receipts.wanted()) {
            Segment segment = list.containing(index);
            receipts.arrived(index, site.target().path(segment.at(index)));
        }
    }

    private void askAgain(int index) throws IOException {
        Segment segment = list.containing(index);
        FileEntry entry = segment.at(index);
        if (entries.generate(entry, segment, index, Visit.REDO)) {
            progress.asked(segment.number());
        }
        progress.redone(segment.number());
    }

    private void finishOldestSegment() throws IOException {
        FileEntry directory = finishedDirectory(list.segment(oldestSegment));
        requests.done();
        requests.gather();
        if (directory != null && !deletion.isDelayed()) {
            directories.finish(directory);
        }
        links.forget(list.segment(oldestSegment));
        oldestSegment++;
        list.finish(oldestSegment);
    }

    private @Nullable FileEntry finishedDirectory(Segment segment) {
        int number = Directories.of(list, segment);
        return number == Directories.NONE ? null : list.directory(number);
    }

    private void endTransfer() throws IOException {
        links.endRetries();
        trace.phase(2);
        requests.done();
        boolean deletesEarly = farewell && deletion.endsEarly();
        if (delayPhase && !delaysUpdates) {
            requests.done();
        }
        if (deletesEarly) {
            sendDeletions();
            if (!delaysUpdates) {
                requests.done();
            }
        }
        awaitPhase(2, false);
        if (delayPhase) {
            trace.phase(3);
            if (delaysUpdates) {
                requests.done();
                if (deletesEarly) {
                    requests.done();
                }
            }
            awaitPhase(3, false);
        }
        deletion.afterTransfer(list);
        if (farewell) {
            if (!deletion.endsEarly()) {
                sendDeletions();
                requests.done();
            }
            awaitPhase(4, false);
        }
        if (!incremental || deletion.isDelayed()) {
            directories.finishAll(list);
        }
        trace.finished();
    }

    private void sendDeletions() throws IOException {
        if (deletion.isActive()) {
            requests.deleteStatistics(site.reports().statistics().deleted);
        }
    }
}
