package io.sluice.protocol.files;

import io.sluice.linux.Errno;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * rsync's names of unfinished files: {@code .name.XXXXXX}, with six random letters or digits. A long name is cut so that the whole has at most 255 bytes,
 * not in the middle of a UTF-8 character.
 */
final class TemporaryNames {
    private static final int NAME_MAX = 255;
    private static final int SUFFIX = 7;
    private static final int ATTEMPTS = 100;
    private static final byte[] LETTERS =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".getBytes(StandardCharsets.US_ASCII);

    private TemporaryNames() {}

    /** Makes something under a name; EEXIST asks for another name. */
    @FunctionalInterface
    interface Attempt {
        void create(byte[] name) throws IOException;
    }

    /** Tries names until one is not taken, and returns it. */
    static byte[] createUnused(byte[] name, Attempt attempt) throws IOException {
        return createUnused(() -> candidate(name), attempt);
    }

    /** As above, with names from {@code candidates}. */
    static byte[] createUnused(Supplier<byte[]> candidates, Attempt attempt) throws IOException {
        for (int tries = 1; ; tries++) {
            byte[] candidate = candidates.get();
            try {
                attempt.create(candidate);
                return candidate;
            } catch (SystemCallException e) {
                if (e.errno() != Errno.EEXIST || tries == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** {@code name.XXXXXX}, for a directory that holds nothing else. */
    static byte[] visibleCandidate(byte[] name) {
        byte[] hidden = candidate(name);
        if (name.length == 0 || name[0] != '.') {
            return Arrays.copyOfRange(hidden, 1, hidden.length);
        }
        return hidden;
    }

    /** A leading dot of the name itself is not doubled, as rsync does it. */
    static byte[] candidate(byte[] name) {
        int from = name.length > 0 && name[0] == '.' ? 1 : 0;
        int kept = Math.min(name.length - from, NAME_MAX - 1 - SUFFIX);
        if (kept < name.length - from) {
            while (kept > 0 && (name[from + kept] & 0xC0) == 0x80) {
                kept--;
            }
        }
        byte[] result = new byte[1 + kept + SUFFIX];
        result[0] = '.';
        System.arraycopy(name, from, result, 1, kept);
        result[1 + kept] = '.';
        for (int i = 2 + kept; i < result.length; i++) {
            result[i] = LETTERS[ThreadLocalRandom.current().nextInt(LETTERS.length)];
        }
        return result;
    }
}
