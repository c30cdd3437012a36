package io.sluice.protocol.transfer;

import io.sluice.linux.Errno;
import io.sluice.linux.FileMode;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.options.InfoItem;
import io.sluice.protocol.options.ReportingOptions;
import io.sluice.protocol.transfer.Victims.Victim;
import io.sluice.protocol.wire.MessageTag;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** Removes what is to go from the destination, directories with their content, and tells of it. Used by the generator. */
final class Remover {
    private static final int OWNER_WRITE = 0200;
    private static final int WITH_CONTENT = DeletionTrace.EMPTIED | DeletionTrace.RECURSIVE;

    private final Site site;
    private final FileTree tree;
    private final Notices notices;
    private final WireOutput out;
    private final Victims victims;
    private final Backup backup;
    private final KindCounter deleted;
    private final OptionalInt limit;
    private final DeletionTrace trace;
    private long skipped;

    /** How a removal ended. */
    enum Result {
        DONE,
        NOT_EMPTY,
        AT_LIMIT,
        FAILED
    }

    Remover(Site site, WireOutput out, Victims victims, Backup backup) {
        this.site = site;
        this.tree = site.tree();
        this.notices = site.notices();
        this.out = out;
        this.victims = victims;
        this.backup = backup;
        this.deleted = site.reports().statistics().deleted;
        this.limit = site.options().deletion().maxDelete();
        this.trace = new DeletionTrace(DebugVoice.of(site));
    }

    /** Returns how many deletions {@code --max-delete} stopped. */
    long skipped() {
        return skipped;
    }

    /** Removes something that the sender does not have; it counts and is told of. */
    Result delete(Victim victim) throws IOException {
        int kind = DeletionTrace.RECURSIVE | (makeWritable(victim) ? DeletionTrace.NOT_WRITABLE : 0);
        trace.item(victim, kind);
        if (victim.isDirectory()) {
            Result emptied = deleteContent(victim.path(), kind);
            if (emptied != Result.DONE) {
                return emptied;
            }
        }
        return deleteOne(victim);
    }

    /**
     * Removes what stands in the way of an entry of another type; a directory with content only if {@code recurse}.
     *
     * @param what rsync's words for the new thing, such as {@code regular file}
     * @return whether there is room
     */
    boolean makeRoom(Victim victim, boolean recurse, String what) throws IOException {
        Result result = Result.DONE;
        int kind = (recurse ? DeletionTrace.RECURSIVE : 0) | DeletionTrace.forNew(what);
        kind |= makeWritable(victim) ? DeletionTrace.NOT_WRITABLE : 0;
        trace.item(victim, kind);
        if (victim.isDirectory()) {
            result = recurse ? deleteContent(victim.path(), kind) : checkEmpty(victim.path(), kind);
        }
        if (result == Result.DONE) {
            result = unlink(victim);
        }
        if (result != Result.DONE) {
            notices.fileError(
                    Text.of("could not make way for new " + what + ": ").add(victim.path()));
        }
        return result == Result.DONE;
    }

    private Result checkEmpty(byte[] directory, int kind) throws IOException {
        trace.content(directory, kind);
        boolean empty = victims.in(directory, true).isEmpty() && !victims.protectedSome();
        victims.leave();
        return empty ? Result.DONE : notEmpty(directory);
    }

    /** @param kind how {@link DeletionTrace} tells it */
    private Result deleteContent(byte[] directory, int kind) throws IOException {
        trace.content(directory, kind);
        List<Victim> content = victims.in(directory, true); // nothing if it cannot be read: it may be empty
        Result result = victims.protectedSome() ? Result.NOT_EMPTY : Result.DONE;
        for (Victim victim : content) {
            makeWritable(victim);
            if (victim.isDirectory() && deleteContent(victim.path(), WITH_CONTENT) != Result.DONE) {
                result = Result.NOT_EMPTY;
            }
            trace.item(victim, DeletionTrace.EMPTIED);
            if (deleteOne(victim) != Result.DONE) {
                result = Result.NOT_EMPTY;
            }
        }
        victims.leave();
        return result == Result.DONE ? result : notEmpty(directory);
    }

    private Result notEmpty(byte[] directory) {
        notices.info(Text.of("cannot delete non-empty directory: ").add(directory));
        return Result.NOT_EMPTY;
    }

    private Result deleteOne(Victim victim) throws IOException {
        if (limit.isPresent() && deleted.total() >= Math.max(0, limit.getAsInt())) {
            skipped++;
            return Result.AT_LIMIT;
        }
        Result result = unlink(victim);
        if (result == Result.DONE) {
            deleted.count(victim.mode());
            tell(victim);
        }
        return result;
    }

    private Result unlink(Victim victim) {
        if (site.dryRun()) {
            return Result.DONE;
        }
        try {
            if (victim.isDirectory()) {
                tree.removeDirectory(victim.path());
            } else if (!keepBackup(victim)) {
                return Result.FAILED;
            }
            return Result.DONE;
        } catch (IOException e) {
            int errno = e instanceof SystemCallException call ? call.errno() : 0;
            if (victim.isDirectory() && errno == Errno.ENOTEMPTY) {
                return notEmpty(victim.path());
            }
            if (errno == Errno.ENOENT) {
                return Result.DONE;
            }
            String verb = victim.isDirectory() ? "rmdir" : "unlink";
            notices.fileFailure(
                    Text.of("delete_file: " + verb + "(").add(victim.path()).add(") failed"), e);
            return Result.FAILED;
        }
    }

    /** Removes a non-directory, after it was kept if it is to be; false if that failed, and a notice told why. */
    private boolean keepBackup(Victim victim) throws IOException {
        Backup.Result kept =
                backup.keepsDeleted(victim.path()) ? backup.keep(victim.path(), true) : Backup.Result.COPIED;
        switch (kept) {
            case COPIED -> tree.removeFile(victim.path());
            case MOVED -> {}
            case NOTHING, FAILED -> {
                return kept == Backup.Result.NOTHING;
            }
        }
        return true;
    }

    /** Without root's rights, a directory of our own that is not writable cannot be emptied; returns whether it is one. */
    private boolean makeWritable(Victim victim) {
        boolean writable = (victim.mode() & OWNER_WRITE) != 0;
        if (site.privileges().root() || writable || !victim.owned() || !victim.isDirectory() || site.dryRun()) {
            return false;
        }
        try {
            tree.metadata().changeMode(victim.path(), (victim.mode() & FileMode.PERMISSION_MASK) | OWNER_WRITE);
        } catch (IOException e) {
            notices.failureInPassing(Text.of("failed to set permissions on ").add(notices.quote(victim.path())), e);
        }
        return true;
    }

    /** Before protocol 29 there is no message for it: the client gets the line that it would show. */
    private void tellByName(Victim victim) {
        ReportingOptions reporting = site.options().reporting();
        if (reporting.level(InfoItem.DEL) == 0 && reporting.outFormat() == ReportingOptions.OutFormat.NONE) {
            return;
        }
        Text text = Text.of(reporting.itemLevel() > 0 ? "*deleting   " : "deleting ")
                .add(victim.path());
        out.post(MessageTag.INFO, text.add(victim.isDirectory() ? "/\n" : "\n").toBytes());
    }

    /** A server tells its client, directories with a NUL behind their name. */
    private void tell(Victim victim) {
        byte[] path = victim.path();
        if (site.session().server() && !site.session().version().hasItemFlags()) {
            tellByName(victim);
        } else if (site.session().server()) {
            byte[] told = site.session().names().told(path);
            out.post(MessageTag.DELETED, victim.isDirectory() ? Arrays.copyOf(told, told.length + 1) : told);
        }
        site.reports().listener().deleted(path, victim.isDirectory());
    }
}
