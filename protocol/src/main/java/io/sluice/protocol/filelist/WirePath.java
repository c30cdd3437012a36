package io.sluice.protocol.filelist;

import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.session.NameCoder;
import io.sluice.protocol.session.NameConversion;
import io.sluice.protocol.wire.NumberFormat;
import io.sluice.protocol.wire.WireInput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The path of the entry that is read: the bytes on the wire, which tell it as its difference from the path before, and in this end's charset.
 *
 * <p>A path that has no form here gets one that no file has, with a NUL at its start.
 */
final class WirePath {
    /** A path has fewer bytes than the kernel's PATH_MAX. */
    static final int LIMIT = 4096;

    private static final int SHOWN_LIMIT = LIMIT - 1;

    private final WireInput in;
    private final NumberFormat numbers;
    private final boolean absolute;
    private final @Nullable NameCoder coder;
    private final byte[] wire = new byte[LIMIT];
    private int wireLength;
    private boolean known = true;

    /** The path in this end's charset: the first {@link #length} bytes. */
    final byte[] bytes;

    int length;

    /** @param absolute whether paths may begin with a slash */
    WirePath(WireInput in, NumberFormat numbers, boolean absolute, NameConversion names) {
        this.in = in;
        this.numbers = numbers;
        this.absolute = absolute;
        this.coder = names.isActive() ? names.fromWire() : null;
        this.bytes = coder == null ? wire : new byte[LIMIT + 1];
    }

    /** Reads the next path; false if it cannot be converted: {@link #failure} tells why. */
    boolean read(int flags) throws IOException {
        int start = (flags & EntryFlags.SAME_NAME_START) == 0 ? 0 : in.readByte();
        int rest = (flags & EntryFlags.LONG_NAME) == 0 ? in.readByte() : numbers.readInt(in);
        if (start > wireLength) {
            throw new ProtocolException(
                    "bytes of the last file-list path: " + start + " (expected: <= " + wireLength + ")");
        }
        if (rest < 0 || rest >= LIMIT - start) {
            throw new ProtocolException("overflow: file-list path bytes: " + start + " + "
                    + Integer.toUnsignedString(rest) + " (expected: < " + LIMIT + ")");
        }
        in.readFully(wire, start, rest);
        wireLength = start + rest;
        known = coder == null || convert(coder);
        if (coder == null) {
            length = wireLength;
        }
        if (known) {
            PathRules.check(bytes, length, absolute);
        }
        return known;
    }

    private boolean convert(NameCoder used) {
        length = used.convert(wire, wireLength, bytes);
        if (length >= 0 && length <= SHOWN_LIMIT) {
            return true;
        }
        bytes[0] = 0;
        System.arraycopy(wire, 0, bytes, 1, wireLength);
        length = wireLength + 1;
        return false;
    }

    /** Whether the path has a form here. */
    boolean isKnown() {
        return known;
    }

    /** The path as it travelled. */
    byte[] onWire() {
        return Arrays.copyOf(wire, wireLength);
    }

    /** Why it could not be converted. */
    NameCoder.Failure failure() {
        return coder == null ? NameCoder.Failure.NONE : coder.failure();
    }
}
