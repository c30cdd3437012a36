package io.sluice.watcher.mirror;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.watcher.mirror.MirrorRequest.NamedMirror;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** {@code sluice mirror}. */
public final class MirrorCommand {
    private static final String USAGE = """
            Usage: sluice mirror [OPTION]... SRC DEST...
                   sluice mirror [-q] [-v] --config FILE
            Keeps each DEST equal to the directory SRC: at first in full, then whatever changes, at once.
            DEST is rsync://[user@]host[:port]/module[/path], [user@]host::module[/path] or [user@]host:path.

              --config FILE        a section for each source, in the dialect of rsyncd.conf:
                                   path, replicas, password file, exclude, include, filter, exclude from,
                                   include from, options, compress, quiet period, settle, max backoff,
                                   timeout, connect timeout
              --quiet-period TIME  push a file that stays open when it has not changed for so long (2s)
              --settle TIME        collect changes for so long before they are pushed together (3ms)
              --max-backoff TIME   longest pause between attempts to reach a replica (30s)
              --timeout TIME       give up a push when nothing is heard for so long (60s)
              --contimeout TIME    give up connecting after so long (10s)
              -v                   show each path
              -q                   show only what is wrong
              -h, --help           show this

            Other options are rsync's (-a is always on), such as -z, --exclude, --filter, --password-file, --bwlimit.
            Times are like 5ms, 0.5, 30s or 2m.
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
            MirrorRequest request = MirrorRequest.read(arguments, environment);
            if (request.help()) {
                out.print(USAGE);
                return ExitCode.OK.value();
            }
            runMirrors(request, out, err);
            return ExitCode.OK.value();
        } catch (TransferException e) {
            err.println("sluice mirror: " + e.getMessage());
            return e.exitCode().value();
        } catch (IOException e) {
            err.println("sluice mirror: " + e.getMessage());
            return ExitCode.FILE_SELECT.value();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.SIGNAL.value();
        }
    }

    private static void runMirrors(MirrorRequest request, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> end(told, ended), "mirror end");
        Runtime.getRuntime().addShutdownHook(hook);
        List<Mirror> mirrors = new ArrayList<>();
        try {
            for (NamedMirror named : request.mirrors()) {
                MirrorLog log =
                        new MirrorLog(named.name(), request.loudness(), Clock.system(ZoneId.systemDefault()), out, err);
                Mirror mirror = new Mirror(named.configuration(), log);
                mirrors.add(mirror);
                mirror.start();
                log.say("watching " + named.configuration().source() + ": "
                        + mirror.monitorStatistics().directories() + " directories");
            }
            told.await();
        } finally {
            close(mirrors);
            ended.countDown();
        }
    }

    private static void end(CountDownLatch told, CountDownLatch ended) {
        told.countDown();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All at once, so that one that is slow to end does not delay the others. */
    private static void close(List<Mirror> mirrors) throws InterruptedException {
        List<Thread> closers = new ArrayList<>();
        for (Mirror mirror : mirrors) {
            closers.add(Thread.ofPlatform().start(() -> {
                try {
                    mirror.close();
                } catch (IOException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread closer : closers) {
            closer.join();
        }
    }
}
