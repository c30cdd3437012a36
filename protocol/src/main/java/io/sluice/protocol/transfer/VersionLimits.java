package io.sluice.protocol.transfer;

import io.sluice.protocol.VersionException;
import io.sluice.protocol.options.BasisOptions;
import io.sluice.protocol.options.PlacementOptions.Append;
import io.sluice.protocol.options.PreservationOptions;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;

/** Which options need a newer protocol than the one agreed on. Both ends look, before anything else travels. */
final class VersionLimits {
    private VersionLimits() {}

    /** @throws VersionException with rsync's words, naming the first such option */
    static void check(Session session, TransferOptions options) throws VersionException {
        ProtocolVersion version = session.version();
        PreservationOptions kept = options.preservation();
        if (!version.hasAttributes() && !options.deletion().local()) {
            require(!kept.acls(), "--acls requires", "30", version);
            require(kept.xattrs() == 0, "--xattrs requires", "30", version);
        }
        if (version.hasItemFlags()) {
            return;
        }
        BasisOptions basis = options.placement().basis();
        int directories = basis.directories().size();
        require(basis.fuzzy() == 0, "--fuzzy requires", version);
        if (directories > 0) {
            String option = basis.kind().option();
            require(!options.placement().inplace(), option + " with --inplace requires", version);
            require(directories == 1, "Using more than one " + option + " option requires", version);
        }
        require(!options.selection().pruneEmptyDirs(), "--prune-empty-dirs requires", version);
    }

    /** The options as this version has them: before protocol 30 what is appended to is always verified. */
    static TransferOptions settled(Session session, TransferOptions options) {
        boolean verifies = options.placement().append() == Append.BLIND
                && !session.version().hasAttributes();
        return verifies ? options.edit(draft -> draft.append = Append.VERIFY) : options;
    }

    private static void require(boolean met, String what, ProtocolVersion version) throws VersionException {
        require(met, what, "29", version);
    }

    private static void require(boolean met, String what, String needed, ProtocolVersion version)
            throws VersionException {
        if (!met) {
            throw new VersionException(
                    what + " protocol " + needed + " or higher (negotiated " + version.number() + ").");
        }
    }
}
