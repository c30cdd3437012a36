package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Processor time and memory of processes, from {@code /proc} (see proc_pid_stat(5), proc_pid_status(5)).
 *
 * <p>A process belongs to the tree of another if that one's main thread started it, directly or not, and both are alive.
 * What a process used before it ended is in the figures of its parent, once that has waited for it.
 */
final class ProcessUsage {
    private static final Path PROC = Path.of("/proc");
    private static final long MILLIS_PER_TICK = 10; // USER_HZ is 100 on every architecture we run on
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

    // Indexes into stat after the parenthesised name, which is field 2.
    private static final int USER = 11;
    private static final int CHILDREN_SYSTEM = 14;
    private static final int CHILDREN_USER = 13;

    private ProcessUsage() {}

    /** User and system time of the processes of the tree and of all children they waited for; 0 if there is none. */
    static long cpuMillis(long pid) {
        long ticks = 0;
        for (long member : tree(pid)) {
            ticks += ticks(member, USER, CHILDREN_SYSTEM);
        }
        return ticks * MILLIS_PER_TICK;
    }

    /** User and system time of all children that this process has waited for. */
    static long waitedForMillis() {
        return ticks(ProcessHandle.current().pid(), CHILDREN_USER, CHILDREN_SYSTEM) * MILLIS_PER_TICK;
    }

    private static long ticks(long pid, int first, int last) {
        String stat = read(pid, "stat");
        int name = stat.lastIndexOf(')');
        if (name < 0) {
            return 0;
        }
        List<String> fields = List.of(stat.substring(name + 2).trim().split(" ", -1));
        long ticks = 0;
        for (int field = first; field <= last; field++) {
            ticks += Long.parseLong(fields.get(field));
        }
        return ticks;
    }

    /** The process and all its descendants that are alive. */
    static List<Long> tree(long pid) {
        List<Long> members = new ArrayList<>();
        members.add(pid);
        for (int next = 0; next < members.size(); next++) {
            long member = members.get(next);
            for (String child :
                    read(member, "task/" + member + "/children").trim().split(" ", -1)) {
                if (!child.isEmpty()) {
                    members.add(Long.parseLong(child));
                }
            }
        }
        return members;
    }

    /** The most memory the process had resident since it began or since {@link #forgetPeak}, in bytes; 0 if it has ended. */
    static long peakBytes(long pid) {
        String status = read(pid, "status");
        int at = status.indexOf("VmHWM:");
        if (at < 0) {
            return 0;
        }
        String value = status.substring(at + "VmHWM:".length(), status.indexOf("kB", at))
                .trim();
        return Long.parseLong(value) * 1024;
    }

    /** Makes the peak of a process what it has resident now. */
    static void forgetPeak(long pid) throws IOException {
        Files.writeString(PROC.resolve(pid + "/clear_refs"), "5");
    }

    /** Waits, for some seconds at most, until the process has no children and uses no processor time. */
    static void settle(long pid) {
        long deadline = System.nanoTime() + SETTLE_NANOS;
        long before = -1;
        long now = cpuMillis(pid);
        while ((now != before || tree(pid).size() > 1) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
            before = now;
            now = cpuMillis(pid);
        }
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(PROC.resolve(pid + "/" + file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // ESRCH: it ended while we read
        }
    }
}
