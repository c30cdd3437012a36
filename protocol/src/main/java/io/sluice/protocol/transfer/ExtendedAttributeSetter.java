package io.sluice.protocol.transfer;

import io.sluice.linux.ExtendedAttributes;
import io.sluice.linux.FileStatus;
import io.sluice.linux.KernelBytes;
import io.sluice.linux.OpenFile;
import io.sluice.protocol.filelist.AttributeNames;
import io.sluice.protocol.filelist.ExtendedAttribute;
import io.sluice.protocol.filelist.ExtendedAttributeSet;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePath;
import io.sluice.protocol.session.Side;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares and sets the extended attributes of what is here ({@code -X}). Used by one role. */
final class ExtendedAttributeSetter {
    private static final int OWNER_WRITES = 0200;

    private final FileTree tree;
    private final Notices notices;
    private final AttributeNames names;
    private final boolean bound;
    private final boolean enabled;
    /** Of the calls' names in messages. */
    private String callPrefix = "l";

    ExtendedAttributeSetter(Site site) {
        this.tree = site.tree();
        this.notices = site.notices();
        int level = site.options().preservation().xattrs();
        this.enabled = level > 0;
        this.names = new AttributeNames(site.privileges().authority(), Side.RECEIVER, level > 1, site.attributes());
        this.bound = !site.privileges().root();
    }

    /** Whether attributes are carried over. */
    boolean isEnabled() {
        return enabled;
    }

    /** Those that are here and count; none if they cannot be read. */
    ExtendedAttributeSet present(TreePath place) {
        try {
            return place.withAttributes(names::read);
        } catch (IOException e) {
            return ExtendedAttributeSet.EMPTY;
        }
    }

    /**
     * Gives a file its attributes, and takes others from it. A failure becomes a notice.
     *
     * @param path where it is
     * @param file it is open; null: it is set by path
     * @param basis may have the long values that did not come; null: only the file itself may
     */
    void apply(FileEntry entry, byte[] path, @Nullable OpenFile file, @Nullable OpenFile basis, FileStatus present) {
        callPrefix = opens(present) ? "f" : "l";
        boolean locked = bound && !present.isSymlink() && (present.mode() & OWNER_WRITES) == 0;
        try {
            if (locked) {
                changeMode(path, file, present.permissions() | OWNER_WRITES);
            }
            apply(entry, path, file, basis);
            if (locked) {
                changeMode(path, file, present.permissions());
            }
        } catch (IOException e) {
            notices.fileFailure(
                    Text.of("get_xattr_names: llistxattr(")
                            .add(notices.quote(path))
                            .add(") failed"),
                    e);
        }
    }

    private void changeMode(byte[] path, @Nullable OpenFile file, int permissions) throws IOException {
        if (file != null) {
            file.changeMode(permissions);
        } else {
            tree.metadata().changeMode(path, permissions);
        }
    }

    /** rsync has such files open while it sets attributes, and says so when that fails. */
    private static boolean opens(FileStatus present) {
        return present.isRegular() || present.isDirectory() || present.isFifo();
    }

    private void apply(FileEntry entry, byte[] path, @Nullable OpenFile file, @Nullable OpenFile basis)
            throws IOException {
        ExtendedAttributeSet wanted = entry.extendedAttributes();
        @Nullable ExtendedAttributes source = basis == null ? null : ExtendedAttributes.of(basis);
        if (file != null) {
            findValues(wanted, path);
            set(ExtendedAttributes.of(file), wanted, source, path);
        } else {
            tree.metadata().withAttributes(path, target -> {
                set(target, wanted, source, path);
                return wanted;
            });
        }
    }

    /** Long values that did not come may be those of what has the name now, if anything has. */
    private void findValues(ExtendedAttributeSet wanted, byte[] path) {
        for (ExtendedAttribute attribute : wanted.attributes()) {
            if (attribute.value() == null) {
                try {
                    tree.metadata()
                            .withAttributes(path, old -> Optional.ofNullable(matching(attribute, old)))
                            .ifPresent(attribute::setValue);
                } catch (IOException e) {
                    return;
                }
            }
        }
    }

    private void set(
            ExtendedAttributes target, ExtendedAttributeSet wanted, @Nullable ExtendedAttributes basis, byte[] path)
            throws IOException {
        List<byte[]> found = target.names();
        for (ExtendedAttribute attribute : wanted.attributes()) {
            byte[] value = value(attribute, target, basis);
            if (value == null) {
                notices.error(Text.of("Missing abbreviated xattr value, ")
                        .add(attribute.name())
                        .add(", for ")
                        .add(notices.quote(path)));
            } else {
                setOne(target, attribute, value, path);
            }
        }
        for (byte[] name : found) {
            if (names.isRemovable(name) && !wanted.contains(name)) {
                removeOne(target, name, path);
            }
        }
    }

    /** A long value that nobody sent is the one that is here: the generator has compared its sum. */
    private static byte @Nullable [] value(
            ExtendedAttribute attribute, ExtendedAttributes target, @Nullable ExtendedAttributes basis)
            throws IOException {
        byte[] known = attribute.value();
        if (known != null) {
            return known;
        }
        byte[] found = basis == null ? null : matching(attribute, basis);
        if (found == null) {
            found = matching(attribute, target);
        }
        if (found != null) {
            attribute.setValue(found);
        }
        return found;
    }

    private static byte @Nullable [] matching(ExtendedAttribute attribute, ExtendedAttributes file) throws IOException {
        Optional<byte[]> value = file.get(attribute.name());
        return value.isPresent() && attribute.hasValue(value.get()) ? value.get() : null;
    }

    private void setOne(ExtendedAttributes target, ExtendedAttribute attribute, byte[] value, byte[] path) {
        try {
            target.set(attribute.name(), value, ExtendedAttributes.SET);
        } catch (IOException e) {
            notices.fileFailure(failed("setxattr", path, attribute.name()), e);
        }
    }

    private void removeOne(ExtendedAttributes target, byte[] name, byte[] path) {
        try {
            target.remove(name);
        } catch (IOException e) {
            notices.fileFailure(failed("removexattr", path, name), e);
        }
    }

    private Text failed(String call, byte[] path, byte[] name) {
        return Text.of("rsync_xal_set: " + callPrefix + call + "(")
                .add(notices.quote(path))
                .add(",\"" + KernelBytes.show(name) + "\") failed");
    }
}
