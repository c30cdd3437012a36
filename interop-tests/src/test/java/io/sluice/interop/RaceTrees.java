package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The trees of one row of a race, which no other row ever has: a source, a module, a canary beside the module, a place for what is pulled; and the local user who
 * swaps {@code d} and {@code d/leaf} of the module for links to the canary.
 */
final class RaceTrees implements AutoCloseable {
    private static final FileTime OLD = FileTime.from(Instant.ofEpochSecond(1_400_000_000));
    private static final int SWAPS_ENOUGH = 100;

    private final Path directory;
    private final Path source;
    private final Path module;
    private final Path pulled;
    private final Path few;
    private final Canary canary;
    private final List<Swapper> swappers = new ArrayList<>();
    private final List<Refill> refills = new ArrayList<>();

    RaceTrees(Path directory) throws IOException {
        this.directory = directory;
        source = directory.resolve("source");
        makeTree(source.resolve("d"));
        Files.writeString(source.resolve("top"), "top");
        module = directory.resolve("outer/module");
        makeTree(module.resolve("d"));
        pulled = Files.createDirectories(directory.resolve("pulled"));
        few = directory.resolve("few");
        Files.createDirectories(few.resolve("d/sub"));
        canary = Canary.make(directory.resolve("outer/canary"), source.resolve("d"));
    }

    private static void makeTree(Path root) throws IOException {
        Files.createDirectories(root.resolve("sub/deep"));
        for (String name : List.of("leaf", "other", "sub/a", "sub/b", "sub/deep/c")) {
            Path file = Files.writeString(root.resolve(name), "what everybody may know of " + name);
            Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
                    .write("known", ByteBuffer.wrap(new byte[] {'x'}));
            Files.setLastModifiedTime(file, OLD);
        }
        Files.createLink(root.resolve("hard"), root.resolve("other"));
        Files.createSymbolicLink(root.resolve("link"), Path.of("leaf"));
    }

    Path directory() {
        return directory;
    }

    Path source() {
        return source;
    }

    Path module() {
        return module;
    }

    Path pulled() {
        return pulled;
    }

    /** A source of next to nothing. */
    Path few() {
        return few;
    }

    Canary canary() {
        return canary;
    }

    /** Begins to swap. */
    void attack() {
        String outside = canary.root().toString();
        swappers.add(Swapper.ofDirectory(module, ".", "d", outside, "../canary"));
        swappers.add(Swapper.ofFile(module, "d", "leaf", outside + "/leaf", "../../canary/leaf"));
    }

    /** Begins to make more trees in the module, for others to delete. */
    void refill() {
        refills.add(new Refill(module));
    }

    /** Ends all that was begun; there is something to look at after that alone. */
    void endAttack(String by) {
        long swaps = swappers.stream().mapToLong(Swapper::swaps).sum();
        close();
        assertThat(swaps).as("swaps during " + by).isGreaterThan(SWAPS_ENOUGH);
    }

    void assertNothingLed(String by) throws IOException {
        canary.assertUntouched(by);
        canary.assertNowhereIn(module, by);
        canary.assertNowhereIn(pulled, by);
    }

    @Override
    public void close() {
        swappers.forEach(Swapper::close);
        swappers.clear();
        refills.forEach(Refill::close);
        refills.clear();
    }

    /** Makes them as fast as it can, and no more than there is time to delete. */
    private static final class Refill implements AutoCloseable {
        private static final int MOST = 64;

        private final Path module;
        private final Thread thread;
        private volatile boolean stopped;

        Refill(Path module) {
            this.module = module;
            thread = Thread.ofPlatform().daemon().name("refill").start(this::run);
        }

        private void run() {
            for (int i = 0; !stopped; i = (i + 1) % MOST) {
                try {
                    makeTree(module.resolve("d-" + i).resolve("d"));
                } catch (IOException e) {
                    // it is there still, or was deleted meanwhile
                }
            }
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
}
