package io.sluice.protocol.transfer;

import io.sluice.linux.SystemCallException;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.filelist.Segment;
import io.sluice.protocol.options.SelectionOptions.MissingArgs;
import io.sluice.protocol.options.UpdateOptions;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Brings one entry after the other to what the list says: makes it, or asks for its content. The generator's part that knows no phases. */
final class EntryGenerator {
    private final Site site;
    private final Tools tools;
    private final Victims.Rules rules;
    private final Deletion deletion;
    private final boolean recurse;
    private final DirectoryMaker directoryMaker;
    private final SpecialMaker specialMaker;
    private final FileRequester requester;
    private final ReportedItem listed;
    private final PeerListing listing;
    private final KeptLinks keptLinks;
    private final GeneratorTrace trace;
    private final Candidate item = new Candidate();

    // Directories inside of which nothing is done, and nothing exists.
    private byte @Nullable [] skipped;
    private byte @Nullable [] missing;
    private byte @Nullable [] knownParent;

    /** @param deletion says whether directories with content may be removed to make room, and takes what is to go */
    EntryGenerator(Site site, Tools tools, Requests requests, Victims.Rules rules, Deletion deletion) {
        this.site = site;
        this.tools = tools;
        this.rules = rules;
        this.deletion = deletion;
        this.recurse = deletion.recurses();
        this.directoryMaker = new DirectoryMaker(site, tools);
        this.specialMaker = new SpecialMaker(site, tools);
        this.trace = new GeneratorTrace(site);
        this.requester = new FileRequester(site, tools, requests);
        this.listing = new PeerListing(site);
        this.keptLinks = new KeptLinks(site);
        this.listed = new ReportedItem(false, site.session().incrementalRecursion());
    }

    /** How an entry is met. */
    enum Visit {
        /** As a member of its directory's segment. */
        MEMBER,
        /** As the directory whose segment comes next (incremental recursion). */
        OWN_SEGMENT,
        /** Once more, because what came was wrong. */
        REDO,
        /** Once more, because no other name of the file was made. */
        RETRY
    }

    /**
     * Generates one entry.
     *
     * @return whether its content was asked for
     */
    boolean generate(FileEntry entry, Segment segment, int index, Visit visit) throws IOException {
        boolean directory = entry.isDirectory();
        trace.entry(entry, index);
        boolean ahead = directory && site.session().incrementalRecursion() && visit == Visit.MEMBER;
        if (site.options().selection().listOnly()) {
            list(entry, segment, index, ahead);
            return false;
        }
        item.set(entry, index, site.target().path(entry));
        if (directory) {
            return generateItem(segment, visit, ahead);
        }
        tools.links().enter(entry);
        boolean asked = generateItem(segment, visit, false);
        tools.links().leave();
        return asked;
    }

    private boolean generateItem(Segment segment, Visit visit, boolean ahead) throws IOException {
        FileEntry entry = item.entry();
        boolean directory = entry.isDirectory();
        if ((visit != Visit.RETRY && isInsideSkipped(directory)) || isRefused(directory, ahead)) {
            return false;
        }
        checkParent(segment);
        find();
        if (entry.isMissing()) {
            removeMissing();
            return false;
        }
        if (visit != Visit.REDO && isLeftAlone(directory, ahead)) {
            return false;
        }
        if (directory) {
            generateDirectory(ahead);
            return false;
        }
        return generateFile(visit == Visit.REDO);
    }

    private void list(FileEntry entry, Segment segment, int index, boolean ahead) {
        boolean implied =
                entry.isImpliedDirectory() && !site.options().selection().impliedDirs();
        if (!ahead && !implied) {
            listed.show(entry, segment, index);
            site.reports().listener().listed(listed);
            if (site.session().server()) {
                listing.tell(listed);
            }
        }
    }

    private boolean isInsideSkipped(boolean directory) {
        if (skipped == null) {
            return false;
        }
        if (!Paths.isBelow(item.path(), skipped)) {
            skipped = null;
            return false;
        }
        if (directory) {
            tools.directories().setMissing(item.entry());
        }
        return true;
    }

    /** The daemon's own rules hide this name. */
    private boolean isRefused(boolean directory, boolean ahead) {
        if (Paths.isRoot(item.path()) || !rules.scope().namedByDaemon(item.path(), directory)) {
            return false;
        }
        if (!ahead) {
            Text text = Text.of("ERROR: daemon refused to receive " + (directory ? "directory" : "file") + " \"");
            site.notices().fileError(text.add(item.path()).add("\""));
            if (directory) {
                skipContent();
            }
        }
        return true;
    }

    /** The parent of each entry must be a directory of the list, lest a link that came before leads the file elsewhere. */
    private void checkParent(Segment segment) throws IOException {
        if (site.target().isSingleFile()) {
            return;
        }
        byte[] parent = Paths.parent(item.path());
        if (Arrays.equals(parent, knownParent)) {
            return;
        }
        boolean isListed = site.session().incrementalRecursion()
                || parent.length == 0
                || parentsAreMissing()
                || segment.find(parent, true) >= 0
                || item.entry().isMissing();
        if (!isListed) {
            String path = new Text().add(item.path()).toString();
            throw new ProtocolException("path from the sender: " + path + " (expected: its directory in the list)");
        }
        knownParent = parent;
        makeImpliedParents(parent);
    }

    /** Before protocol 30, {@code --no-implied-dirs} keeps directories on the way out of the list. */
    private boolean parentsAreMissing() {
        var selection = site.options().selection();
        return selection.relative()
                && !selection.impliedDirs()
                && !site.session().version().flagsContent();
    }

    /** With {@code --no-implied-dirs} directories on the way are not in the list. */
    private void makeImpliedParents(byte[] parent) throws IOException {
        var selection = site.options().selection();
        boolean implied = selection.relative()
                && !selection.impliedDirs()
                && !item.entry().isMissing();
        if (!implied || parent.length == 0 || site.dryRun()) {
            return;
        }
        try {
            directoryMaker.makeParents(item.path());
        } catch (SystemCallException e) {
            Text what = Text.of("recv_generator: mkdir ").add(site.notices().quote(parent));
            site.notices().fileFailure(what.add(" failed"), e);
        }
    }

    private void find() {
        boolean absent = site.target().missing() || (missing != null && Paths.isBelow(item.path(), missing));
        if (absent) {
            return;
        }
        missing = null;
        try {
            item.setExists(site.tree().statusInDirectory(item.place(), item.status()));
            if (item.exists() && item.status().isSymlink() && item.entry().isDirectory()) {
                keptLinks.follow(item);
            }
        } catch (IOException e) {
            item.setFailure(e);
        }
    }

    private void removeMissing() throws IOException {
        boolean asked = site.options().selection().missingArgs() == MissingArgs.DELETE;
        if (asked && item.exists() && !rules.protects(item.path(), item.status().isDirectory(), false)) {
            deletion.missing(Room.of(item));
        }
    }

    /** {@code --existing} and {@code --ignore-existing}. */
    private boolean isLeftAlone(boolean directory, boolean ahead) {
        UpdateOptions update = site.options().update();
        if (update.existingOnly() && !item.exists() && item.failure() == null) {
            if (directory && !ahead) {
                tools.directories().setMissing(item.entry());
                skipped = item.path();
            }
            if (!ahead && site.verbosity().skips() > 0) {
                Text text = Text.of("not creating new " + (directory ? "directory" : "file") + " \"");
                site.notices().info(text.add(item.path()).add("\""));
            }
            return true;
        }
        if (update.ignoreExisting() && item.exists() && !(directory && item.sameType())) {
            if (!ahead && site.verbosity().skips() > 0) {
                site.notices().info(new Text().add(item.path()).add(" exists"));
            }
            return true;
        }
        return false;
    }

    private void generateDirectory(boolean ahead) throws IOException {
        boolean implied =
                item.entry().isImpliedDirectory() && !site.options().selection().impliedDirs();
        if (implied) {
            return;
        }
        IOException failure = item.failure();
        if (failure != null && item.exists()) {
            if (!ahead) {
                Text what = Text.of("recv_generator: failed to stat ");
                site.notices().fileFailure(what.add(site.notices().quote(item.path())), failure);
                skipContent();
            }
            return;
        }
        if (ahead) {
            directoryMaker.makeAhead(item, recurse);
            return;
        }
        if (!directoryMaker.make(item, recurse)) {
            skipContent();
        } else if (site.dryRun() && !item.exists() && missing == null) {
            missing = item.path();
        }
    }

    private void skipContent() {
        site.notices().error(Text.of("*** Skipping any contents from this failed directory ***"));
        skipped = item.path();
        tools.directories().setMissing(item.entry());
    }

    private boolean generateFile(boolean redo) throws IOException {
        FileEntry entry = item.entry();
        boolean replaces = item.exists() && !item.status().isDirectory();
        item.setMode(
                tools.modes().choose(item.path(), entry.mode(), item.status().mode(), replaces));
        if (tools.links().joins(item)) {
            return false;
        }
        if (specialMaker.makes(entry)) {
            specialMaker.make(item, recurse);
            return false;
        }
        if (!entry.isRegular()) {
            if (site.verbosity().nonRegular()) {
                Text text = Text.of("skipping non-regular file \"").add(entry.path());
                site.notices().info(text.add("\""));
            }
            return false;
        }
        return requester.request(item, recurse, redo);
    }
}
