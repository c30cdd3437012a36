package io.sluice.protocol.transfer;

import io.sluice.protocol.options.DebugItem;
import io.sluice.protocol.options.ReportingOptions;

/**
 * How one role tells what {@code --debug} (or more {@code -v}) asks for. Who has something to tell has a class for its texts, which asks here whether
 * they are wanted: the roles themselves know neither levels nor words.
 */
final class DebugVoice {
    private final Notices notices;
    private final ReportingOptions reporting;

    DebugVoice(Notices notices, ReportingOptions reporting) {
        this.notices = notices;
        this.reporting = reporting;
    }

    static DebugVoice of(Site site) {
        return new DebugVoice(site.notices(), site.options().reporting());
    }

    /** Returns how much of {@code item} is wanted: 0, nothing. */
    int level(DebugItem item) {
        return reporting.level(item);
    }

    void tell(String words) {
        notices.info(Text.of(words));
    }

    void tell(Text text) {
        notices.info(text);
    }

    /** With the role before it. */
    void tellAs(Text text) {
        notices.info(Text.of("[" + notices.role() + "] ").add(text));
    }

    /** From here on paths are relative to {@code directory}, which rsync makes its own. */
    void changedDirectory(byte[] directory) {
        if (level(DebugItem.CHDIR) > 0) {
            tellAs(Text.of("change_dir(")
                    .add(notices.label().absolute(directory))
                    .add(")"));
        }
    }

    /** rsync's word for the role. */
    String role() {
        return notices.role();
    }

    /** This process's number. */
    long process() {
        return ProcessHandle.current().pid();
    }
}
