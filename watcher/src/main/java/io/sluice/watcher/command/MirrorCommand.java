package io.sluice.watcher.command;

import io.sluice.linux.ServiceManager;
import io.sluice.linux.Signals;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.FailureText;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.config.Findings;
import io.sluice.watcher.config.ExampleFile;
import io.sluice.watcher.config.MirrorFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** {@code sluice mirror}. */
public final class MirrorCommand {
    private static final String DEFAULT_FILE = "/etc/sluice/mirror.conf";
    private static final String USAGE = """
            Usage: sluice mirror [OPTION]... SRC DEST...
                   sluice mirror [-q] [-v] [--no-insist] --config FILE
                   sluice mirror --check FILE
                   sluice mirror init [FILE]
            Keeps each DEST equal to the directory SRC: at first in full, then whatever changes, at once.
            DEST is rsync://[user@]host[:port]/module[/path], [user@]host::module[/path] or [user@]host:path.

              --config FILE        status address, status token file; then a section for each source, in the
                                   dialect of rsyncd.conf:
                                   path, replicas, password file, exclude, include, filter, exclude from,
                                   include from, options, compress, quiet period, growing interval, settle,
                                   max delay, max dirty memory, insist, max backoff, resync after, timeout,
                                   connect timeout, verify interval, publish, together deadline, before publish, after publish,
                                   monitor, poll interval; SIGHUP reads it anew
              --check FILE         tell all that is wrong with such a file; exit code 1 if it cannot be used
              init [FILE]          write such a file to begin with (/etc/sluice/mirror.conf)
              --quiet-period TIME  push a file that stays open when it has not changed for so long (2s)
              --growing-interval TIME  push a file that stays open and goes on changing so often (30s; 0: never)
              --settle TIME        collect changes for so long before they are pushed together (3ms)
              --max-backoff TIME   longest pause between attempts to reach a replica (30s)
              --no-insist          end at once, with rsync's exit code, if a replica cannot be reached at the start or
                                   refuses (--insist: try again and again, which is the default)
              --timeout TIME       give up a push when nothing is heard for so long (60s)
              --contimeout TIME    give up connecting after so long (10s)
              --status-address HOST:PORT  tell at this address how the mirror stands (see sluice status)
              --status-token-file FILE    whoever asks must show this file's first line; needed unless the
                                   address is of this host alone (127.0.0.1)
              -v                   show each path
              -q                   show only what is wrong
              -h, --help           show this

            Other options are rsync's (-a is always on), such as -z, --exclude, --filter, --password-file, --bwlimit.
            Times are like 5ms, 0.5, 30s, 2m or 6h.
            """;

    private MirrorCommand() {}

    /**
     * Runs mirrors until the process is told to end (SIGTERM, SIGINT), which finishes what is under way.
     *
     * @param arguments those after {@code mirror}
     * @param environment the process's variables
     * @param out standard output: a line for each push
     * @param err standard error: a line for each thing that is wrong
     * @return the exit code
     */
    public static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        try {
            if (!arguments.isEmpty() && arguments.getFirst().equals("init")) {
                return init(arguments.subList(1, arguments.size()), out);
            }
            MirrorRequest request = MirrorRequest.read(arguments, environment);
            if (request.help()) {
                out.print(USAGE);
                return ExitCode.OK.value();
            }
            if (request.check().isPresent()) {
                return check(request.check().get(), environment, out);
            }
            runMirrors(request, environment, out, err);
            return ExitCode.OK.value();
        } catch (TransferException e) {
            err.println("sluice mirror: " + e.getMessage());
            return e.exitCode().value();
        } catch (IOException e) {
            err.println("sluice mirror: " + FailureText.of(e));
            return ExitCode.FILE_SELECT.value();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.SIGNAL.value();
        }
    }

    private static int init(List<String> operands, PrintStream out) throws IOException {
        if (operands.equals(List.of("--help")) || operands.equals(List.of("-h"))) {
            out.print(USAGE);
            return ExitCode.OK.value();
        }
        if (operands.size() > 1 || (!operands.isEmpty() && operands.getFirst().startsWith("-"))) {
            throw new TransferException(ExitCode.SYNTAX, "init: " + operands + " (expected: one file, or nothing)");
        }
        Path file = Path.of(operands.isEmpty() ? DEFAULT_FILE : operands.getFirst());
        try {
            ExampleFile.write(file);
        } catch (FileAlreadyExistsException e) {
            throw new TransferException(ExitCode.SYNTAX, file + ": is there already (expected: a new file)", e);
        }
        out.println(file + " is there: say in it what to mirror and where to, then: sluice mirror --check " + file);
        return ExitCode.OK.value();
    }

    private static int check(Path file, Map<String, String> environment, PrintStream out) throws IOException {
        Findings findings = MirrorFile.check(file, environment);
        findings.report(file.toString()).forEach(out::println);
        return findings.hasErrors() ? ExitCode.SYNTAX.value() : ExitCode.OK.value();
    }

    private static void runMirrors(
            MirrorRequest request, Map<String, String> environment, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        Clock clock = Clock.system(ZoneId.systemDefault());
        ServiceManager manager = new ServiceManager(environment);
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    manager.stopping();
                    end(told, ended);
                },
                "mirror end");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            runUntil(told, request, environment, new Surroundings(manager, clock, out, err));
        } finally {
            ended.countDown(); // whatever happened: the process ends no sooner than the hook
        }
    }

    /** What a run of mirrors talks to. */
    private record Surroundings(ServiceManager manager, Clock clock, PrintStream out, PrintStream err) {}

    private static void runUntil(
            CountDownLatch told, MirrorRequest request, Map<String, String> environment, Surroundings around)
            throws IOException, InterruptedException {
        ServiceManager manager = around.manager();
        MirrorLog log = new MirrorLog("", request.loudness(), around.clock(), around.out(), around.err());
        MirrorStatus status = MirrorStatus.start(request.status());
        status.address().ifPresent(address -> log.say("status page at http://" + address + "/"));
        RunningMirrors mirrors = new RunningMirrors(
                section -> new MirrorLog(section, request.loudness(), around.clock(), around.out(), around.err()),
                status);
        try (status) {
            CountDownLatch started = new CountDownLatch(1);
            if (request.config().isPresent()) {
                Reload reload = new Reload(request.config().get(), environment, mirrors, log, request.status());
                Signals.handleInherited("HUP", () -> {
                    if (await(started)) {
                        manager.reloading();
                        reload.run();
                        manager.ready(mirrors.summary());
                    }
                });
            }
            mirrors.start(request.mirrors());
            started.countDown();
            manager.ready(mirrors.summary());
            told.await();
        } finally {
            mirrors.close();
        }
    }

    private static void end(CountDownLatch told, CountDownLatch ended) {
        told.countDown();
        var _ = await(ended);
    }

    /** False if this thread is to end before that. */
    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
