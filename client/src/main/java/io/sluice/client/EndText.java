package io.sluice.client;

import io.sluice.client.output.FailureLine.Role;
import io.sluice.protocol.options.DebugItem;
import io.sluice.protocol.options.ReportingOptions;
import java.util.ArrayList;
import java.util.List;

/** What {@code --debug=EXIT} tells at the end of the command. There is one place where it ends, which has rsync's form without a file and a line. */
final class EndText {
    private static final int ENTERED = 2;

    private EndText() {}

    /** @param dryRun nothing was changed */
    static List<String> of(int code, Role role, ReportingOptions reporting, boolean dryRun) {
        String opening = "[" + role.word() + "] _exit_cleanup(code=" + code + ", file=sluice, line=0): ";
        List<String> lines = new ArrayList<>();
        if (reporting.level(DebugItem.EXIT) >= ENTERED) {
            lines.add(opening + "entered");
        }
        if (reporting.level(DebugItem.EXIT) > 0) {
            lines.add(opening + "about to call exit(" + code + ")" + (dryRun ? " (DRY RUN)" : ""));
        }
        return lines;
    }

    /**
     * Returns what is told before the command waits for the other end's process.
     *
     * @param sends which rsync tells as part of another item
     */
    static List<String> ofWait(long process, boolean sends, ReportingOptions reporting) {
        boolean told = sends ? reporting.level(DebugItem.EXIT) >= ENTERED : reporting.level(DebugItem.RECV) > 0;
        return told ? List.of((sends ? "client_run" : "client_run2") + " waiting on " + process) : List.of();
    }
}
