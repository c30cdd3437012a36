package io.sluice.protocol.options;

import io.sluice.protocol.AllocationLimit;
import io.sluice.protocol.options.DeletionOptions.Mode;
import io.sluice.protocol.options.PlacementOptions.Choice;
import io.sluice.protocol.options.ReportingOptions.OutFormat;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.SelectionOptions.MissingArgs;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.Side;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Writes options as the arguments that rsync 3.5.0 gives its server, in the same order. An option that concerns one side travels to it only. */
final class ServerArgumentWriter {
    private static final int MAX_VERBOSITY = 9;

    private final boolean push;
    private final TransferOptions options;
    private final List<String> arguments = new ArrayList<>();
    private boolean quoting;

    ServerArgumentWriter(Side clientSide, TransferOptions options) {
        this.push = clientSide == Side.SENDER;
        this.options = options;
    }

    /**
     * Returns {@code --server}, the side, the bundle of letters, and how names travel: what stands before arguments that are secluded.
     *
     * @param quoted a shell, or a daemon in its stead, takes backslashes away
     */
    List<String> opening(boolean secluded, String capabilities, boolean quoted) {
        List<String> opening = new ArrayList<>();
        opening.add("--server");
        if (!push) {
            opening.add("--sender");
        }
        String letters = (secluded ? "s" : "") + letters() + (capabilities.isEmpty() ? "" : "e." + capabilities);
        if (!letters.isEmpty()) {
            opening.add("-" + letters);
        }
        String names = options.selection().iconv();
        if (!names.isEmpty()) { // the peer's half
            String theirs = names.substring(names.indexOf(',') + 1);
            opening.add("--iconv=" + (quoted ? PathQuoting.quoteOption(theirs) : theirs));
        }
        return opening;
    }

    /**
     * Returns the long options.
     *
     * @param quoted a shell, or a daemon in its stead, takes backslashes away
     */
    List<String> rest(boolean quoted) {
        arguments.clear();
        quoting = quoted;
        selectionFirst();
        reporting();
        limits();
        algorithms();
        if (push) {
            deletion();
        }
        String skip = options.algorithms().skipCompress();
        if (!push && skip != null) {
            arguments.add("--skip-compress=" + quote(skip));
        }
        maxAllocation();
        missingArgs();
        if (push) {
            options.update()
                    .modifyWindow()
                    .ifPresent(window -> arguments.add(window < 0 ? "-@" + window : "--modify-window=" + window));
        }
        options.algorithms().checksumSeed().ifPresent(seed -> arguments.add("--checksum-seed=" + seed));
        placement();
        return List.copyOf(arguments);
    }

    private String letters() {
        SelectionOptions selection = options.selection();
        PreservationOptions preserve = options.preservation();
        UpdateOptions update = options.update();
        StringBuilder out = new StringBuilder(32);
        out.append("v".repeat(Math.min(options.reporting().verbosity(), MAX_VERBOSITY)));
        append(out, options.reporting().quiet(), 'q');
        append(out, options.placement().backup().enabled(), 'b');
        append(out, update.newerOnly(), 'u');
        append(out, update.dryRun(), 'n');
        append(out, preserve.links(), 'l');
        append(out, sendsDirectories(), 'd');
        append(out, push && preserve.symlinks().keepDirectoryLinks(), 'K');
        append(out, push && selection.pruneEmptyDirs(), 'm');
        append(out, push && preserve.omitDirTimes() && !backsUpBesideFiles(), 'O');
        append(out, push && preserve.omitLinkTimes(), 'J');
        BasisOptions basis = options.placement().basis();
        int fuzzy = Math.min(basis.fuzzy(), basis.directories().isEmpty() ? 1 : 2);
        out.append("y".repeat(push ? fuzzy : 0));
        append(out, !push && preserve.symlinks().copyAll(), 'L');
        append(out, !push && preserve.symlinks().copyDirectoryLinks(), 'k');
        append(out, options.placement().wholeFile() == Choice.YES, 'W');
        out.append("H".repeat(Math.min(preserve.hardLinks(), 2)));
        append(out, preserve.owner(), 'o');
        append(out, preserve.group(), 'g');
        append(out, preserve.devices(), 'D');
        append(out, preserve.times(), 't');
        out.append("U".repeat(Math.min(preserve.atimes(), 2)));
        append(out, preserve.permissions(), 'p');
        append(out, push && preserve.executability() && !preserve.permissions(), 'E');
        append(out, preserve.acls(), 'A');
        out.append("X".repeat(Math.min(preserve.xattrs(), 2)));
        append(out, selection.recurse(), 'r');
        append(out, update.checksum(), 'c');
        append(out, selection.cvsExclude(), 'C');
        append(out, update.ignoreTimes(), 'I');
        append(out, selection.relative(), 'R');
        out.append("x".repeat(Math.min(selection.oneFileSystem(), 2)));
        append(out, options.placement().sparse(), 'S');
        append(out, sendsCompressLetter(), 'z');
        return out.toString();
    }

    /** Which implies that directories keep no times. */
    private boolean backsUpBesideFiles() {
        BackupOptions backup = options.placement().backup();
        return backup.enabled() && backup.directory().isEmpty();
    }

    private static void append(StringBuilder out, boolean wanted, char letter) {
        if (wanted) {
            out.append(letter);
        }
    }

    /** With a files-from list the server knows by itself. */
    private boolean sendsDirectories() {
        SelectionOptions selection = options.selection();
        return !selection.recurse()
                && selection.directories()
                && (selection.filesFrom() == FilesFrom.NONE || selection.listOnly() || (deletes() && push));
    }

    private boolean deletes() {
        return options.deletion().mode() != Mode.NONE;
    }

    private boolean sendsCompressLetter() {
        List<CompressionType> choice = options.algorithms().compressChoice();
        return choice.isEmpty() ? options.algorithms().compress() : choice.getFirst() == CompressionType.ZLIB;
    }

    private void add(boolean wanted, String argument) {
        if (wanted) {
            arguments.add(argument);
        }
    }

    private void selectionFirst() {
        SelectionOptions selection = options.selection();
        PreservationOptions preserve = options.preservation();
        add(selection.listOnly() && !selection.listImplied(), "--list-only");
        add(push && deletes() && !selection.recurse() && selection.directories(), "--no-r");
        options.algorithms().compressLevel().ifPresent(level -> arguments.add("--compress-level=" + level));
        add(preserve.devices() && !preserve.specials(), "--no-specials");
        add(preserve.specials() && !preserve.devices(), "--specials");
    }

    private void reporting() {
        ReportingOptions reporting = options.reporting();
        if (!push) {
            return;
        }
        if (reporting.itemLevel() > 0) {
            arguments.add(reporting.itemLevel() > 1 ? "--log-format=%i%I" : "--log-format=%i");
        } else if (reporting.outFormat() == OutFormat.OPERATION) {
            arguments.add("--log-format=%o");
        } else if (reporting.verbosity() == 0
                && (reporting.outFormat() != OutFormat.NONE || reporting.level(InfoItem.NAME) > 0)) {
            arguments.add("--log-format=X");
        }
    }

    private void limits() {
        options.placement().blockSize().ifPresent(size -> arguments.add("-B" + size));
        LimitOptions limits = options.limits();
        add(limits.timeout() > 0, "--timeout=" + limits.timeout());
        add(limits.bandwidth() > 0, "--bwlimit=" + (limits.bandwidth() + 512) / 1024);
        BackupOptions backup = options.placement().backup();
        addPath("--backup-dir", backup.directory());
        add(
                !backup.suffix().equals(BackupOptions.defaultSuffix(backup.directory())),
                "--suffix=" + quote(backup.suffix()));
    }

    private void addPath(String option, String path) {
        if (!path.isEmpty()) {
            addWord(option, path);
        }
    }

    /** A path stands alone, so that a remote shell can expand a tilde; it may be empty. */
    private void addWord(String option, String path) {
        arguments.add(option);
        arguments.add(quote(path));
    }

    private String quote(String text) {
        return quoting ? PathQuoting.quoteOption(text) : text;
    }

    private void algorithms() {
        AlgorithmOptions algorithms = options.algorithms();
        if (!algorithms.checksumChoice().isEmpty()) {
            StringJoiner names = new StringJoiner(",", "--checksum-choice=", "");
            for (ChecksumType type : algorithms.checksumChoice()) {
                names.add(type.wireName());
            }
            arguments.add(names.toString());
        }
        if (algorithms.compressChoice().isEmpty()) {
            return;
        }
        CompressionType choice = algorithms.compressChoice().getFirst();
        arguments.add(
                switch (choice) {
                    case ZLIBX -> "--new-compress";
                    case ZLIB -> "--old-compress";
                    case ZSTD, LZ4, NONE -> "--compress-choice=" + choice.wireName();
                });
    }

    private void deletion() {
        DeletionOptions deletion = options.deletion();
        deletion.maxDelete().ifPresent(max -> arguments.add("--max-delete=" + (max == 0 ? -1 : max)));
        options.selection().minSize().ifPresent(size -> arguments.add("--min-size=" + size));
        options.selection().maxSize().ifPresent(size -> arguments.add("--max-size=" + size));
        switch (deletion.mode()) {
            case NONE -> {}
            case PLAIN -> add(!deletion.excluded(), "--delete");
            case BEFORE -> arguments.add("--delete-before");
            case DURING -> arguments.add("--delete-during");
            case DELAY -> arguments.add("--delete-delay");
            case AFTER -> arguments.add("--delete-after");
        }
        add(deletion.excluded(), "--delete-excluded");
        add(deletion.force(), "--force");
        add(options.update().batchOnly(), "--only-write-batch=X");
        add(options.preservation().privileges().superUser() == Choice.YES, "--super");
        add(options.update().sizeOnly(), "--size-only");
        add(options.reporting().stats(), "--stats");
    }

    /** As it was written: a limit such as 4g may mean another number there. */
    private void maxAllocation() {
        LimitOptions limits = options.limits();
        String text = limits.maxAllocationText().isEmpty()
                ? String.valueOf(limits.maxAllocation())
                : limits.maxAllocationText();
        add(
                limits.maxAllocation() != 0 && limits.maxAllocation() != AllocationLimit.DEFAULT.bytes(),
                "--max-alloc=" + quote(text));
    }

    private void missingArgs() {
        MissingArgs missing = options.selection().missingArgs();
        add(missing == MissingArgs.DELETE, "--delete-missing-args");
        add(missing == MissingArgs.IGNORE && !push, "--ignore-missing-args");
    }

    private void placement() {
        PlacementOptions placement = options.placement();
        UpdateOptions update = options.update();
        if (push) {
            addPath("--partial-dir", placement.partialDirectory());
            add(placement.delayUpdates(), "--delay-updates");
            boolean plain =
                    !placement.delayUpdates() && placement.partialDirectory().isEmpty();
            add(placement.partial() && plain && !placement.inplace(), "--partial");
        }
        add(options.deletion().ignoreErrors(), "--ignore-errors");
        SymlinkOptions links = options.preservation().symlinks();
        add(links.copyUnsafe(), "--copy-unsafe-links");
        add(links.safeOnly(), "--safe-links");
        add(options.preservation().numericIds(), "--numeric-ids");
        if (push) {
            PrivilegeOptions privileges = options.preservation().privileges();
            add(!privileges.userMap().isEmpty(), "--usermap=" + quote(privileges.userMap()));
            add(!privileges.groupMap().isEmpty(), "--groupmap=" + quote(privileges.groupMap()));
            add(update.ignoreExisting(), "--ignore-existing");
            add(update.existingOnly(), "--existing");
            String temporary = placement.temporaryDirectory();
            if (temporary != null) {
                addWord("--temp-dir", temporary);
            }
            add(placement.fsync(), "--fsync");
            BasisOptions basis = placement.basis();
            basis.directories().forEach(directory -> addWord(basis.kind().option(), directory));
        }
        addInfo();
        inPlace();
        SelectionOptions selection = options.selection();
        boolean listIsTheirs = selection.filesFrom() == FilesFrom.PEER
                && !selection.filesFromPath().isEmpty();
        if (listIsTheirs) {
            arguments.add("--files-from");
            arguments.add(quote(selection.filesFromPath()));
            add(selection.from0(), "--from0");
        } else if (!push && selection.filesFrom() != FilesFrom.NONE) {
            arguments.add("--files-from=-");
            arguments.add("--from0");
        }
        if (listIsTheirs || (!push && selection.filesFrom() != FilesFrom.NONE)) {
            add(!selection.relative(), "--no-relative");
        }
        add(selection.relative() && !selection.impliedDirs(), "--no-implied-dirs");
        add(push && placement.writeDevices(), "--write-devices");
        add(options.deletion().sourceFiles(), "--remove-source-files");
        add(!push && selection.copyDevices(), "--copy-devices");
        add(push && placement.preallocate(), "--preallocate");
        add(options.preservation().openNoAtime() && options.preservation().atimes() <= 1, "--open-noatime");
        add(push && placement.makePath(), "--mkpath");
    }

    private void inPlace() {
        PlacementOptions placement = options.placement();
        switch (placement.append()) {
            case NO -> {
                boolean inplace = placement.inplace();
                add(inplace, "--inplace");
                add(push && inplace && placement.sparse() && placement.wholeFile() == Choice.NO, "--no-W");
            }
            case BLIND -> arguments.add("--append");
            case VERIFY -> arguments.addAll(List.of("--append", "--append"));
        }
    }

    /** Names the items that were set and concern the server; one level for all of five or more is abbreviated. */
    private void addInfo() {
        Map<InfoItem, Integer> levels = new EnumMap<>(InfoItem.class);
        int concerned = 0;
        int[] count = new int[InfoItem.MAX_LEVEL + 1];
        int usual = 0;
        for (InfoItem item : InfoItem.values()) {
            if (!item.concernsServer(!push)) {
                continue;
            }
            concerned++;
            Integer level = options.reporting().info().get(item);
            if (level != null) {
                levels.put(item, level);
                if (++count[level] > count[usual]) {
                    usual = level;
                }
            }
        }
        if (levels.isEmpty()) {
            return;
        }
        StringJoiner words = new StringJoiner(",", "--info=", "");
        if (levels.size() == concerned && count[usual] >= 5) {
            words.add(usual == 0 ? "NONE" : "ALL" + (usual == 1 ? "" : usual));
        } else {
            usual = -1;
        }
        for (Map.Entry<InfoItem, Integer> entry : levels.entrySet()) {
            if (entry.getValue() != usual) {
                words.add(entry.getKey()
                        + (entry.getValue() == 1 ? "" : entry.getValue().toString()));
            }
        }
        arguments.add(words.toString());
    }
}
