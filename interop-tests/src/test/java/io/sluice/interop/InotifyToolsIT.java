package io.sluice.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The original inotifywait and inotifywatch and ours see the same edits, each in a directory of its own that looks the same,
 * and say the same letter for letter. A pass is not vacuous: each run of the original must have said something about each
 * step of the edits before the next one is made, as its answer is what the next step waits for.
 */
@Timeout(120)
class InotifyToolsIT {
    private static final Path WAIT = Path.of("/usr/bin/inotifywait");
    private static final Path WATCH = Path.of("/usr/bin/inotifywatch");
    private static final Path FANOTIFY_WAIT = Path.of("/usr/bin/fsnotifywait");
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final String READY = "established";

    /**
     * Each is told before the next one begins. None makes an event twice in a row: the kernel makes one of the two if nobody
     * reads in between.
     */
    private static final List<String> STEPS = List.of(
            "echo a > t/f; chmod 600 t/f; touch t/out/never",
            "mv t/f t/g; echo b >> t/g; head -c 1 t/g > /dev/null; ln -s x t/link; touch -h t/link",
            "mkdir t/new",
            "echo x > t/new/x; mkdir t/new/deep",
            "touch t/new/deep/y; mv t/new t/new2",
            "touch t/new2/z t/new2/deep/w; mv t/new2/deep t/sub/",
            "touch t/sub/deep/v; touch 't/a,b' 't/c\"d' 't/ e '",
            "mv empty t/in",
            "touch t/in/i; rm t/sub/deep/v t/sub/deep/w t/sub/deep/y; rmdir t/sub/deep t/sub",
            "rm t/old; rm t/new2/x t/new2/z; rmdir t/new2");

    /** None uses a directory that was renamed: by fanotify the original tells names in it as they were before. */
    private static final List<String> FANOTIFY_STEPS = List.of(
            "echo a > t/f; chmod 600 t/f; touch t/out/never",
            "mv t/f t/g; echo b >> t/g; head -c 1 t/g > /dev/null; ln -s x t/link; touch -h t/link",
            "mkdir t/new",
            "echo x > t/new/x; mkdir t/new/deep",
            "touch t/new/deep/y t/sub/z 't/a b'",
            "mv empty t/in",
            "touch t/in/i; rm t/new/deep/y; rmdir t/new/deep; echo y >> t/old",
            "rm t/old; mv t/sub t/moved");

    private static final int USR1 = 10;

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    @BeforeEach
    void needsTheOriginal() {
        Assumptions.assumeTrue(
                Files.isExecutable(WAIT) && Files.isExecutable(WATCH),
                "inotifywait is not installed (package inotify-tools)");
    }

    private WatchingProgram original(Path program, String arguments) throws IOException, InterruptedException {
        return WatchingProgram.start(directory.resolve("original"), List.of(program.toString()), arguments);
    }

    private WatchingProgram ours(Path program, String arguments) throws IOException, InterruptedException {
        return WatchingProgram.start(
                directory.resolve("ours"), Launch.command(program.getFileName().toString()), arguments);
    }

    /** Makes the steps; after each one, a mark in a directory that is watched too, which is told last. */
    private static String monitored(WatchingProgram worker) throws IOException, InterruptedException {
        worker.await("the watches", told -> told.err().contains(READY));
        return monitoredWithMarks(worker, STEPS)
                .lines()
                .filter(line -> !line.contains("mark"))
                .reduce("", (a, b) -> a + b + "\n");
    }

    private static String monitoredWithMarks(WatchingProgram worker, List<String> steps)
            throws IOException, InterruptedException {
        int mark = 0;
        for (String step : steps) {
            String name = "step" + mark++;
            worker.shell(step);
            worker.shell("mkdir mark/" + name);
            worker.await(step, told -> told.out().contains(name));
        }
        return worker.out();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-m t mark",
                "-mr t mark",
                "-mr t/ ./mark",
                "-mrc t mark",
                "-mr -e modify,delete,create,attrib --timefmt '%d/%m/%y' --format '%T %w%f%e' t mark",
                "-mr --format '%w|%f|%e|%:e|%%|%q|%n' -e create -e move,delete,close_write t mark",
                "-mr --excludei '(/G|Old)$' t mark",
                "-m t/old t/sub t mark",
                "-mrP -e all_events t mark @t/out"
            })
    void monitorsLikeTheOriginal(String arguments) throws Exception {
        try (WatchingProgram original = original(WAIT, arguments);
                WatchingProgram ours = ours(WAIT, arguments)) {
            String expected = monitored(original);
            String told = monitored(ours);
            assertThat(told).isEqualTo(expected);
            assertThat(told.lines().count()).isGreaterThan(5);
            assertThat(ours.err()).isEqualTo(original.err());
        }
    }

    /**
     * What is told by fanotify, step by step, in an order of its own: of what nobody has read yet of a file the kernel makes
     * one event, so what is one line for one program may be two for the other. Events that a directory tells of itself are
     * left out: the original tells them by the name that it was first seen by. It shows {@code (deleted)} behind what is gone.
     */
    private static List<String> facts(WatchingProgram worker) throws IOException, InterruptedException {
        List<String> facts = new ArrayList<>();
        Set<String> step = new TreeSet<>();
        worker.await("the watches", told -> told.err().contains(READY));
        for (String line : withoutHandles(monitoredWithMarks(worker, FANOTIFY_STEPS))
                .lines()
                .toList()) {
            String[] words = line.replace(worker.home() + "/", "")
                    .replace(" (deleted)", "")
                    .split(" ", 3);
            if (line.contains("/mark/")) {
                if (!step.isEmpty()) {
                    facts.add(step.toString());
                }
                step.clear();
            } else if (words.length == 3 && !words[2].isEmpty()) {
                for (String event : words[1].split(",", -1)) {
                    step.add(words[0] + words[2] + " " + event);
                }
            }
        }
        return facts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"-mr t mark", "-mr -e create,delete,move,close_write t mark", "-m t t/old t/sub mark"})
    void monitorsByFanotifyLikeTheOriginal(String arguments) throws Exception {
        assumeFanotify();
        try (WatchingProgram original = original(FANOTIFY_WAIT, arguments);
                WatchingProgram ours = ours(FANOTIFY_WAIT, arguments)) {
            List<String> expected = facts(original);
            assertThat(facts(ours)).isEqualTo(expected).hasSizeGreaterThan(5);
        }
    }

    private static void assumeFanotify() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(FANOTIFY_WAIT), "fsnotifywait is not installed");
        Assumptions.assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "fanotify needs root");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-e create t#touch t/x",
                "-c -e moved_to t#mv t/old t/x",
                "-S -e moved_to t#mv empty t/out/here",
                "-I t#touch t/x",
                "-t 1 t#true",
                "gone#true",
                "-r gone#true",
                "-S gone#true",
                "-e unmount t#true",
                "-S /proc#true"
            })
    void endsByFanotifyLikeTheOriginal(String scenario) throws Exception {
        assumeFanotify();
        String[] parts = scenario.split("#", 2);
        try (WatchingProgram original = original(FANOTIFY_WAIT, parts[0]);
                WatchingProgram ours = ours(FANOTIFY_WAIT, parts[0])) {
            WatchingProgram.Said expected = once(original, parts[1]);
            WatchingProgram.Said said = once(ours, parts[1]);
            assertThat(said.err()).isEqualTo(expected.err());
            assertThat(said.out().replace(ours.home() + "/", ""))
                    .isEqualTo(withoutHandles(expected.out()).replace(original.home() + "/", ""));
            assertThat(said.exitCode()).isEqualTo(expected.exitCode());
        }
    }

    /** The original shows, unless it is quiet, the handle of each directory when it first sees it. */
    private static String withoutHandles(String told) {
        return told.replaceAll("(?m)^\\[fid=.*\n", "");
    }

    /** A user of its own has limits of its own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "inotify_watches#inotifywait -r t",
                "inotify_watches#inotifywatch -rv t",
                "inotify_instances#inotifywait t",
                "inotify_instances#inotifywatch t"
            })
    void saysAtALimitWhatTheOriginalSays(String scenario) throws Exception {
        String[] parts = scenario.split("#", 2);
        Files.createDirectories(directory.resolve("t/sub/below"));
        List<String> asOther = List.of("unshare", "-Ur", "sh", "-c");
        String limit = "echo 0 > /proc/sys/user/max_" + parts[0];
        List<String> probe = new ArrayList<>(asOther);
        probe.add(limit);
        Assumptions.assumeTrue(
                Processes.run(probe, directory).exitCode() == 0, "nobody may have limits of his own here (unshare -U)");
        List<Program.Run> runs = new ArrayList<>();
        String[] words = parts[1].split(" ", 2);
        for (List<String> program : List.of(List.of("/usr/bin/" + words[0]), Launch.command(words[0]))) {
            List<String> command = new ArrayList<>(asOther);
            command.addAll(List.of(limit + "; exec \"$@\" " + words[1], "sh"));
            command.addAll(program);
            runs.add(Processes.run(command, directory));
        }
        assertThat(runs.getLast()).isEqualTo(runs.getFirst());
        assertThat(runs.getLast().exitCode()).isEqualTo(1);
        assertThat(runs.getLast().err()).contains("/proc/sys/fs/inotify/max_user_");
    }

    private WatchingProgram.Said once(WatchingProgram worker, String edit) throws Exception {
        worker.await("the watches", started -> started.err().contains(READY) || !started.isAlive());
        worker.shell(edit);
        return worker.end();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t#touch -d 2002-02-02 t/old",
                "-r -e create t#touch t/sub/x",
                "-e create t/sub#rmdir t/sub",
                "-e delete t/old#rm t/old",
                "-t 1 t#true",
                "-t 1 -e create t#touch t/old",
                "gone#true",
                "-r gone#true",
                "-c t#touch -d 2002-02-02 t/old",
                "--exclude '(' t#true",
                "--format %T t#true",
                "--bogus#true",
                "#true"
            })
    void endsLikeTheOriginal(String scenario) throws Exception {
        String[] parts = scenario.split("#", 2);
        try (WatchingProgram original = original(WAIT, parts[0]);
                WatchingProgram ours = ours(WAIT, parts[0])) {
            WatchingProgram.Said expected = once(original, parts[1]);
            WatchingProgram.Said said = once(ours, parts[1]);
            assertThat(said.err().replace("/usr/bin/", ""))
                    .isEqualTo(expected.err().replace("/usr/bin/", ""));
            assertThat(said.out()).isEqualTo(expected.out());
            assertThat(said.exitCode()).isEqualTo(expected.exitCode());
        }
    }

    /** Makes the steps; after each one, a mark in a directory that is watched too, until a table on SIGUSR1 has it. */
    private static WatchingProgram.Said counted(WatchingProgram worker) throws Exception {
        worker.await("the watches", started -> started.err().contains("Finished"));
        for (int step = 1; step <= STEPS.size(); step++) {
            worker.shell(STEPS.get(step - 1));
            worker.shell("ln -s x mark/new" + step);
            String row = "(?s).*\n" + step + " [ 0-9]* mark/\n.*";
            while (!worker.out().matches(row)) {
                int before = worker.out().length();
                worker.signal("USR1");
                worker.await(
                        "a table",
                        asked -> asked.out().length() > before
                                && (asked.out().endsWith("\n\n") || asked.out().isBlank()));
            }
        }
        worker.signal("INT");
        return worker.end();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-r t mark",
                "-rvz t mark",
                "-v -a access t t/old mark",
                "-rd open -e open -e close -e create -e move t mark",
                "-r --include 'new|sub' t mark"
            })
    void countsLikeTheOriginal(String arguments) throws Exception {
        // which would keep its tables until the end
        List<String> command = List.of("stdbuf", "-oL", WATCH.toString());
        try (WatchingProgram original = WatchingProgram.start(directory.resolve("original"), command, arguments);
                WatchingProgram ours = ours(WATCH, arguments)) {
            WatchingProgram.Said expected = counted(original);
            WatchingProgram.Said said = counted(ours);
            assertThat(lastTable(said)).isEqualTo(lastTable(expected)).contains("filename");
            assertThat(said.err()).isEqualTo(expected.err());
            assertThat(said.exitCode()).isEqualTo(expected.exitCode()).isZero();
        }
    }

    /** A script that starts one in the background ignores SIGINT on its behalf, and nohup SIGHUP; both end it all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"INT", "HUP", "TERM"})
    void countingEndsByASignalThatWasIgnoredAsItBegan(String signal) throws Exception {
        List<String> ignoring = List.of("env", "--ignore-signal=INT,HUP,TERM");
        try (WatchingProgram original = started("original", ignoring, List.of(WATCH.toString()));
                WatchingProgram ours = started("ours", ignoring, Launch.command("inotifywatch"))) {
            for (WatchingProgram worker : List.of(original, ours)) {
                worker.await("the watches", begun -> begun.err().contains("Finished"));
                worker.await("the last of its handlers", begun -> begun.hears(USR1));
                worker.signal(signal);
            }
            assertThat(ours.end()).isEqualTo(original.end());
        }
    }

    private WatchingProgram started(String home, List<String> wrapper, List<String> program) throws Exception {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(program);
        return WatchingProgram.start(directory.resolve(home), command, "-v t");
    }

    private static String lastTable(WatchingProgram.Said said) {
        return said.out().substring(said.out().lastIndexOf("\n\n") + 2);
    }

    @Test
    void aTimeOfCountingEndsByItself() throws Exception {
        try (WatchingProgram original = original(WATCH, "-t 1 t");
                WatchingProgram ours = ours(WATCH, "-t 1 t")) {
            assertThat(ours.end()).isEqualTo(original.end());
        }
    }

    @Test
    void inTheBackgroundEventsGoToAFile() throws Exception {
        Path tree = Files.createDirectories(directory.resolve("tree"));
        Path log = directory.resolve("log");
        List<String> command = Launch.command("inotifywait");
        command.addAll(List.of("-d", "-o", log.toString(), "-e", "create", "--format", "%f", tree.toString()));
        try {
            Program.Run run = Processes.run(command, directory);
            assertThat(run).isEqualTo(new Program.Run(0, "", ""));
            assertThat(background(tree)).hasSize(1);
            Files.createFile(tree.resolve("new"));
            long deadline = System.nanoTime() + DEADLINE_NANOS;
            while (Files.size(log) == 0 && System.nanoTime() < deadline) {
                LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
            }
            assertThat(log).hasContent("new\n");
        } finally {
            background(tree).forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** The processes that were started with this directory. */
    private static List<ProcessHandle> background(Path tree) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains(tree + "\0"))
                .toList();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"), ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
