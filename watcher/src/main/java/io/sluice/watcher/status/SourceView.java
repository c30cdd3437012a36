package io.sluice.watcher.status;

import io.sluice.watcher.monitor.MonitorStatistics;
import java.util.List;
import java.util.Optional;

/**
 * How a source stands, to be shown.
 *
 * @param name of its section; of its directory if it has none
 * @param path the directory
 * @param watching whether all of it is watched by now
 * @param monitor figures of what watches it
 * @param trouble what keeps it from being watched in full, in words
 */
record SourceView(
        String name,
        String path,
        boolean watching,
        MonitorStatistics monitor,
        Optional<String> trouble,
        List<ReplicaView> replicas) {
    SourceView {
        replicas = List.copyOf(replicas);
    }

    long behind() {
        return replicas.stream().filter(replica -> !replica.isInSync()).count();
    }

    /** How it is watched, in words. */
    String watched() {
        if (!watching) {
            return "not watched yet";
        }
        int directories = monitor.directories(); // none are known where none is watched for itself
        String what = directories == 0
                ? "watched"
                : Figures.count(directories) + (directories == 1 ? " directory watched" : " directories watched");
        String unwatched = monitor.unwatched() == 0
                ? ""
                : " (" + Figures.count(monitor.unwatched()) + " of them looked at now and then)";
        return what + " by " + monitor.kind().text() + unwatched;
    }
}
