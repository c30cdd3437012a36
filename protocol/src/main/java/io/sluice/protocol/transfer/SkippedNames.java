package io.sluice.protocol.transfer;

import io.sluice.protocol.filelist.ConversionFailures;
import io.sluice.protocol.session.NameCoder.Failure;

/** Tells of what the peer listed and this end's charset has no form for: nothing is made of it, and as it may be here under another name, nothing is deleted. */
final class SkippedNames implements ConversionFailures {
    private final SideReports reports;

    SkippedNames(SideReports reports) {
        this.reports = reports;
    }

    @Override
    public void name(byte[] wirePath, Failure why, boolean first) {
        reports.outcome().add(Outcome.GENERAL);
        reports.notices()
                .errorOfWire(Text.of("[" + role(first) + "] cannot convert filename: ")
                        .add(wirePath)
                        .add(" (" + why.reason() + ")"));
    }

    @Override
    public void linkTarget(byte[] path, Failure why, boolean first) {
        reports.outcome().add(Outcome.GENERAL);
        reports.notices()
                .fileError(Text.of("[" + role(first) + "] cannot convert symlink data for: ")
                        .add(reports.notices().quote(path))
                        .add(" (" + why.reason() + ")"));
    }

    /** As rsync, where the receiver becomes one when the first part of the list is there. */
    private static String role(boolean first) {
        return first ? "Receiver" : "receiver";
    }
}
