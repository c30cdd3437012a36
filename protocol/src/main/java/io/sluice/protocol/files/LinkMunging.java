package io.sluice.protocol.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Whether the symlinks of a tree are kept unusable on disk, as a daemon's {@code munge symlinks} wants it: each target stands behind
 * {@code /rsyncd-munged/}, which does not exist, and only a transfer sees it without.
 */
public enum LinkMunging {
    /** Targets are what they are. */
    OFF,
    /** Targets that are read lose the prefix; one without it is sent as it is. */
    SENDING,
    /** Targets that are written get the prefix; one without it on disk is not taken for what a client sent. */
    RECEIVING;

    private static final byte[] PREFIX = "/rsyncd-munged/".getBytes(StandardCharsets.US_ASCII);
    /** No symlink can have it. */
    private static final byte[] IMPOSSIBLE = {0};

    /** The target that a transfer is told of. */
    byte[] fromDisk(byte[] target) {
        boolean munged =
                target.length > PREFIX.length && Arrays.equals(target, 0, PREFIX.length, PREFIX, 0, PREFIX.length);
        if (this != OFF && munged) {
            return Arrays.copyOfRange(target, PREFIX.length, target.length);
        }
        return this == RECEIVING ? IMPOSSIBLE.clone() : target;
    }

    /** The target that is written. */
    byte[] toDisk(byte[] target) {
        if (this != RECEIVING) {
            return target;
        }
        byte[] munged = Arrays.copyOf(PREFIX, PREFIX.length + target.length);
        System.arraycopy(target, 0, munged, PREFIX.length, target.length);
        return munged;
    }
}
