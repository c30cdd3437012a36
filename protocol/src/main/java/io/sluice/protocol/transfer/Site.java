package io.sluice.protocol.transfer;

import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.filter.AttributeFilter;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Session;

/**
 * What a role of the receiving side works with.
 *
 * @param tree the destination directory, this role's own view
 * @param target what that is
 * @param named the directories that options name, this role's own view
 * @param attributes the rules about extended attributes
 * @param reports with notices under the role's name
 */
record Site(
        FileTree tree,
        Target target,
        NamedDirectories named,
        Session session,
        TransferOptions options,
        Verbosity verbosity,
        Privileges privileges,
        AttributeFilter attributes,
        SideReports reports) {
    Notices notices() {
        return reports.notices();
    }

    /** Returns the same for another role, with its own views of the trees. */
    Site as(String role, FileTree view, NamedDirectories directories) {
        SideReports named = new SideReports(
                reports.listener(), reports.notices().as(role), reports.outcome(), reports.statistics());
        return new Site(view, target, directories, session, options, verbosity, privileges, attributes, named);
    }

    /** Returns the same with other rules about attributes. */
    Site with(AttributeFilter other) {
        return new Site(tree, target, named, session, options, verbosity, privileges, other, reports);
    }

    /** The path by which a directory of the destination is entered: with {@code -K} its name may be that of a symlink. */
    byte[] placeOf(byte[] directory) {
        if (Paths.isRoot(directory)) {
            return new byte[0];
        }
        boolean links = options.preservation().symlinks().keepDirectoryLinks();
        return links ? FileTree.throughLink(directory) : directory;
    }

    boolean dryRun() {
        return options.update().changesNothing();
    }
}
