package io.sluice.watcher.command;

import io.sluice.watcher.config.NamedMirror;
import io.sluice.watcher.heal.Healer;
import io.sluice.watcher.mirror.Mirror;
import io.sluice.watcher.monitor.MonitorStatistics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The mirrors of a process by their sections' names. A reload leaves those alone whose sections say what they said before,
 * and of those that are mirrored to other places now the replicas that stay. Thread-safe.
 */
final class RunningMirrors {
    private final Function<String, MirrorLog> logs;
    private final MirrorStatus status;
    private final Map<String, RunningMirror> running = new LinkedHashMap<>();
    private boolean closed;

    /**
     * None yet.
     *
     * @param logs makes the log of a section
     * @param status shows how they stand
     */
    RunningMirrors(Function<String, MirrorLog> logs, MirrorStatus status) {
        this.logs = logs;
        this.status = status;
    }

    /**
     * Begins with these.
     *
     * @throws IOException if one of them cannot begin
     */
    synchronized void start(List<NamedMirror> mirrors) throws IOException {
        for (NamedMirror named : mirrors) {
            if (!closed) {
                start(named);
            }
        }
    }

    private void start(NamedMirror named) throws IOException {
        MirrorLog log = logs.apply(named.name());
        Mirror mirror = new Mirror(named.configuration(), status.listener(named, log));
        RunningMirror one = RunningMirror.of(named, mirror, log);
        running.put(named.name(), one);
        mirror.start();
        status.watching(named, mirror);
        one.healer().ifPresent(Healer::start);
        log.say("watching " + named.configuration().source() + by(mirror.monitorStatistics()));
    }

    private static String by(MonitorStatistics monitor) {
        String kind = " by " + monitor.kind().text();
        return monitor.directories() == 0 ? kind : kind + ": " + monitor.directories() + " directories";
    }

    /**
     * Makes them those that are asked for now: others end, new and changed ones begin. One that cannot begin is told and
     * keeps no other from it; and all insist, since what runs is not to end because a replica is down at this moment.
     */
    synchronized void reload(List<NamedMirror> mirrors) throws InterruptedException {
        if (closed) {
            return;
        }
        Map<String, NamedMirror> wanted = new LinkedHashMap<>();
        mirrors.forEach(mirror -> wanted.put(mirror.name(), mirror));
        List<RunningMirror> leaving = new ArrayList<>();
        running.values().removeIf(one -> {
            NamedMirror other = wanted.get(one.named().name());
            boolean leaves = other == null || !one.says(other);
            if (leaves) {
                leaving.add(one);
                status.remove(one.named());
                one.log()
                        .say(
                                other == null
                                        ? "ends: the configuration has it no more"
                                        : "begins anew: its section changed");
            }
            return leaves;
        });
        close(leaving);
        changeReplicas(wanted);
        for (NamedMirror named : mirrors) {
            if (!running.containsKey(named.name())) {
                try {
                    start(named.withInsist(true));
                } catch (IOException e) {
                    running.remove(named.name());
                    logs.apply(named.name()).complain(String.valueOf(e.getMessage()));
                }
            }
        }
    }

    /** What leaves one source may come to another: so all that leave do so before any comes. */
    private void changeReplicas(Map<String, NamedMirror> wanted) throws InterruptedException {
        List<RunningMirror> changed = new ArrayList<>(running.values());
        changed.removeIf(one -> one.hasReplicasOf(wanted(one, wanted)));
        atOnce(changed, one -> one.keepReplicasOf(wanted(one, wanted)));
        for (RunningMirror one : changed) {
            RunningMirror next = one.withReplicasOf(wanted(one, wanted));
            running.put(next.named().name(), next);
            status.replicas(next.named(), next.mirror());
        }
    }

    private static NamedMirror wanted(RunningMirror one, Map<String, NamedMirror> wanted) {
        return wanted.getOrDefault(one.named().name(), one.named());
    }

    /** What they do, in words. */
    synchronized String summary() {
        int replicas = running.values().stream()
                .mapToInt(one -> one.named().configuration().replicas().size())
                .sum();
        return "mirroring " + counted(running.size(), "source") + " to " + counted(replicas, "replica");
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** Ends them all, and whatever would begin. */
    synchronized void close() throws InterruptedException {
        closed = true;
        close(running.values());
        running.clear();
    }

    private static void close(Collection<RunningMirror> mirrors) throws InterruptedException {
        atOnce(mirrors, RunningMirror::close);
    }

    /** Something to be done with a mirror, which may take a while. */
    @FunctionalInterface
    private interface Task {
        void run(RunningMirror mirror) throws IOException;
    }

    /** With all at once, so that one that is slow does not delay the others. */
    private static void atOnce(Collection<RunningMirror> mirrors, Task task) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (RunningMirror one : mirrors) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    task.run(one);
                } catch (IOException e) {
                    one.log().complain(String.valueOf(e.getMessage()));
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
