package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How the source may go. */
enum SourceLoss {
    MOVED_AWAY {
        @Override
        void go(Path site, Path real) throws Exception {
            Files.move(site, real.resolveSibling("old"));
        }

        @Override
        void comeBack(Path site, Path real) throws Exception {
            Files.move(real.resolveSibling("old"), site);
        }
    },
    /** What is left in its place is an empty directory, on the same file system. */
    UNMOUNTED {
        @Override
        void begin(Path site, Path real) throws Exception {
            KernelCase.fill(real);
            TreeRemoval.remove(site);
            Files.createDirectory(site);
            assumeTrue(run("mount", "--bind", real.toString(), site.toString()), "mounting needs root");
        }

        @Override
        void go(Path site, Path real) throws Exception {
            while (!run("umount", site.toString())) { // as long as something is being read
                Thread.onSpinWait();
            }
            assertThat(site).isEmptyDirectory();
        }

        @Override
        void comeBack(Path site, Path real) throws Exception {
            assertThat(run("mount", "--bind", real.toString(), site.toString())).isTrue();
        }

        @Override
        void end(Path site) throws Exception {
            run("umount", site.toString());
        }
    };

    void begin(Path site, Path real) throws Exception {}

    abstract void go(Path site, Path real) throws Exception;

    abstract void comeBack(Path site, Path real) throws Exception;

    void end(Path site) throws Exception {}

    static boolean run(String... command) throws Exception {
        return Processes.run(List.of(command), Path.of("/")).exitCode() == 0;
    }
}
