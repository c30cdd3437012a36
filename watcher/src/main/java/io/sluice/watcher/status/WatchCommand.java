package io.sluice.watcher.status;

import io.sluice.watcher.monitor.Change;
import io.sluice.watcher.monitor.ChangeListener;
import io.sluice.watcher.monitor.FileMonitor;
import io.sluice.watcher.monitor.MonitorSettings;
import io.sluice.watcher.monitor.Trouble;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** {@code sluice watch}. */
public final class WatchCommand {
    private static final String USAGE = """
            Usage: sluice watch [--json] DIRECTORY
                   sluice watch [--json] [--token-file FILE] http://HOST:PORT/SOURCE
            Tells what changes in a directory, a line each: here, or where a mirror with a status address watches it.

              --json             as JSON, an object a line
              --token-file FILE  the token, if one is needed, is its first line (or in the variable SLUICE_TOKEN)
              -h, --help         show this

            A line without --json is KINDS PATH, such as "content_complete news/index.html". Kinds are content_complete,
            content_growing, attributes, created, arrived (renamed to here), removed and subtree (look at all that is
            below). When a connection ends, it is made again and goes on after the last event; what is lost is told as
            overflow and a subtree.
            """;

    private static final int USAGE_ERROR = 2;
    private static final int FAILED = 1;
    private static final String EVENTS = "/events/";

    private WatchCommand() {}

    /**
     * Tells what changes until nobody reads it any more or the process ends.
     *
     * @param arguments those after {@code watch}
     * @param environment the process's variables
     * @return the exit code
     */
    public static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        PrintStream utf8 = new PrintStream(out, false, StandardCharsets.UTF_8); // names, whatever the locale
        try {
            RemoteRequest request = RemoteRequest.read(arguments, environment);
            if (request.help()) {
                out.print(USAGE);
                return 0;
            }
            if (request.operands().size() != 1) {
                err.println("sluice watch: " + request.operands().size()
                        + " operands (expected: one directory or address; --help tells more)");
                return USAGE_ERROR;
            }
            String operand = request.operands().getFirst();
            if (operand.startsWith("http://") || operand.startsWith("https://")) {
                listen(request, operand, utf8, err);
            } else {
                watch(operand, request.json() ? EventLines.JSON : EventLines.TEXT, utf8);
            }
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            err.println("sluice watch: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private static void listen(RemoteRequest request, String operand, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        URI address = address(operand, request.json());
        new RemoteEvents(address, request.token(), words -> err.println("sluice watch: " + words)).listen(data -> {
            out.println(data.replaceAll("\\p{Cntrl}", "?"));
            return !out.checkError();
        });
    }

    /** Where the events of a source are, which people name {@code http://host:port/source}. */
    static URI address(String operand, boolean json) {
        URI given = URI.create(operand);
        String path = given.getRawPath() == null ? "" : given.getRawPath();
        int slash = path.lastIndexOf('/');
        if (slash < 0 || slash == path.length() - 1) {
            throw new IllegalArgumentException(operand + " (expected: the name of a source at the end)");
        }
        String full = path.contains(EVENTS) ? path : path.substring(0, slash) + EVENTS + path.substring(slash + 1);
        return given.resolve(full + (json ? "" : "?format=text"));
    }

    private static void watch(String directory, EventLines lines, PrintStream out)
            throws IOException, InterruptedException {
        Printer printer = new Printer(lines, out);
        try (FileMonitor monitor = FileMonitor.of(MonitorSettings.of(directory.getBytes(StandardCharsets.UTF_8)))) {
            monitor.start(printer);
            printer.notice();
            printer.unread.await();
        }
    }

    /** Prints what the monitor tells. */
    private static final class Printer implements ChangeListener {
        private final EventLines lines;
        private final PrintStream out;
        private final CountDownLatch unread = new CountDownLatch(1);

        Printer(EventLines lines, PrintStream out) {
            this.lines = lines;
            this.out = out;
        }

        void notice() {
            StringBuilder line = new StringBuilder();
            lines.notice("watching", EventRing.WATCHING, line);
            print(line);
        }

        @Override
        public void changed(Change change) {
            StringBuilder line = new StringBuilder();
            lines.change(change, line);
            print(line);
        }

        @Override
        public void trouble(Trouble trouble) {
            StringBuilder line = new StringBuilder();
            lines.trouble(trouble, line);
            print(line);
        }

        private void print(CharSequence line) {
            out.println(line);
            if (out.checkError()) {
                unread.countDown();
            }
        }
    }
}
