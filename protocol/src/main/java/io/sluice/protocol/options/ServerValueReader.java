package io.sluice.protocol.options;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.ReportingOptions.OutFormat;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads a server's options that have a value, and concern the transfer. */
final class ServerValueReader {
    private final OptionDraft draft;

    ServerValueReader(OptionDraft draft) {
        this.draft = draft;
    }

    /** Takes an option by its canonical name; false if it is none of these. */
    boolean readText(String name, String value) throws TransferException {
        return own(name, value) || place(name, value) || select(name, value);
    }

    private boolean own(String name, String value) throws TransferException {
        switch (name) {
            case "copy-as" -> draft.copyAs = value;
            case "usermap" -> draft.addUserMap(value);
            case "groupmap" -> draft.addGroupMap(value);
            case "chown" -> draft.addChown(value);
            case "confine-root" -> draft.confineRoot = value;
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean place(String name, String value) throws TransferException {
        switch (name) {
            case "partial-dir" -> draft.partialDirectory = value;
            case "temp-dir" -> draft.temporaryDirectory = value;
            case "backup-dir" -> draft.backupDirectory = value;
            case "suffix" -> draft.backupSuffix = value;
            case "compare-dest" -> draft.addBasis(BasisOptions.Kind.COMPARE, value);
            case "copy-dest" -> draft.addBasis(BasisOptions.Kind.COPY, value);
            case "link-dest" -> draft.addBasis(BasisOptions.Kind.LINK, value);
            case "skip-compress" -> draft.skipCompress = value;
            case "max-alloc" -> readMaxAllocation(value);
            case "iconv" -> {
                String ours = value.substring(value.indexOf(',') + 1);
                draft.iconv = ours.isEmpty() ? "." : ours;
            }
            case "only-write-batch" -> draft.batchOnly = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    private void readMaxAllocation(String value) throws TransferException {
        draft.maxAllocation = SizeArgument.MAX_ALLOCATION.parse(value);
        draft.maxAllocationText = value;
        if (draft.maxAllocation == 0) {
            throw new TransferException(ExitCode.SYNTAX, "max-alloc must be greater than zero");
        }
    }

    private boolean select(String name, String value) throws TransferException {
        switch (name) {
            case "info" -> draft.addInfo(value);
            case "debug" -> draft.addDebug(value);
            case "out-format" -> readOutFormat(value);
            case "max-size" -> draft.maxSize = OptionalLong.of(SizeArgument.MAX_SIZE.parse(value));
            case "min-size" -> draft.minSize = OptionalLong.of(SizeArgument.MIN_SIZE.parse(value));
            case "block-size" -> {
                int size = (int) SizeArgument.BLOCK_SIZE.parse(value);
                draft.blockSize = size == 0 ? OptionalInt.empty() : OptionalInt.of(size);
            }
            case "bwlimit" -> draft.bandwidth = SizeArgument.BANDWIDTH.parseRate(value);
            case "checksum-choice" -> draft.checksumChoice = AlgorithmOptions.checksumsOf(value);
            case "compress-choice" -> draft.compressChoice = AlgorithmOptions.compressionsOf(value);
            case "files-from" -> readFilesFrom(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void readFilesFrom(String value) {
        boolean sent = value.equals("-");
        draft.filesFrom = sent ? FilesFrom.PEER : FilesFrom.LOCAL;
        draft.filesFromPath = sent ? "" : value;
    }

    private void readOutFormat(String format) {
        draft.outFormat = OutFormat.of(format);
        if (OutFormat.hasEscape(format, 'I')) {
            draft.outFormat = OutFormat.ITEM;
            draft.itemize = 2;
        }
    }

    /** Takes an option whose value is a number; false if it is none of these. {@code written} is for messages. */
    boolean readNumber(String name, int number, String written) throws TransferException {
        switch (name) {
            case "timeout" -> {
                if (number < 0) {
                    throw ArgumentScanner.fail(written, "invalid numeric value");
                }
                draft.timeout = number;
            }
            case "max-delete" -> draft.maxDelete = OptionalInt.of(Math.max(0, number));
            case "modify-window" -> draft.modifyWindow = OptionalInt.of(Math.max(-1, number));
            case "compress-threads" -> draft.compressThreads = number;
            case "compress-level" -> draft.compressLevel = OptionalInt.of(number);
            case "checksum-seed" -> draft.checksumSeed = number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
            default -> {
                return false;
            }
        }
        return true;
    }
}
