package io.sluice.protocol.files;

import io.sluice.linux.Errno;
import io.sluice.linux.ExtendedAttributes;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads and sets the access control lists of a file: the kernel's, or those that {@code --fake-super} keeps beside the file. */
public final class AccessLists {
    /** The list that governs access, and the one that new files in a directory get. */
    public enum Kind {
        ACCESS,
        DEFAULT
    }

    private final boolean fake;
    private final byte[] access;
    private final byte[] defaults;

    /** @param fake lists are kept beside the files */
    public AccessLists(boolean fake) {
        this.fake = fake;
        this.access = bytes(fake ? "user.rsync.%aacl" : "system.posix_acl_access");
        this.defaults = bytes(fake ? "user.rsync.%dacl" : "system.posix_acl_default");
    }

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] attribute(Kind kind) {
        return kind == Kind.ACCESS ? access : defaults;
    }

    /** The list of a file of mode {@code mode}; where it has none, the one that its mode says, or an empty default list. */
    public AccessControlList read(ExtendedAttributes file, Kind kind, int mode) throws IOException {
        if (fake) {
            return file.get(attribute(kind))
                    .map(value -> AccessControlFormat.fromKept(value, mode))
                    .orElse(AccessControlList.EMPTY);
        }
        AccessControlList absent = kind == Kind.ACCESS ? AccessControlList.ofMode(mode) : AccessControlList.EMPTY;
        Optional<byte[]> value;
        try {
            value = file.get(attribute(kind));
        } catch (SystemCallException e) {
            if (e.errno() == Errno.EOPNOTSUPP || e.errno() == Errno.ENOSYS) {
                return absent;
            }
            throw e;
        }
        return value.map(AccessControlFormat::fromKernel).orElse(absent);
    }

    /**
     * Sets a list as it came, condensed or not.
     *
     * @param mode the permissions that an access list gives besides
     * @param present the mode that the file has
     */
    public void set(ExtendedAttributes file, Kind kind, AccessControlList list, int mode, int present)
            throws IOException {
        if (kind == Kind.DEFAULT && list.owner() == AccessControlList.NONE) {
            file.remove(attribute(kind));
        } else if (fake) {
            file.set(attribute(kind), AccessControlFormat.toKept(list), ExtendedAttributes.SET);
        } else {
            AccessControlList full = kind == Kind.ACCESS ? list.completed(mode, present) : list;
            file.set(attribute(kind), AccessControlFormat.toKernel(full), ExtendedAttributes.SET);
        }
    }
}
