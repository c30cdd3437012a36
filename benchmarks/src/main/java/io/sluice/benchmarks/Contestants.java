package io.sluice.benchmarks;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of what a live mirror is measured with. */
final class Contestants {
    private static final String RSYNC = "rsync";

    @Option(names = "--daemon", paramLabel = "NAME", description = "what the replicas run: ours or rsync (ours)")
    private String daemon = "ours";

    @Option(
            names = "--against",
            paramLabel = "NAME",
            description = "also measure lsyncd (with rsync; delays 1 and 0) or loop (inotifywait and rsync)")
    private List<String> against = new ArrayList<>();

    /** @throws IllegalArgumentException if there is no such daemon */
    void check() {
        if (!daemon.equals(RSYNC) && !daemon.equals("ours")) {
            throw new IllegalArgumentException("--daemon: " + daemon + " (expected: ours or rsync)");
        }
    }

    /** What the replicas run. */
    Program daemon() {
        return daemon.equals(RSYNC) ? Program.RSYNC : Program.OURS;
    }

    /**
     * Those that it is to be compared with; says which are left out.
     *
     * @throws IllegalArgumentException if one is unknown
     */
    List<LiveMirror> others() {
        List<LiveMirror> installed = new ArrayList<>();
        for (String name : against) {
            for (LiveMirror mirror : LiveMirror.named(name)) {
                if (mirror.isInstalled()) {
                    installed.add(mirror);
                } else {
                    System.out.println(mirror.label() + ": left out, not installed");
                }
            }
        }
        return installed;
    }
}
