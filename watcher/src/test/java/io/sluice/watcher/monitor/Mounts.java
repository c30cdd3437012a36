package io.sluice.watcher.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Mounts for tests; without the privilege, they fail. */
final class Mounts {
    private Mounts() {}

    static boolean mount(String type, Path at) throws Exception {
        return run("mount", "-t", type, "none", at.toString()) == 0;
    }

    static boolean bind(Path what, Path at) throws Exception {
        return run("mount", "--bind", what.toString(), at.toString()) == 0;
    }

    static boolean unmount(Path at) throws Exception {
        return run("umount", at.toString()) == 0;
    }

    static int run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
