package io.sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.linux.Landlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two modules that differ in {@code landlock} alone, and follow links to anywhere by their configuration: what the first layer lets through shows what
 * the second stops.
 */
class LandlockIT {
    private static final String CONFIGURATION = """
            @ME@
            use chroot = no
            munge symlinks = no
            insecure links = yes
            read only = no
            lock file = @DIR@/lock
            log file = @DIR@/log
            transfer logging = yes
            post-xfer exec = echo $RSYNC_MODULE_NAME $RSYNC_EXIT_STATUS >> @DIR@/after
            [free]
            path = @TREE@
            [confined]
            path = @TREE@
            landlock = yes
            [elsewhere]
            path = @TREE@
            landlock = yes
            temp dir = /temporary
            """;

    @TempDir
    Path directory;

    private DaemonFixture fixture;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Landlock.version() >= Landlock.USABLE, "the kernel has no Landlock");
        RsyncProgram.requireInstalled();
        fixture = new DaemonFixture(directory, CONFIGURATION);
        Files.createDirectory(fixture.tree.resolve("temporary"));
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createSymbolicLink(fixture.tree.resolve("way"), outside);
        Files.writeString(fixture.tree.resolve("inside"), "inside ".repeat(1000));
        Files.createDirectories(fixture.tree.resolve("a/b"));
        Files.writeString(fixture.tree.resolve("a/b/c"), "c");
        for (String old : new String[] {"inside", "a/b/c", "a/b", "a"}) {
            Files.setLastModifiedTime(fixture.tree.resolve(old), FileTime.fromMillis(987_654_321_000L));
        }
    }

    @AfterEach
    void stop() throws IOException {
        if (fixture != null) {
            fixture.awaitIdle();
            fixture.close();
        }
    }

    private RsyncProgram.Result pull(String module, String path, String to) throws Exception {
        return RsyncProgram.run(
                "-a", fixture.url(module + "/" + path), directory.resolve(to).toString());
    }

    @Test
    void stopsWhatTheFirstLayerLetsThrough() throws Exception {
        assertThat(pull("confined", "way/secret", "got").code()).isEqualTo(23);
        assertThat(directory.resolve("got")).doesNotExist();
        assertThat(RsyncProgram.run("-a", directory + "/tree/inside", fixture.url("confined/way/"))
                        .code())
                .isNotZero();
        assertThat(directory.resolve("outside/inside")).doesNotExist();

        assertThat(pull("free", "way/secret", "got").code()).isZero(); // also after a connection that was confined
        assertThat(directory.resolve("got")).hasContent("secret");
        assertThat(RsyncProgram.run("-a", directory + "/tree/inside", fixture.url("free/way/"))
                        .code())
                .isZero();
        assertThat(directory.resolve("outside/inside")).exists();
    }

    /** Each of these needs classes and libraries that nothing has needed before. */
    @Test
    void breaksNothingOfWhatATransferNeeds() throws Exception {
        Path source = directory.resolve("tree");
        String[][] options = {
            {"-a"},
            {"-aHAX", "--delete"},
            {"-az"},
            {"-azc", "--compress-choice=lz4"},
            {"-a", "--compress-choice=zlib", "-z"},
            {"-aI", "--checksum-choice=md5", "--backup", "--backup-dir=old"},
            {"-aI", "--delay-updates"},
            {"-aI", "--inplace"},
            {"-aI", "--partial-dir=part", "--fuzzy"}
        };
        for (String module : new String[] {"confined", "elsewhere", "free"}) {
            for (String[] chosen : options) {
                String target = fixture.url(module + "/to-" + module + "/");
                String[] push = {"--exclude=to-*", source + "/", target};
                RsyncProgram.Result result = RsyncProgram.run(joined(chosen, push));
                assertThat(result.code())
                        .as(String.join(" ", chosen) + "\n" + result.output())
                        .isZero();
                String got = directory.resolve("from-" + module) + "/";
                result = RsyncProgram.run(joined(chosen, new String[] {target, got}));
                assertThat(result.code())
                        .as(String.join(" ", chosen) + "\n" + result.output())
                        .isZero();
                assertThat(directory.resolve("from-" + module + "/a/b/c")).hasContent("c");
            }
        }
        fixture.awaitIdle();
        assertThat(Files.readAllLines(directory.resolve("after")))
                .hasSize(2 * 3 * options.length)
                .allMatch(line -> line.endsWith(" 0"));
    }

    private static String[] joined(String[] first, String[] second) {
        String[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
