package io.sluice.protocol.transfer;

import io.sluice.linux.FileStatus;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.filelist.FileList;
import io.sluice.protocol.filelist.Segment;
import io.sluice.protocol.options.DeletionOptions;
import io.sluice.protocol.options.DeletionOptions.Mode;
import io.sluice.protocol.transfer.Victims.Victim;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * {@code --delete} at its four times: before the transfer, during it (each directory when it is reached), found during it and done after it, or after it.
 * With {@code --detect-renamed}, files that are to go may serve before, and so go after it. Used by the generator.
 */
final class Deletion {
    private final Site site;
    private final DeletionOptions options;
    private final Mode mode;
    /** What is to go may be what something new was called before. */
    private final boolean needed;

    private final Victims victims;
    private final Remover remover;
    private final Queue<Victim> delayed = new ArrayDeque<>();
    private final Set<Long> devices = new HashSet<>();
    private final FileStatus status = new FileStatus();
    private final DeletionTrace trace;
    private boolean warned;

    Deletion(Site site, Victims victims, Remover remover) {
        this.site = site;
        this.options = site.options().deletion();
        Mode plain = site.session().version().deletesDuring() ? Mode.DURING : Mode.BEFORE;
        Mode asked = options.mode() == Mode.PLAIN ? plain : options.mode();
        boolean early = asked == Mode.BEFORE || asked == Mode.DURING;
        this.needed = site.options().placement().basis().renamed();
        this.mode = early && needed ? Mode.DELAY : asked;
        this.victims = victims;
        this.remover = remover;
        this.trace = new DeletionTrace(DebugVoice.of(site));
    }

    /** Something may be removed, so that figures of it are sent. */
    boolean isActive() {
        return mode != Mode.NONE || options.force();
    }

    /** Directories with content may be removed to make room. */
    boolean recurses() {
        return isActive();
    }

    /** Deletions end before the last phase of the transfer. */
    boolean endsEarly() {
        return mode != Mode.DELAY && mode != Mode.AFTER;
    }

    /** Directories get their times only at the end, as deletions change them again. */
    boolean isDelayed() {
        return mode == Mode.DELAY;
    }

    /** Before anything is transferred: {@code list} is the whole list. */
    void beforeTransfer(Segment list) throws IOException {
        if (mode == Mode.BEFORE) {
            deleteInAll(list);
        }
    }

    /** Directory {@code path} was reached, whose content is in {@code list}. */
    void inDirectory(byte[] path, FileEntry directory, Segment list) throws IOException {
        if ((mode == Mode.DURING || mode == Mode.DELAY) && applies() && directory.hasContent()) {
            deleteIn(path, directory, list);
        }
    }

    /** An argument that the sender does not have ({@code --delete-missing-args}). */
    void missing(Victim victim) throws IOException {
        if (needed) {
            delayed.add(victim);
        } else {
            remover.delete(victim);
        }
    }

    /** All files are in their places. */
    void afterTransfer(FileList list) throws IOException {
        for (Victim victim = delayed.poll(); victim != null; victim = delayed.poll()) {
            remover.delete(victim);
        }
        if (mode == Mode.AFTER) {
            deleteInAll(list.segment(0));
        }
        if (options.maxDelete().isPresent() && remover.skipped() > 0) {
            site.reports().outcome().add(Outcome.DELETE_LIMIT);
            site.notices()
                    .warning(
                            Text.of("Deletions stopped due to --max-delete limit (" + remover.skipped() + " skipped)"));
        }
    }

    private boolean applies() {
        return !site.target().missing()
                && !site.target().isSingleFile()
                && !site.options().selection().listOnly();
    }

    private void deleteInAll(Segment list) throws IOException {
        if (!applies() || list.size() == 0) {
            return;
        }
        FileEntry entry = list.entry(0);
        for (int position = 0; position < list.size(); position++) {
            entry.moveTo(list, position);
            if (!entry.isDuplicate() && entry.isDirectory() && entry.hasContent()) {
                byte[] path = entry.path();
                if (entry.isTopDirectory()) {
                    trace.top(path);
                }
                deleteIn(path, entry, list);
            }
        }
        victims.leaveAll();
    }

    private void deleteIn(byte[] path, FileEntry directory, Segment list) throws IOException {
        trace.directory(path);
        if (site.reports().outcome().has(Outcome.GENERAL) && !options.ignoreErrors()) {
            if (!warned) {
                site.notices().info(Text.of("IO error encountered -- skipping file deletion"));
                warned = true;
            }
            return;
        }
        List<Victim> found;
        try {
            byte[] place = site.placeOf(path);
            boolean there = site.tree().status(place, status) && !status.isSymlink();
            if (!there || (status.isDirectory() && !staysOnFilesystem(directory))) {
                return;
            }
            found = victims.in(path, place);
        } catch (SystemCallException e) {
            site.reports().outcome().add(Outcome.GENERAL);
            site.notices()
                    .fileFailure(
                            Text.of("opendir ").add(site.notices().quote(path)).add(" failed"), e);
            return;
        }
        for (Victim victim : found) {
            if (!isListed(list, victim)) {
                delete(victim);
            }
        }
    }

    private void delete(Victim victim) throws IOException {
        if (isMountPoint(victim)) {
            site.notices().info(Text.of("cannot delete mount point: ").add(victim.path()));
        } else if (mode == Mode.DELAY) {
            delayed.add(victim);
        } else {
            remover.delete(victim);
        }
    }

    /** Whatever has the same name is replaced later, not deleted now. */
    private static boolean isListed(Segment list, Victim victim) {
        return list.find(victim.path(), victim.isDirectory()) >= 0
                || list.find(victim.path(), !victim.isDirectory()) >= 0;
    }

    private boolean isMountPoint(Victim victim) {
        return site.options().selection().oneFileSystem() > 0
                && victim.isDirectory()
                && victim.device() != status.device();
    }

    private boolean staysOnFilesystem(FileEntry directory) {
        if (site.options().selection().oneFileSystem() == 0) {
            return true;
        }
        if (directory.isTopDirectory()) {
            devices.add(status.device());
            return true;
        }
        return devices.contains(status.device());
    }
}
