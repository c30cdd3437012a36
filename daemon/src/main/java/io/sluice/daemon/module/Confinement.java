package io.sluice.daemon.module;

import io.sluice.daemon.config.ModuleConfiguration;
import io.sluice.daemon.config.TreeRules;
import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.Errno;
import io.sluice.linux.Landlock;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.delta.Tokens;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * {@code landlock = yes}: the kernel keeps a transfer's threads from opening anything outside of the module, whatever else may fail to. They may read
 * what a Java program may need at any moment: the runtime, our own libraries, and the system's. Confined is a thread of the transfer's own, which is
 * never used again: there is no way back, and what a thread starts is confined with it.
 */
final class Confinement {
    private static final String[] SYSTEM = {"/usr", "/lib", "/lib64", "/etc", "/proc", "/sys", "/var/lib/sss", "/run"};
    private static final String DEVICES = "/dev";

    private Confinement() {}

    /** What is done in a module. */
    interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Refuses a module that asks for what the kernel does not have.
     *
     * @param version of the kernel's Landlock; 0: none
     */
    static void requireSupport(TreeRules rules, int version) throws RefusedException {
        if (rules.landlock() && version < Landlock.USABLE) {
            throw new RefusedException(
                    "landlock is not available",
                    "landlock = yes: version " + version + " of the kernel's Landlock (expected: " + Landlock.USABLE
                            + " or later, as of Linux 5.19; see /sys/kernel/security/lsm)");
        }
    }

    /** Does the work, on a confined thread if the rules say so. */
    static <T> T run(ModuleConfiguration module, Work<T> work) throws IOException {
        if (!module.tree().landlock()) {
            return work.run();
        }
        Tokens.loadLibraries(); // which may be unpacked for it
        FutureTask<T> task = new FutureTask<>(() -> {
            confine(module);
            return work.run();
        });
        Thread thread = Thread.ofPlatform()
                .name(Thread.currentThread().getName() + "-confined")
                .unstarted(task);
        thread.start();
        join(thread);
        if (task.state() == Future.State.SUCCESS) {
            return task.resultNow();
        }
        throw failure(task.exceptionNow());
    }

    /** What is no {@code IOException} is thrown by this. */
    private static IOException failure(Throwable failure) {
        return switch (failure) {
            case IOException e -> e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> new IOException(failure);
        };
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void confine(ModuleConfiguration module) throws IOException {
        try (Landlock landlock = Landlock.create()) {
            for (String directory : SYSTEM) {
                allow(landlock, directory, false);
            }
            for (String directory : Libraries.DIRECTORIES) {
                allow(landlock, directory, false);
            }
            allow(landlock, DEVICES, true);
            try (DirectoryHandle tree = DirectoryHandle.open(module.tree().path())) {
                landlock.allowAll(tree);
            }
            landlock.confineThread();
        }
    }

    /** What is not there needs no rule. */
    private static void allow(Landlock landlock, String directory, boolean all) throws IOException {
        try (DirectoryHandle handle = DirectoryHandle.open(directory.getBytes(StandardCharsets.UTF_8))) {
            if (all) {
                landlock.allowAll(handle);
            } else {
                landlock.allowReading(handle);
            }
        } catch (SystemCallException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    /** Where classes come from: found out once, before anybody is confined. */
    private static final class Libraries {
        static final Set<String> DIRECTORIES = directories();

        private Libraries() {}

        private static Set<String> directories() {
            Set<String> directories = new LinkedHashSet<>();
            directories.add(System.getProperty("java.home"));
            for (String property : new String[] {"java.class.path", "jdk.module.path"}) {
                for (String entry : System.getProperty(property, "").split(File.pathSeparator, -1)) {
                    if (!entry.isEmpty()) {
                        add(directories, Path.of(entry).toAbsolutePath());
                    }
                }
            }
            return directories;
        }

        private static void add(Set<String> directories, Path entry) {
            if (Files.isDirectory(entry)) {
                directories.add(entry.toString());
                return;
            }
            directories.add(String.valueOf(entry.getParent()));
            try (JarFile jar = new JarFile(entry.toFile())) {
                Manifest manifest = jar.getManifest();
                String more =
                        manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
                for (String word : more == null ? new String[0] : more.trim().split(" +", -1)) {
                    Path other = Path.of(entry.toUri().resolve(URI.create(word)));
                    directories.add(String.valueOf(other.getParent()));
                }
            } catch (IOException | IllegalArgumentException e) {
                // no library, so nothing is loaded from it
            }
        }
    }
}
