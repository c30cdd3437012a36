package io.sluice.protocol.transfer;

import io.sluice.linux.ExtendedAttributes;
import io.sluice.linux.FileStatus;
import io.sluice.linux.KernelBytes;
import io.sluice.linux.OpenFile;
import io.sluice.protocol.filelist.AttributeNames;
import io.sluice.protocol.files.AccessControlList;
import io.sluice.protocol.files.AccessLists;
import io.sluice.protocol.files.AccessLists.Kind;
import io.sluice.protocol.files.TreePath;
import io.sluice.protocol.options.PreservationOptions;
import io.sluice.protocol.session.Side;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives a copy of something here the access control lists ({@code -A}) and extended attributes ({@code -X}) of its original: to a backup, and to what is
 * copied from another directory instead of being transferred. A failure becomes a notice.
 */
final class CarriedAttributes {
    private final boolean carriesLists;
    private final boolean carriesOthers;
    private final AttributeNames names;
    private final AccessLists lists;
    private final Notices notices;

    private record Attribute(byte[] name, byte[] value) {}

    CarriedAttributes(Site site) {
        PreservationOptions options = site.options().preservation();
        carriesLists = options.acls();
        carriesOthers = options.xattrs() > 0;
        names = new AttributeNames(
                site.privileges().authority(), Side.RECEIVER, options.xattrs() > 1, site.attributes());
        lists = new AccessLists(site.privileges().fakes());
        notices = site.notices();
    }

    /**
     * Copies all that is carried over.
     *
     * @param original the status of {@code from}; {@code to} is of the same type
     */
    void copy(TreePath from, FileStatus original, TreePath to) {
        copyOthers(from, to);
        copyLists(from, original, to);
    }

    /** Copies extended attributes alone. */
    void copyOthers(TreePath from, TreePath to) {
        if (!carriesOthers) {
            return;
        }
        try {
            List<Attribute> found = from.withAttributes(this::read);
            if (!found.isEmpty()) {
                to.withAttributes(target -> set(target, found, "lsetxattr", to.path()));
            }
        } catch (IOException e) {
            failed("get_xattr_names: llistxattr(", from.path(), e);
        }
    }

    /** As above, to a file that is open, and will have the name {@code label}. */
    void copyOthers(TreePath from, OpenFile to, byte[] label) {
        if (!carriesOthers) {
            return;
        }
        try {
            set(ExtendedAttributes.of(to), from.withAttributes(this::read), "fsetxattr", label);
        } catch (IOException e) {
            failed("get_xattr_names: llistxattr(", from.path(), e);
        }
    }

    private List<Attribute> read(ExtendedAttributes file) throws IOException {
        List<Attribute> found = new ArrayList<>();
        for (byte[] name : file.names()) {
            Optional<byte[]> value = names.isRemovable(name) ? file.get(name) : Optional.empty();
            value.ifPresent(bytes -> found.add(new Attribute(name, bytes)));
        }
        return found;
    }

    private boolean set(ExtendedAttributes target, List<Attribute> wanted, String call, byte[] label) {
        for (Attribute attribute : wanted) {
            try {
                target.set(attribute.name(), attribute.value(), ExtendedAttributes.SET);
            } catch (IOException e) {
                Text what = Text.of("copy_xattrs: " + call + "(").add(notices.quote(label));
                notices.fileFailure(what.add(",\"" + KernelBytes.show(attribute.name()) + "\") failed"), e);
            }
        }
        return true;
    }

    private void copyLists(TreePath from, FileStatus original, TreePath to) {
        if (!carriesLists || original.isSymlink()) {
            return;
        }
        try {
            copyList(Kind.ACCESS, from, original, to);
            if (original.isDirectory()) {
                copyList(Kind.DEFAULT, from, original, to);
            }
        } catch (IOException e) {
            failed("set_acl: sys_acl_set_file(", to.path(), e);
        }
    }

    private void copyList(Kind kind, TreePath from, FileStatus original, TreePath to) throws IOException {
        int mode = original.mode();
        AccessControlList list = from.withAttributes(file -> lists.read(file, kind, mode));
        to.withAttributes(file -> {
            if (!lists.read(file, kind, mode).equals(list)) {
                lists.set(file, kind, list, mode, mode);
            }
            return list;
        });
    }

    private void failed(String call, byte[] path, IOException cause) {
        notices.fileFailure(Text.of(call).add(notices.quote(path)).add(") failed"), cause);
    }
}
