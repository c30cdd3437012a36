package io.sluice.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.Resolve;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A local user who exchanges, as fast as the kernel does it, an entry of a directory that he may write to with a symlink that leads out of it. What others
 * make of the entries meanwhile he puts right.
 */
final class Swapper implements AutoCloseable {
    private static final int BETWEEN_LOOKS = 32;

    private final Path root;
    private final byte[] below;
    private final byte[] name;
    private final byte[] evil = "evil-link".getBytes(ISO_8859_1);
    private final byte[][] targets;
    private final boolean directory;
    private final AtomicLong swaps = new AtomicLong();
    private final Thread thread;
    private volatile boolean stopped;
    private int made;

    private Swapper(Path root, String below, String name, boolean directory, String... targets) {
        this.root = root;
        this.below = below.getBytes(ISO_8859_1);
        this.name = name.getBytes(ISO_8859_1);
        this.directory = directory;
        this.targets = new byte[targets.length][];
        for (int i = 0; i < targets.length; i++) {
            this.targets[i] = targets[i].getBytes(ISO_8859_1);
        }
        thread = Thread.ofPlatform().daemon().name("swapper-" + name).start(this::run);
    }

    /** Swaps a directory in {@code below}, which is below {@code root}, with links to {@code targets} in turn. */
    static Swapper ofDirectory(Path root, String below, String name, String... targets) {
        return new Swapper(root, below, name, true, targets);
    }

    /** The same of a file. */
    static Swapper ofFile(Path root, String below, String name, String... targets) {
        return new Swapper(root, below, name, false, targets);
    }

    private void run() {
        while (!stopped) {
            try (DirectoryHandle top = DirectoryHandle.open(root.toString().getBytes(ISO_8859_1));
                    DirectoryHandle parent = top.openDirectory(below, Resolve.NO_SYMLINKS)) {
                putRight(parent);
                for (int i = 0; i < BETWEEN_LOOKS && !stopped; i++) {
                    parent.rename(name, parent, evil, DirectoryHandle.RENAME_EXCHANGE);
                    swaps.incrementAndGet();
                }
            } catch (IOException e) {
                Thread.onSpinWait(); // somebody else was there first; another look will tell
            }
        }
    }

    /** One of the two names is a link, the other what it was. */
    private void putRight(DirectoryHandle parent) throws IOException {
        if (!isLink(parent, evil) && !isLink(parent, name)) {
            byte[] fresh = ("fresh-" + made).getBytes(ISO_8859_1);
            parent.symlink(targets[made++ % targets.length], fresh);
            try {
                parent.rename(fresh, parent, evil, DirectoryHandle.RENAME_EXCHANGE);
            } catch (SystemCallException e) {
                parent.rename(fresh, parent, evil, DirectoryHandle.RENAME_NO_REPLACE);
            }
        }
        if (directory) {
            try {
                parent.makeDirectory(name, 0755);
            } catch (SystemCallException e) {
                // it is there
            }
        }
    }

    private static boolean isLink(DirectoryHandle parent, byte[] name) {
        try {
            return parent.readLink(name).length > 0;
        } catch (IOException e) {
            return false;
        }
    }

    long swaps() {
        return swaps.get();
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
