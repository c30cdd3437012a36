package io.sluice.client.command;

import io.sluice.client.command.CommandLine.Display;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.AlgorithmOptions;
import io.sluice.protocol.options.DeletionOptions;
import io.sluice.protocol.options.LimitOptions;
import io.sluice.protocol.options.PlacementOptions;
import io.sluice.protocol.options.PlacementOptions.Choice;
import io.sluice.protocol.options.PreservationOptions;
import io.sluice.protocol.options.SelectionOptions;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.SelectionOptions.MissingArgs;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.options.UpdateOptions;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import java.util.List;
import java.util.OptionalInt;

/** Puts the settings of a command line into the engine's records. */
final class OptionRecords {
    private static final int UNSET = Integer.MIN_VALUE;

    private final OptionValues values;
    private final Display display;
    private final boolean listOnly;

    OptionRecords(OptionValues values, Display display, boolean listOnly) {
        this.values = values;
        this.display = display;
        this.listOnly = listOnly;
    }

    TransferOptions transferOptions() throws TransferException {
        return new TransferOptions(
                selection(),
                preservation(),
                update(),
                placement(),
                deletion(),
                algorithms(),
                display.reporter().reporting(),
                new LimitOptions(Math.max(0, values.number(Setting.TIMEOUT)), values.bandwidth()));
    }

    private SelectionOptions selection() {
        int missing = values.number(Setting.MISSING_ARGS);
        return new SelectionOptions(
                is(Setting.RECURSE),
                is(Setting.DIRECTORIES),
                is(Setting.RELATIVE),
                is(Setting.IMPLIED_DIRS),
                values.number(Setting.ONE_FILE_SYSTEM),
                values.text(Setting.FILES_FROM) == null ? FilesFrom.NONE : FilesFrom.LOCAL,
                is(Setting.FROM0),
                missing >= 2 ? MissingArgs.DELETE : missing == 1 ? MissingArgs.IGNORE : MissingArgs.ERROR,
                values.maxSize(),
                values.minSize(),
                is(Setting.PRUNE),
                listOnly,
                listOnly && !is(Setting.LIST_ONLY),
                is(Setting.INC_RECURSIVE));
    }

    private PreservationOptions preservation() {
        return new PreservationOptions(
                is(Setting.LINKS),
                is(Setting.PERMISSIONS),
                is(Setting.EXECUTABILITY),
                is(Setting.TIMES),
                is(Setting.OMIT_DIR_TIMES),
                is(Setting.OMIT_LINK_TIMES),
                is(Setting.OWNER),
                is(Setting.GROUP),
                is(Setting.DEVICES),
                is(Setting.SPECIALS),
                is(Setting.NUMERIC_IDS),
                values.chmod());
    }

    private UpdateOptions update() {
        return new UpdateOptions(
                is(Setting.DRY_RUN),
                is(Setting.CHECKSUM),
                is(Setting.IGNORE_TIMES),
                is(Setting.SIZE_ONLY),
                is(Setting.UPDATE),
                is(Setting.EXISTING),
                is(Setting.IGNORE_EXISTING),
                values.number(Setting.MODIFY_WINDOW));
    }

    private PlacementOptions placement() throws TransferException {
        int whole = values.number(Setting.WHOLE_FILE);
        List<ChecksumType> checksums = checksums();
        boolean unchecked = !checksums.isEmpty() && checksums.getFirst() == ChecksumType.NONE;
        boolean inplace = is(Setting.INPLACE);
        return new PlacementOptions(
                unchecked || whole > 0 ? Choice.YES : whole < 0 ? Choice.UNSET : Choice.NO,
                inplace,
                is(Setting.SPARSE),
                !inplace && (is(Setting.PARTIAL) || is(Setting.DELAY_UPDATES)),
                is(Setting.DELAY_UPDATES),
                values.blockSize(),
                is(Setting.FSYNC));
    }

    private DeletionOptions deletion() {
        int max = values.number(Setting.MAX_DELETE);
        return new DeletionOptions(
                deletionMode(),
                is(Setting.DELETE_EXCLUDED),
                is(Setting.FORCE),
                is(Setting.IGNORE_ERRORS),
                max == UNSET ? OptionalInt.empty() : OptionalInt.of(Math.max(0, max)));
    }

    private DeletionOptions.Mode deletionMode() {
        if (is(Setting.DELETE_BEFORE)) {
            return DeletionOptions.Mode.BEFORE;
        }
        if (is(Setting.DELETE_AFTER)) {
            return DeletionOptions.Mode.AFTER;
        }
        if (is(Setting.DELETE_DURING)) {
            return values.number(Setting.DELETE_DURING) > 1 ? DeletionOptions.Mode.DELAY : DeletionOptions.Mode.DURING;
        }
        boolean plain = is(Setting.DELETE) || is(Setting.DELETE_EXCLUDED);
        return plain ? DeletionOptions.Mode.PLAIN : DeletionOptions.Mode.NONE;
    }

    private AlgorithmOptions algorithms() throws TransferException {
        String choice = values.text(Setting.COMPRESS_CHOICE);
        if (choice == null && values.number(Setting.COMPRESS) > 1) {
            choice = "zlibx";
        }
        List<CompressionType> compressions = choice == null ? List.of() : AlgorithmOptions.compressionsOf(choice);
        boolean none = compressions.equals(List.of(CompressionType.NONE));
        int level = values.number(Setting.COMPRESS_LEVEL);
        boolean compress = is(Setting.COMPRESS) || level != UNSET || !compressions.isEmpty();
        int seed = values.number(Setting.CHECKSUM_SEED);
        return new AlgorithmOptions(
                compress && !none,
                none ? List.of() : compressions,
                level == UNSET ? OptionalInt.empty() : OptionalInt.of(level),
                checksums(),
                seed == UNSET || seed == 0 ? OptionalInt.empty() : OptionalInt.of(seed));
    }

    private List<ChecksumType> checksums() throws TransferException {
        String choice = values.text(Setting.CHECKSUM_CHOICE);
        return choice == null ? List.of() : AlgorithmOptions.checksumsOf(choice);
    }

    private boolean is(Setting setting) {
        return values.isSet(setting);
    }
}
