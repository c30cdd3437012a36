package io.sluice.watcher.mirror;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Commands around the moment at which a batch becomes visible. A shell runs them, with these variables:
 *
 * <pre>
 * SLUICE_SOURCE     the directory that is mirrored
 * SLUICE_PATHS      how many paths the batch has
 * SLUICE_LIST       a file with them, relative to the source, each with a NUL behind it; what stands for all below it ends in a slash
 * SLUICE_REPLICAS   after publish: how many have it
 * </pre>
 *
 * The list is their standard input, too.
 */
final class PublishHooks {
    /** A hook that takes longer has failed. */
    private static final long LIMIT_SECONDS = 60;

    private static final int MAX_TEXT = 1000;

    private final Path source;
    private final Publishing publishing;
    private final Consumer<String> complaints;

    /** @param complaints hears of an {@code after publish} that fails, which changes nothing */
    PublishHooks(Path source, Publishing publishing, Consumer<String> complaints) {
        this.source = source;
        this.publishing = publishing;
        this.complaints = complaints;
    }

    /** Hears whether a batch may become visible. */
    @FunctionalInterface
    interface Answer {
        /** It may not, because of {@code refusal}; null: it may. */
        void answer(@Nullable HookException refusal);
    }

    /** Asks {@code before publish}, on a thread of its own; without one, answers at once. */
    void before(PushPlan plan, Answer answer) {
        Optional<String> command = publishing.before();
        if (command.isEmpty()) {
            answer.answer(null);
            return;
        }
        start("before publish", () -> answer.answer(run("before publish", command.get(), plan, 0)));
    }

    /** Tells {@code after publish}, on a thread of its own. */
    void after(PushPlan plan, int replicas) {
        publishing
                .after()
                .ifPresent(command -> start("after publish", () -> {
                    HookException failure = run("after publish", command, plan, replicas);
                    if (failure != null) {
                        complaints.accept(failure.getMessage());
                    }
                }));
    }

    private static void start(String name, Runnable task) {
        Thread.ofPlatform().daemon().name(name).start(task);
    }

    private @Nullable HookException run(String name, String command, PushPlan plan, int replicas) {
        try {
            Path list = list(plan);
            try {
                return ended(name, start(command, list, plan, replicas));
            } finally {
                Files.deleteIfExists(list);
            }
        } catch (IOException e) {
            return new HookException(name + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new HookException(name + ": interrupted");
        }
    }

    private Process start(String command, Path list, PushPlan plan, int replicas) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of("/bin/sh", "-c", command))
                .redirectInput(list.toFile())
                .redirectErrorStream(true);
        var environment = builder.environment();
        environment.put("SLUICE_SOURCE", source.toString());
        environment.put("SLUICE_PATHS", String.valueOf(plan.paths().size()));
        environment.put("SLUICE_LIST", list.toString());
        if (replicas > 0) {
            environment.put("SLUICE_REPLICAS", String.valueOf(replicas));
        }
        return builder.start();
    }

    private static Path list(PushPlan plan) throws IOException {
        Path file = Files.createTempFile("sluice-publish", ".list"); // for the owner's eyes only
        try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (byte[] path : plan.singles()) {
                out.write(path);
                out.write(0);
            }
            for (byte[] path : plan.subtrees()) {
                out.write(path);
                out.write('/');
                out.write(0);
            }
        }
        return file;
    }

    /** Waits for its end; what it says is part of why it failed. */
    private static @Nullable HookException ended(String name, Process process)
            throws IOException, InterruptedException {
        Thread limit = Thread.ofPlatform().daemon().name(name + " limit").start(() -> {
            try {
                if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        String text;
        try (InputStream out = process.getInputStream()) {
            text = new String(out.readNBytes(MAX_TEXT), StandardCharsets.UTF_8).strip();
            out.transferTo(OutputStream.nullOutputStream());
        }
        int code = process.waitFor();
        limit.interrupt();
        if (code == 0) {
            return null;
        }
        return new HookException(name + ": exited with code " + code + (text.isEmpty() ? "" : ": " + text));
    }
}
