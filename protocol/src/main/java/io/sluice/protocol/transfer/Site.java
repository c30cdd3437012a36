package io.sluice.protocol.transfer;

import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Session;

/**
 * What a role of the receiving side works with.
 *
 * @param tree the destination directory, this role's own view
 * @param target what that is
 * @param reports with notices under the role's name
 */
record Site(
        FileTree tree,
        Target target,
        Session session,
        TransferOptions options,
        Verbosity verbosity,
        Privileges privileges,
        SideReports reports) {
    Notices notices() {
        return reports.notices();
    }

    /** Returns the same for another role, with its own view of the tree. */
    Site as(String role, FileTree view) {
        SideReports named = new SideReports(
                reports.listener(), reports.notices().as(role), reports.outcome(), reports.statistics());
        return new Site(view, target, session, options, verbosity, privileges, named);
    }

    boolean dryRun() {
        return options.update().changesNothing();
    }
}
