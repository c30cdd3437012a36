package io.sluice.watcher.monitor;

import io.sluice.linux.FanotifyEvents;
import io.sluice.linux.FanotifyMask;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Programs that run. The kernel tells when a file is opened to be executed, and when an open file is closed that was not
 * written to; a running program's is closed when its last process ends. Others who read the file close it too: it counts
 * if it is the process that began, or if that is gone.
 */
final class Executions {
    private static final int MAX_FILES = 4096;

    private final Map<ByteBuffer, Set<Integer>> running = new LinkedHashMap<>();

    /** Whether an event may tell of the start or end of a program: most that somebody has read a file are of neither. */
    boolean concerns(FanotifyEvents events) {
        return events.has(FanotifyMask.OPEN_TO_EXECUTE)
                || (events.has(FanotifyMask.CLOSE_NO_WRITE) && !running.isEmpty() && running.containsKey(key(events)));
    }

    /** Adds what an event tells of the start and end of a program to its kinds. */
    void add(FanotifyEvents events, Set<ChangeKind> kinds) {
        if (!concerns(events)) {
            return;
        }
        boolean starts = events.has(FanotifyMask.OPEN_TO_EXECUTE);
        ByteBuffer file = key(events);
        if (starts) {
            kinds.add(ChangeKind.EXECUTION_STARTED);
            running.computeIfAbsent(file, key -> new HashSet<>()).add(events.pid());
            if (running.size() > MAX_FILES) {
                running.remove(running.keySet().iterator().next());
            }
        }
        Set<Integer> processes = running.get(file);
        if (events.has(FanotifyMask.CLOSE_NO_WRITE) && ends(processes, events.pid())) {
            kinds.add(ChangeKind.EXECUTION_STOPPED);
            running.values().removeIf(Set::isEmpty);
        }
    }

    private static boolean ends(@Nullable Set<Integer> processes, int pid) {
        return processes != null
                && (processes.remove(pid)
                        || processes.removeIf(
                                begun -> begun > 0 && ProcessHandle.of(begun).isEmpty()));
    }

    private static ByteBuffer key(FanotifyEvents events) {
        byte[] directory = events.directory(events.place());
        byte[] name = events.name(events.place());
        return ByteBuffer.allocate(directory.length + name.length)
                .put(directory)
                .put(name)
                .flip();
    }
}
