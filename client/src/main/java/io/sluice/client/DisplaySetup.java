package io.sluice.client;

import io.sluice.client.RsyncCommand.Surroundings;
import io.sluice.client.command.ByteText;
import io.sluice.client.command.CommandLine.Display;
import io.sluice.client.command.NamedFiles;
import io.sluice.client.output.Console;
import io.sluice.client.output.Escaping;
import io.sluice.client.output.ItemFormat;
import io.sluice.client.output.JsonEvents;
import io.sluice.client.output.LogFile;
import io.sluice.client.output.LoggedPresentation;
import io.sluice.client.output.Presentation;
import io.sluice.client.output.Reporter;
import io.sluice.client.output.TextPresentation;
import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.event.Timestamps;
import io.sluice.protocol.options.InfoItem;
import io.sluice.protocol.options.ReportingOptions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens what shows a run as a command line asks for. */
final class DisplaySetup {
    private static final int BUFFER = 32 * 1024;
    private static final int LOG_MODE = 0666;
    private static final Console.Streams NOWHERE =
            new Console.Streams(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), false);

    private DisplaySetup() {}

    static Presentation open(Display display, NamedFiles files, Surroundings surroundings) throws IOException {
        ItemFormat.Sources sources = new ItemFormat.Sources(
                new Timestamps(ZoneId::systemDefault),
                () -> TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()),
                ProcessHandle.current().pid());
        LogFile log = logFile(display.logFile(), files, surroundings, sources);
        boolean flushed = display.lineBuffered() || isTerminal();
        if (!display.json()) {
            return lines(display, streams(display, surroundings, flushed), log, sources);
        }
        OutputStream out = new BufferedOutputStream(surroundings.out(), BUFFER);
        ReportingOptions reporting = display.reporter().reporting();
        JsonEvents.Settings settings = new JsonEvents.Settings(
                reporting.itemLevel() > 1 || reporting.level(InfoItem.NAME) > 1,
                reporting.level(InfoItem.PROGRESS) > 0,
                display.reporter().dryRun(),
                flushed);
        JsonEvents events = new JsonEvents(out, settings, DisplaySetup::millis);
        return log == null ? events : new LoggedPresentation(events, lines(display, NOWHERE, log, sources));
    }

    private static Presentation lines(
            Display display, Console.Streams streams, @Nullable LogFile log, ItemFormat.Sources sources) {
        Escaping escaping = display.eightBit()
                ? Escaping.EIGHT_BIT
                : Escaping.of(System.getProperty("sun.jnu.encoding", "ANSI_X3.4-1968"));
        Console console = new Console(streams, escaping, display.quiet(), log);
        return new TextPresentation(console, new Reporter(display.reporter(), console, sources, DisplaySetup::millis));
    }

    private static Console.Streams streams(Display display, Surroundings surroundings, boolean flushed) {
        OutputStream out =
                new BufferedOutputStream(display.allToErrors() ? surroundings.err() : surroundings.out(), BUFFER);
        return new Console.Streams(out, surroundings.err(), flushed);
    }

    private static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private static @Nullable LogFile logFile(
            @Nullable String name, NamedFiles files, Surroundings surroundings, ItemFormat.Sources sources)
            throws IOException {
        if (name == null || name.isEmpty()) {
            return null;
        }
        try {
            OpenFile file = files.openForAppending(name, LOG_MODE);
            return new LogFile(file.output(), sources.timestamps(), sources.seconds(), sources.processId());
        } catch (SystemCallException e) {
            // As rsync: the log is a convenience, the transfer goes on without it.
            String text = "rsync: [client] failed to open log-file " + name + ": " + e.reason() + " (" + e.errno()
                    + ")\n" + "Ignoring \"log file\" setting.\n";
            surroundings.err().write(ByteText.bytes(text));
            return null;
        }
    }

    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
