package io.sluice.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thread that may reach {@code in} alone, beside one that may reach all. */
class LandlockTest {
    @TempDir
    Path directory;

    @BeforeEach
    void make() throws IOException {
        assumeTrue(Landlock.version() >= Landlock.USABLE, "the kernel has no Landlock");
        for (String name : new String[] {"in", "in/sub", "read", "out"}) {
            Files.writeString(Files.createDirectory(directory.resolve(name)).resolve("f"), name);
        }
    }

    private static byte[] bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8);
    }

    private interface Step {
        void run() throws IOException;
    }

    /** {@code ok}, or the error's number. */
    private static String tried(Step step) throws IOException {
        try {
            step.run();
            return "ok";
        } catch (SystemCallException e) {
            return e.errno() == Errno.EACCES ? "EACCES" : String.valueOf(e.errno());
        }
    }

    private List<String> use(DirectoryHandle root) throws IOException {
        List<String> outcomes = new ArrayList<>();
        for (String name : new String[] {"in", "in/sub", "read", "out"}) {
            outcomes.add(name + " read " + tried(() -> open(root, name + "/f", OpenFlags.READ_ONLY)));
            outcomes.add(
                    name + " make " + tried(() -> open(root, name + "/new", OpenFlags.WRITE_ONLY | OpenFlags.CREATE)));
        }
        byte[] from = "in/f".getBytes(StandardCharsets.UTF_8);
        outcomes.add("move "
                + tried(() -> root.rename(from, root, "in/sub/moved".getBytes(StandardCharsets.UTF_8), 0)));
        return outcomes;
    }

    private static void open(DirectoryHandle root, String name, int flags) throws IOException {
        root.openFile(name.getBytes(StandardCharsets.UTF_8), flags, 0600, Resolve.UNRESTRICTED)
                .close();
    }

    @Test
    void confinesItsThreadAndThoseItStartsAndNoOther() throws Exception {
        AtomicReference<List<String>> confined = new AtomicReference<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (DirectoryHandle root = DirectoryHandle.open(bytes(directory));
                DirectoryHandle in = DirectoryHandle.open(bytes(directory.resolve("in")));
                DirectoryHandle read = DirectoryHandle.open(bytes(directory.resolve("read")))) {
            Thread first = Thread.ofPlatform().start(() -> {
                try (Landlock rules = Landlock.create()) {
                    rules.allowAll(in);
                    rules.allowReading(read);
                    rules.confineThread();
                    Thread second = Thread.ofPlatform().start(() -> {
                        try {
                            confined.set(use(root));
                        } catch (IOException | RuntimeException e) {
                            failure.set(e);
                        }
                    });
                    second.join();
                } catch (IOException | InterruptedException e) {
                    failure.set(e);
                }
            });
            first.join();
            assertThat(failure.get()).isNull();
            assertThat(confined.get())
                    .containsExactly(
                            "in read ok",
                            "in make ok",
                            "in/sub read ok",
                            "in/sub make ok",
                            "read read ok",
                            "read make EACCES",
                            "out read EACCES",
                            "out make EACCES",
                            "move ok");
            Files.writeString(directory.resolve("in/f"), "again");
            assertThat(use(root)).allMatch(outcome -> outcome.endsWith(" ok"));
        }
    }
}
