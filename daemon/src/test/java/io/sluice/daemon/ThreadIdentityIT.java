package io.sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.linux.Identity;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the kernel says about the threads of this process while two users' modules are written to and read at the same moment. The clients are slowed
 * down, so that the transfers are under way when the threads are looked at.
 */
class ThreadIdentityIT {
    private static final int ONE = 12_345;
    private static final int OTHER = 23_456;

    private static final String CONFIGURATION = """
            use chroot = no
            read only = no
            lock file = @DIR@/lock
            timeout = 4
            [one]
            path = @DIR@/one
            uid = 12345
            gid = 12346 12347
            [other]
            path = @DIR@/other
            uid = 23456
            gid = 23457
            """;

    @TempDir
    Path directory;

    private DaemonFixture fixture;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Identity.currentUser() == 0, "only root can act as somebody else");
        RsyncProgram.requireInstalled();
        Files.setAttribute(directory, "unix:mode", 0711);
        for (String name : new String[] {"one", "other"}) {
            Path tree = Files.createDirectory(directory.resolve(name));
            int user = name.equals("one") ? ONE : OTHER;
            big(tree.resolve("big"));
            for (Path path : List.of(tree, tree.resolve("big"))) {
                Files.setAttribute(path, "unix:uid", user);
                Files.setAttribute(path, "unix:gid", user + 1);
                Files.setAttribute(path, "unix:mode", 0700);
            }
        }
        big(directory.resolve("source"));
        fixture = new DaemonFixture(directory, CONFIGURATION);
    }

    private static void big(Path file) throws IOException {
        try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "rw")) {
            random.setLength(64 << 20);
        }
    }

    @AfterEach
    void stop() throws IOException {
        if (fixture != null) {
            fixture.close();
        }
    }

    /** A thread as the kernel knows it. */
    private record Task(String name, int user, int group, String groups) {
        boolean isForeign() {
            return user != 0 || group != 0 || groups.contains("12347");
        }
    }

    private static List<Task> tasks() throws IOException {
        List<Task> tasks = new ArrayList<>();
        try (Stream<Path> ids = Files.list(Path.of("/proc/self/task"))) {
            for (Path id : ids.toList()) {
                try {
                    tasks.add(task(Files.readAllLines(id.resolve("status"))));
                } catch (NoSuchFileException e) {
                    // it has just ended
                }
            }
        }
        return tasks;
    }

    private static Task task(List<String> status) {
        String[] values = new String[4];
        for (String line : status) {
            String[] words = line.split("\\s+", -1);
            switch (words[0]) {
                case "Name:" -> values[0] = words[1];
                case "Uid:" -> values[1] = words[4];
                case "Gid:" -> values[2] = words[4];
                case "Groups:" -> values[3] = line.substring("Groups:".length()).strip();
                default -> {}
            }
        }
        return new Task(values[0], Integer.parseInt(values[1]), Integer.parseInt(values[2]), values[3]);
    }

    private static long count(String name, int user) {
        try {
            return tasks().stream()
                    .filter(task -> task.name.startsWith(name) && task.user == user)
                    .count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void eachThreadOfATransferIsItsModulesUserAndNoOther() throws Exception {
        List<Process> clients = new ArrayList<>();
        try {
            for (String module : new String[] {"one", "other"}) {
                clients.add(client("--bwlimit=100", directory.resolve("source").toString(), fixture.url(module + "/")));
                clients.add(client(
                        "--bwlimit=100",
                        fixture.url(module + "/big"),
                        directory.resolve("got-" + module).toString()));
            }
            for (int user : new int[] {ONE, OTHER}) {
                DaemonFixture.await(() -> count("transfer-", user) == 2, "no two transfers as " + user);
                DaemonFixture.await(() -> count("rsync-receiver", user) == 1, "no receiver as " + user);
                DaemonFixture.await(() -> count("rsync-input", user) > 0, "nobody who reads ahead as " + user);
            }
            // Timeouts are watched by a thread that outlives the connection that is the first to need it.
            DaemonFixture.await(() -> count("sluice-timeout", 0) == 1, "nobody who watches timeouts");
            for (Task task : tasks()) {
                boolean ofTransfer = task.name.startsWith("transfer-") || task.name.startsWith("rsync-");
                assertThat(task.isForeign()).as(task.toString()).isEqualTo(ofTransfer);
                if (ofTransfer) {
                    assertThat(task.group).as(task.toString()).isEqualTo(task.user + 1);
                    assertThat(task.groups).as(task.toString()).isEqualTo(task.user == ONE ? "12346 12347" : "23457");
                }
            }
        } finally {
            for (Process client : clients) {
                client.descendants().forEach(ProcessHandle::destroyForcibly); // a receiver has one
                client.destroyForcibly().waitFor();
            }
        }
        fixture.awaitIdle();
        DaemonFixture.await(ThreadIdentityIT::everyoneIsRoot, "somebody is left who is not root");
    }

    private static boolean everyoneIsRoot() {
        try {
            return tasks().stream().noneMatch(Task::isForeign);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Process client(String... arguments) throws IOException {
        return RsyncProgram.start(Map.of(), arguments);
    }
}
