package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** New directories for trees and logs, and the processes that work on them; all end with it, and with this process. */
final class Workspace implements AutoCloseable {
    private static final String PREFIX = "sluice-benchmark-";
    private static final int GRACE_SECONDS = 10;

    private final Path top;
    private final Path away;
    private final ConcurrentLinkedDeque<Process> processes = new ConcurrentLinkedDeque<>();
    private final Thread hook = Thread.ofPlatform().unstarted(this::clear);

    private Workspace(Path top, Path away) {
        this.top = top;
        this.away = away;
    }

    static Workspace create(Path parent) throws IOException {
        Path top = Files.createTempDirectory(parent, PREFIX);
        Workspace workspace = new Workspace(top, Files.createTempDirectory(PREFIX));
        Runtime.getRuntime().addShutdownHook(workspace.hook);
        return workspace;
    }

    Path path(String name) {
        return top.resolve(name);
    }

    /**
     * A place below the system's directory for temporary files, which should be on another file system: a mirror that watches
     * all of its source's file system would hear of what the replicas write, as none does whose replicas are other machines.
     */
    Path pathAway(String name) {
        return away.resolve(name);
    }

    /** Starts a process that ends with the workspace at the latest. */
    Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** Asks a process and its descendants to end, and insists if they have not after some seconds. */
    void end(Process process) {
        var descendants = process.descendants().toList();
        process.destroy();
        descendants.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
        processes.remove(process);
    }

    @Override
    public void close() throws IOException {
        Runtime.getRuntime().removeShutdownHook(hook);
        processes.forEach(this::end);
        delete(top);
        delete(away);
    }

    private void clear() {
        processes.forEach(this::end);
        try {
            delete(top);
            delete(away);
        } catch (IOException e) {
            System.err.println("not removed: " + top + ", " + away + " (" + e.getMessage() + ")");
        }
    }

    /** Removes a tree, if it is there. */
    static void delete(Path tree) throws IOException {
        try {
            Files.walkFileTree(tree, new Remover());
        } catch (NoSuchFileException e) {
            if (Files.exists(tree)) {
                throw e;
            }
        }
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
