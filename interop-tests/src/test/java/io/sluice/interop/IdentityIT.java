package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Modules that are used as somebody else: owners, groups, modes and links on disk after a transfer, and what is refused, are the same with both daemons.
 * The trees are such that root could do all of it, so a daemon that forgot to become somebody else would leave other owners.
 */
class IdentityIT {
    private static final String MODULES = """
            read only = no
            numeric ids = yes
            [own]
            path = @HOME@/own
            uid = 12345
            gid = 12346 12347
            [named]
            path = @HOME@/named
            uid = daemon
            gid = *
            [more]
            path = @HOME@/more
            uid = daemon
            gid = *, 12347
            [uidonly]
            path = @HOME@/uidonly
            uid = 12345
            gid = root
            [stranger]
            path = @HOME@/own
            uid = 23456
            gid = 23457
            [rooted]
            path = @HOME@/rooted
            use chroot = yes
            uid = 12345
            gid = 12346
            """;

    private static final int OWNER = 12_345;
    private static final int GROUP = 12_346;
    private static final FileTime LONG_AGO = FileTime.fromMillis(987_654_321_000L);

    @TempDir
    Path directory;

    private Path source = Path.of("/");

    @BeforeEach
    void makeSource() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can act as somebody else");
        Files.setAttribute(directory, "unix:mode", 0711);
        source = Files.createDirectory(directory.resolve("source"));
        Path sub = Files.createDirectory(source.resolve("sub"));
        make(source.resolve("ofroot"), 0, 0, 0644);
        make(source.resolve("mine"), OWNER, GROUP, 0600);
        make(source.resolve("shared"), OWNER, GROUP + 1, 02755);
        make(source.resolve("foreign"), 777, 888, 04755);
        make(sub.resolve("secret"), 777, GROUP + 1, 0400);
        Files.createLink(source.resolve("link"), source.resolve("shared"));
        Files.createSymbolicLink(source.resolve("symbolic"), Path.of("mine"));
        attributes(sub, 777, GROUP, 02750);
        for (Path made : List.of(sub, source)) {
            Files.setLastModifiedTime(made, LONG_AGO);
        }
    }

    private static void make(Path file, int owner, int group, int mode) throws IOException {
        Files.writeString(file, file.getFileName().toString());
        attributes(file, owner, group, mode);
        Files.setLastModifiedTime(file, LONG_AGO);
    }

    private static void attributes(Path file, int owner, int group, int mode) throws IOException {
        Files.setAttribute(file, "unix:uid", owner);
        Files.setAttribute(file, "unix:gid", group);
        Files.setAttribute(file, "unix:mode", mode);
    }

    @Test
    void filesOnDiskAreTheModulesUsers() throws Exception {
        Map<String, String> ours = observe(Program.SLUICE);
        Map<String, String> theirs = observe(Program.RSYNC);
        assertThat(ours.keySet()).containsExactlyElementsOf(theirs.keySet());
        ours.forEach((what, seen) -> assertThat(seen).as(what).isEqualTo(theirs.get(what)));
        assertThat(ours.get("push own")).contains("ofroot 644 12345 12346 1", "shared 2755 12345 12347 2");
        assertThat(ours.get("stranger pushes")).startsWith("failed");
        assertThat(ours.get("stranger pulls")).startsWith("failed");
    }

    private Map<String, String> observe(Program program) throws Exception {
        Path home = Files.createDirectory(directory.resolve(program.name()));
        Files.setAttribute(home, "unix:mode", 0711);
        for (String name : List.of("own", "uidonly", "rooted")) {
            attributes(Files.createDirectory(home.resolve(name)), OWNER, GROUP, 0700);
        }
        for (String name : List.of("named", "more")) {
            attributes(Files.createDirectory(home.resolve(name)), 1, 1, 0700);
        }
        make(source.resolve("mine"), OWNER, GROUP, 0600);
        Map<String, String> seen = new LinkedHashMap<>();
        try (DaemonProcess daemon = DaemonProcess.start(program, home, MODULES)) {
            for (String module : List.of("own", "named", "more", "uidonly", "rooted")) {
                run(seen, "push " + module, home.resolve(module), "-aH", source + "/", daemon.url(module + "/"));
            }
            Path own = home.resolve("own");
            run(seen, "again with --chown", own, "-aH", "--chown=777:888", source + "/", daemon.url("own/"));
            make(source.resolve("mine"), 0, GROUP + 1, 0640);
            Files.writeString(source.resolve("mine"), "changed");
            run(seen, "--backup", own, "-aHb", "--suffix=.old", source + "/", daemon.url("own/"));
            run(seen, "--inplace", own, "-aHI", "--inplace", source + "/", daemon.url("own/"));
            run(seen, "--delay-updates", own, "-aHI", "--delay-updates", source + "/", daemon.url("own/"));
            run(seen, "-X -A", own, "-aHIXA", source + "/", daemon.url("own/"));
            run(seen, "stranger pushes", own, "-a", source + "/", daemon.url("stranger/new/"));
            run(seen, "stranger deletes", own, "-a", "--delete", source + "/sub/", daemon.url("stranger/"));
            run(seen, "stranger pulls", own, "-a", daemon.url("stranger/mine"), home + "/got/");
            assertThat(home.resolve("got/mine")).doesNotExist();
            atOnce(seen, daemon, home);
        }
        return seen;
    }

    /** Several of each at the same moment: nobody's files come out as somebody else's. */
    private void atOnce(Map<String, String> seen, DaemonProcess daemon, Path home) throws Exception {
        List<CompletableFuture<Integer>> running = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            for (String module : List.of("own", "named", "rooted", "stranger")) {
                String target = daemon.url(module + "/at-once-" + i + "/");
                running.add(CompletableFuture.supplyAsync(() -> code("-a", source + "/", target)));
            }
        }
        List<Integer> codes = new ArrayList<>();
        for (CompletableFuture<Integer> each : running) {
            codes.add(each.get());
        }
        seen.put("codes at once", codes.toString());
        for (String module : List.of("own", "named", "rooted")) {
            seen.put(module + " at once", tree(home.resolve(module)));
        }
    }

    private int code(String... arguments) {
        try {
            return Program.RSYNC.run(directory, arguments).exitCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void run(Map<String, String> seen, String what, Path tree, String... arguments) throws Exception {
        Program.Run run = Program.RSYNC.run(directory, arguments);
        String code = run.exitCode() == 0 ? "done" : "failed with " + run.exitCode();
        seen.put(what, code + "\n" + tree(tree));
    }

    private static String tree(Path root) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted().toList()) {
                Map<String, Object> unix =
                        Files.readAttributes(path, "unix:mode,uid,gid,nlink,size", LinkOption.NOFOLLOW_LINKS);
                boolean directory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
                text.append(root.relativize(path)).append(' ');
                text.append(Integer.toOctalString((int) Objects.requireNonNull(unix.get("mode")) & 07777))
                        .append(' ');
                text.append(unix.get("uid")).append(' ').append(unix.get("gid")).append(' ');
                text.append(directory ? "d" : unix.get("nlink") + " " + unix.get("size"))
                        .append('\n');
            }
        }
        return text.toString();
    }
}
