package io.sluice.protocol.filelist;

import io.sluice.protocol.session.NameCoder;
import io.sluice.protocol.session.NameConversion;
import org.jspecify.annotations.Nullable;

/** Judges, before a file gets into the list, whether its name and symlink target can travel ({@code --iconv}); tells of those that cannot. */
final class SentNames {
    private final @Nullable NameCoder coder;
    private final boolean linkTargets;
    private final ScanReport report;
    private final byte[] converted = new byte[EntryEncoder.MAX_PATH];

    SentNames(NameConversion names, ScanReport report) {
        this.coder = names.isActive() ? names.toWire() : null;
        this.linkTargets = names.linkTargets();
        this.report = report;
    }

    /** Whether anything has to be judged. */
    boolean judges() {
        return coder != null;
    }

    boolean canTravel(byte[] path) {
        if (coder == null || coder.convert(path, path.length, converted) >= 0) {
            return true;
        }
        report.cannotConvert(path, coder.failure());
        return false;
    }

    boolean canTravel(SourceTree tree, byte[] path, byte[] linkTarget) {
        if (coder == null || !linkTargets || coder.convert(linkTarget, linkTarget.length, converted) >= 0) {
            return true;
        }
        report.cannotConvertTarget(tree, path, coder.failure());
        return false;
    }
}
