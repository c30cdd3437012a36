package io.sluice.protocol.files;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.Errno;
import io.sluice.linux.ExtendedAttributes;
import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import io.sluice.linux.Resolve;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Where a {@link FakeStatus} is kept: in an attribute of the file, whose content is the target of what stands for a symlink. */
final class FakeStatusStore {
    private static final int PRIVATE = 0600;
    private static final int MAX_TARGET = 4096;

    private FakeStatusStore() {}

    /** Lets {@code status}, a file's own, tell what the file stands for. */
    static void tell(ExtendedAttributes file, FileStatus status) throws IOException {
        if (status.isRegular() || status.isDirectory()) {
            read(file).ifPresent(kept -> kept.tell(status));
        }
    }

    private static Optional<FakeStatus> read(ExtendedAttributes file) throws IOException {
        try {
            return file.get(FakeStatus.ATTRIBUTE).flatMap(FakeStatus::parse);
        } catch (SystemCallException e) {
            if (e.errno() == Errno.EOPNOTSUPP) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Keeps {@code wanted} with a file whose own status is {@code real}, but for its {@code permissions}; nothing is kept that is true. */
    static void keep(ExtendedAttributes file, FakeStatus wanted, FileStatus real, int permissions) throws IOException {
        Optional<FakeStatus> kept = read(file);
        if (wanted.isReal(real, permissions)) {
            if (kept.isPresent()) {
                file.remove(FakeStatus.ATTRIBUTE);
            }
        } else if (!kept.equals(Optional.of(wanted)) && !real.isSymlink()) {
            file.set(FakeStatus.ATTRIBUTE, wanted.format(), ExtendedAttributes.SET);
        }
    }

    /** The target of what stands for a symlink. */
    static byte[] linkTarget(OpenFile file) throws IOException {
        byte[] target = new byte[MAX_TARGET];
        int length = file.read(target, 0, MAX_TARGET);
        return Arrays.copyOf(target, Math.max(0, length));
    }

    /** Makes a plain file that stands for something else. */
    static void makePlain(DirectoryHandle directory, byte[] name, byte[] content) throws IOException {
        int flags = OpenFlags.WRITE_ONLY | OpenFlags.CREATE | OpenFlags.EXCLUSIVE | OpenFlags.NO_FOLLOW;
        try (OpenFile file = directory.openFile(name, flags, PRIVATE, Resolve.NO_SYMLINKS)) {
            file.write(content, 0, content.length);
        }
    }
}
