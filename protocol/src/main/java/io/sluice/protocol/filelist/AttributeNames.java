package io.sluice.protocol.filelist;

import io.sluice.linux.Errno;
import io.sluice.linux.ExtendedAttributes;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.filter.AttributeFilter;
import io.sluice.protocol.session.Side;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which extended attributes a side takes part in. Without rules of the user: root's side all but {@code system.*}, any other only {@code user.*}; what
 * rsync itself keeps ({@code user.rsync.%…}) travels with {@code -XX} only. Under {@code --fake-super} attributes of other namespaces are kept as
 * {@code user.rsync.NAME}.
 */
public final class AttributeNames {
    private static final byte[] USER = bytes("user.");
    private static final byte[] SYSTEM = bytes("system.");
    private static final byte[] RSYNC = bytes("user.rsync.");
    private static final byte[] OWN = bytes("user.rsync.%");
    private static final List<byte[]> FAKE =
            List.of(bytes("user.rsync.%stat"), bytes("user.rsync.%aacl"), bytes("user.rsync.%dacl"));

    private final Authority authority;
    private final Side side;
    private final boolean all;
    private final AttributeFilter filter;

    /** @param all rsync's own attributes travel too ({@code -XX}) */
    public AttributeNames(Authority authority, Side side, boolean all, AttributeFilter filter) {
        this.authority = authority;
        this.side = side;
        this.all = all;
        this.filter = filter;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Those attributes of a file that travel, or are compared with what came. */
    public ExtendedAttributeSet read(ExtendedAttributes file) throws IOException {
        List<byte[]> names = new ArrayList<>();
        for (byte[] name : file.names()) {
            if (isListed(name)) {
                names.add(name);
            }
        }
        if (names.isEmpty()) {
            return ExtendedAttributeSet.EMPTY;
        }
        names.sort(Arrays::compareUnsigned);
        List<ExtendedAttribute> found = new ArrayList<>();
        for (byte[] name : names) {
            Optional<byte[]> value = get(file, name);
            if (value.isPresent()) {
                found.add(ExtendedAttribute.of(name, value.get(), found.size() + 1));
            }
        }
        return ExtendedAttributeSet.of(found);
    }

    private static Optional<byte[]> get(ExtendedAttributes file, byte[] name) throws IOException {
        try {
            return file.get(name);
        } catch (SystemCallException e) {
            if (e.errno() == Errno.EOPNOTSUPP) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private boolean isListed(byte[] name) {
        boolean userOnly = side == Side.RECEIVER && authority == Authority.USER;
        if (!isInScope(name, userOnly)) {
            return false;
        }
        boolean own = startsWith(name, OWN);
        return !own || !((side == Side.SENDER && !all) || (authority == Authority.FAKE && isFake(name)));
    }

    private boolean isInScope(byte[] name, boolean userOnly) {
        if (!filter.isEmpty()) {
            return !filter.excludes(name);
        }
        return userOnly ? startsWith(name, USER) : !startsWith(name, SYSTEM);
    }

    /** Whether an attribute that the sender did not list is taken off a file here. */
    public boolean isRemovable(byte[] name) {
        return isInScope(name, !authority.isReallyRoot()) && !(authority == Authority.FAKE && isFake(name));
    }

    private static boolean isFake(byte[] name) {
        for (byte[] kept : FAKE) {
            if (Arrays.equals(kept, name)) {
                return true;
            }
        }
        return false;
    }

    /** The name by which an attribute of this name travels. */
    byte[] onWire(byte[] name) {
        boolean disguised = authority == Authority.FAKE
                && startsWith(name, RSYNC)
                && name.length > RSYNC.length
                && !startsWith(name, OWN);
        return disguised ? Arrays.copyOfRange(name, RSYNC.length, name.length) : name;
    }

    /** The name by which an attribute that came is set here; empty if it is not. */
    Optional<byte[]> here(byte[] name) {
        if (!filter.isEmpty() && filter.excludes(name)) {
            return Optional.empty();
        }
        byte[] kept = name;
        if (!authority.isReallyRoot() && !startsWith(name, USER)) {
            if (authority == Authority.USER && filter.isEmpty()) {
                return Optional.empty();
            }
            kept = Arrays.copyOf(RSYNC, RSYNC.length + name.length);
            System.arraycopy(name, 0, kept, RSYNC.length, name.length);
        }
        return startsWith(kept, OWN) && !all ? Optional.empty() : Optional.of(kept);
    }

    private static boolean startsWith(byte[] name, byte[] prefix) {
        return name.length >= prefix.length && Arrays.equals(name, 0, prefix.length, prefix, 0, prefix.length);
    }
}
