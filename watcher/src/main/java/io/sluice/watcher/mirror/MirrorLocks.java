package io.sluice.watcher.mirror;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.FileLock;
import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import io.sluice.linux.Resolve;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What keeps two mirrors from one source and from one replica, where they would undo each other's work: a lock on a file
 * for each, in a directory that all mirrors of a user know. A crash ends the locks; an end removes the files.
 */
final class MirrorLocks implements AutoCloseable {
    private static final int MODE = 0600;
    private static final int MAX_TEXT = 200;
    private static final int NAME_BYTES = 12;
    /** The place of no replica. */
    private static final String SOURCE = "";

    private final Path shown;
    private final DirectoryHandle directory;
    private final List<Held> held = new ArrayList<>();

    /**
     * A file that this mirror has locked.
     *
     * @param replica the place that it stands for; empty: for the source
     */
    private record Held(String replica, byte[] name, OpenFile file) {}

    private MirrorLocks(Path shown, DirectoryHandle directory) {
        this.shown = shown;
        this.directory = directory;
    }

    /**
     * Takes the locks of a mirror.
     *
     * @throws IOException if another mirror has one of them, or the directory cannot be used
     */
    static MirrorLocks take(Path directory, MirrorConfiguration configuration) throws IOException {
        MirrorLocks locks = new MirrorLocks(
                directory, DirectoryHandle.open(directory.toString().getBytes(StandardCharsets.UTF_8)));
        try {
            locks.lock("source", configuration.source().toRealPath().toString(), SOURCE);
            locks.add(configuration.replicas());
            return locks;
        } catch (IOException | RuntimeException e) {
            locks.close();
            throw e;
        }
    }

    /**
     * Takes the locks of those replicas that it does not have; all or none.
     *
     * @throws IOException if another mirror has one of them
     */
    synchronized void add(List<Replica> replicas) throws IOException {
        int before = held.size();
        Set<String> places = held.stream().map(Held::replica).collect(Collectors.toSet());
        try {
            for (Replica replica : replicas) {
                if (places.add(replica.place())) {
                    lock("replica", replica.place(), replica.place());
                }
            }
        } catch (IOException | RuntimeException e) {
            for (Held one : List.copyOf(held.subList(before, held.size()))) {
                release(one);
            }
            throw e;
        }
    }

    /** Gives up the locks of all other replicas. */
    synchronized void keep(List<Replica> replicas) throws IOException {
        Set<String> places = replicas.stream().map(Replica::place).collect(Collectors.toSet());
        places.add(SOURCE);
        for (Held one : List.copyOf(held)) {
            if (!places.contains(one.replica)) {
                release(one);
            }
        }
    }

    private void release(Held one) throws IOException {
        held.remove(one);
        directory.unlink(one.name); // while it is locked: nobody else's
        one.file.close();
    }

    private void lock(String kind, String what, String replica) throws IOException {
        String file = kind + "-" + digest(what) + ".lock";
        byte[] name = file.getBytes(StandardCharsets.US_ASCII);
        while (true) {
            OpenFile opened = directory.openFile(
                    name, OpenFlags.READ_WRITE | OpenFlags.CREATE | OpenFlags.NO_FOLLOW, MODE, Resolve.NO_SYMLINKS);
            boolean ours = false;
            try {
                if (!FileLock.OPEN_FILE.tryLock(opened, 0, 0)) {
                    throw new IOException(kind + ": " + what + " (expected: one mirror; " + owner(opened)
                            + " has it; lock file: " + shown.resolve(file) + ")");
                }
                ours = isStillNamed(name, opened);
            } finally {
                if (!ours) {
                    opened.close();
                }
            }
            if (ours) {
                held.add(new Held(replica, name, opened));
                sign(opened);
                return;
            }
        }
    }

    /** Whoever had it may have removed the file between our opening and our locking it. */
    private boolean isStillNamed(byte[] name, OpenFile opened) throws IOException {
        FileStatus ours = new FileStatus();
        FileStatus named = new FileStatus();
        opened.status(ours);
        return directory.status(name, false, named) && ours.isSameFile(named);
    }

    private static void sign(OpenFile file) throws IOException {
        byte[] text = ("process " + ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
        file.truncate(0);
        file.pwrite(0, text, 0, text.length);
    }

    private static String owner(OpenFile file) throws IOException {
        byte[] text = new byte[MAX_TEXT];
        int length = file.pread(0, text, 0, text.length);
        String said = new String(text, 0, Math.max(0, length), StandardCharsets.US_ASCII);
        return said.matches("process \\d+") ? said : "another process";
    }

    private static String digest(String text) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            for (Held one : List.copyOf(held)) {
                release(one);
            }
        } finally {
            held.clear();
            directory.close();
        }
    }
}
