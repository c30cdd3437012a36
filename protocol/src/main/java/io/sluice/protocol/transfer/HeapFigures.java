package io.sluice.protocol.transfer;

import io.sluice.protocol.options.InfoItem;
import io.sluice.protocol.options.ReportingOptions;

/** What {@code --info=stats3} tells of each role's memory, in rsync's words where the JVM's heap has such a figure. Roles of one process share a heap. */
final class HeapFigures {
    private static final int LEVEL = 3;

    private HeapFigures() {}

    /** Tells them, if they are asked for. */
    static void tell(Notices notices, ReportingOptions reporting, boolean server, String... roles) {
        if (reporting.level(InfoItem.STATS) < LEVEL) {
            return;
        }
        Runtime runtime = Runtime.getRuntime();
        long arena = runtime.totalMemory();
        long free = runtime.freeMemory();
        for (String role : roles) {
            notices.info(new Text());
            notices.info(Text.of("rsync[" + ProcessHandle.current().pid() + "] (" + (server ? "server " : "") + role
                    + ") heap statistics:"));
            line(notices, "arena", arena, "(bytes from the system)");
            line(notices, "allmem", arena, "(bytes from the system)");
            line(notices, "uordblks", arena - free, "(bytes used)");
            line(notices, "fordblks", free, "(bytes free)");
        }
    }

    private static void line(Notices notices, String name, long figure, String meaning) {
        String number = Long.toString(figure);
        String label = "  " + name + ":";
        notices.info(Text.of(
                label + " ".repeat(Math.max(1, 23 - label.length() - number.length())) + number + "   " + meaning));
    }
}
