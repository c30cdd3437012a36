package io.sluice.protocol.transfer;

import io.sluice.protocol.options.DebugItem;
import io.sluice.protocol.options.InfoItem;
import io.sluice.protocol.options.ReportingOptions;

/**
 * How much a role has to tell.
 *
 * @param names 1: what is changed; 2: also what is up to date
 * @param skips 1: names what an option leaves out
 * @param nonRegular names what is neither file, directory nor of a kind that is carried over
 * @param backups names what was kept under another name
 * @param fuzzy names files that serve as a basis though their names are others
 * @param items 0: items are not itemized; 1: those that change are; 2: all are
 */
record Verbosity(int names, int skips, boolean nonRegular, boolean backups, boolean fuzzy, int items) {
    static Verbosity of(ReportingOptions options) {
        return new Verbosity(
                options.level(InfoItem.NAME),
                options.level(InfoItem.SKIP),
                options.level(InfoItem.NONREG) > 0,
                options.level(InfoItem.BACKUP) > 0,
                options.level(DebugItem.FUZZY) > 0,
                options.itemLevel());
    }

    /** A destination that was created is named. */
    boolean namesDestination() {
        return names > 0 || items > 0;
    }

    /** Items without a change travel too. */
    boolean wantsUnchanged() {
        return names > 1 || items > 1;
    }
}
