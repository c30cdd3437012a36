package io.sluice.watcher.doctor;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.Fanotify;
import io.sluice.linux.FanotifyMask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Whether fanotify works for a source, tried as a monitor would use it. */
@FunctionalInterface
interface FanotifyTrial {
    /** By the kernel's own answer. */
    FanotifyTrial KERNEL = source -> {
        try (Fanotify fanotify = Fanotify.open();
                DirectoryHandle directory =
                        DirectoryHandle.open(source.toString().getBytes(StandardCharsets.UTF_8))) {
            fanotify.markFileSystem(directory, FanotifyMask.DELETE);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    };

    /** Why it does not; empty: it does. */
    Optional<String> refusal(Path source);
}
