package io.sluice.protocol.options;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Compression and checksums as asked for.
 *
 * @param compress {@code -z}; whether anything is compressed tells {@link #compresses}
 * @param compressChoice {@code --compress-choice}; empty: negotiated
 * @param compressLevel {@code --compress-level}; absent: the codec's default
 * @param compressThreads {@code --compress-threads}; 0: none of their own
 * @param skipCompress {@code --skip-compress}, as written; null: rsync's own list
 * @param stored what can be sent uncompressed within the codec's form is (a module's {@code dont compress = *}); the peer need not know
 * @param checksumChoice {@code --checksum-choice}: one (both uses) or two (transfer, file); empty: negotiated
 * @param checksumSeed {@code --checksum-seed}
 */
public record AlgorithmOptions(
        boolean compress,
        List<CompressionType> compressChoice,
        OptionalInt compressLevel,
        int compressThreads,
        @Nullable String skipCompress,
        boolean stored,
        List<ChecksumType> checksumChoice,
        OptionalInt checksumSeed) {
    /** All negotiated, nothing compressed. */
    public static final AlgorithmOptions DEFAULT =
            new AlgorithmOptions(false, List.of(), OptionalInt.empty(), 0, null, false, List.of(), OptionalInt.empty());

    public AlgorithmOptions {
        compressChoice = List.copyOf(compressChoice);
        checksumChoice = List.copyOf(checksumChoice);
    }

    /** Whether tokens are compressed: a level or a codec asks for it too, and the codec {@code none} for the contrary. */
    public boolean compresses() {
        boolean none = compressChoice.equals(List.of(CompressionType.NONE));
        return !none && (compress || compressLevel.isPresent() || !compressChoice.isEmpty());
    }

    /**
     * Reads {@code --checksum-choice}: one name, or two with a comma between them.
     *
     * @return one or two checksums; empty for {@code auto}
     * @throws TransferException with code 4 for an unknown name
     */
    public static List<ChecksumType> checksumsOf(String names) throws TransferException {
        if (names.equalsIgnoreCase("auto") || names.equalsIgnoreCase("auto,auto")) {
            return List.of();
        }
        int comma = names.indexOf(',');
        if (comma < 0) {
            return List.of(checksumOf(names, names));
        }
        String second = names.substring(comma + 1);
        return List.of(checksumOf(names.substring(0, comma), names), checksumOf(second, second));
    }

    /** @param shown what the user is told is unknown: all that follows, as rsync reads it */
    private static ChecksumType checksumOf(String name, String shown) throws TransferException {
        if (name.equalsIgnoreCase("auto")) {
            return ChecksumType.MD5;
        }
        if (name.equalsIgnoreCase("xxhash")) {
            return ChecksumType.XXH64;
        }
        for (ChecksumType type : ChecksumType.named()) {
            if (type.wireName().equalsIgnoreCase(name)) {
                return type;
            }
        }
        throw new TransferException(ExitCode.UNSUPPORTED, "unknown checksum name: " + shown);
    }

    /**
     * Reads {@code --compress-choice}.
     *
     * @return the codec; empty for {@code auto}
     * @throws TransferException with code 4 for an unknown name
     */
    public static List<CompressionType> compressionsOf(String name) throws TransferException {
        if (name.equalsIgnoreCase("auto")) {
            return List.of();
        }
        for (CompressionType type : CompressionType.values()) {
            if (type.wireName().equalsIgnoreCase(name)) {
                return List.of(type);
            }
        }
        throw new TransferException(ExitCode.UNSUPPORTED, "unknown compress name: " + name);
    }
}
