package io.sluice.client.transport;

import io.sluice.client.command.ByteText;
import io.sluice.client.command.NamedFiles;
import io.sluice.client.output.Console;
import io.sluice.client.output.Escaping;
import io.sluice.client.output.ItemContext;
import io.sluice.client.output.ItemFormat;
import io.sluice.client.output.LogFile;
import io.sluice.client.output.NumberStyle;
import io.sluice.client.output.Reporter;
import io.sluice.client.output.ReporterSettings;
import io.sluice.client.output.Timestamps;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.options.ReportingOptions;
import io.sluice.protocol.options.ServerArguments;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.transfer.TransferResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What a server logs by itself because its client said so ({@code -M--log-file=FILE}); the client is shown nothing of it. */
final class ServerJournal implements AutoCloseable {
    private static final int LOG_MODE = 0666;

    private final Console console;
    private final Reporter reporter;

    private ServerJournal(LogFile file, ItemFormat.Sources sources, ItemFormat format, boolean dryRun) {
        OutputStream nowhere = OutputStream.nullOutputStream();
        console = new Console(new Console.Streams(nowhere, nowhere, false), Escaping.LOG, true, file);
        ReporterSettings settings = new ReporterSettings(
                ReportingOptions.DEFAULT,
                null,
                format,
                NumberStyle.DEFAULT,
                dryRun ? ReporterSettings.Effect.NONE : ReporterSettings.Effect.FULL,
                false,
                false);
        reporter = new Reporter(settings, console, sources, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    /** Opens the log that {@code arguments} ask for. As rsync, a server whose log cannot be opened says so on its standard error, and goes on without. */
    static Optional<ServerJournal> open(ServerArguments arguments) throws IOException {
        String name = arguments.log().file();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        TransferOptions options = arguments.options();
        String format = arguments.log().format();
        Timestamps timestamps = new Timestamps(ZoneId::systemDefault);
        long process = ProcessHandle.current().pid();
        ItemFormat.Sources sources = new ItemFormat.Sources(timestamps, ServerJournal::seconds, process);
        NamedFiles files = new NamedFiles(options.preservation().symlinks().insecure());
        try {
            OutputStream file = files.openForAppending(name, LOG_MODE).output();
            return Optional.of(new ServerJournal(
                    new LogFile(file, timestamps, ServerJournal::seconds, process),
                    sources,
                    format.isEmpty() ? ItemFormat.ITEMIZED : ItemFormat.parse(format),
                    options.update().dryRun()));
        } catch (SystemCallException e) {
            System.err.writeBytes(ByteText.bytes("rsync: [server] failed to open log-file " + name + ": " + e.reason()
                    + " (" + e.errno() + ")\nIgnoring \"log file\" setting.\n"));
            return Optional.empty();
        }
    }

    private static long seconds() {
        return System.currentTimeMillis() / 1000;
    }

    TransferListener listener() {
        return reporter;
    }

    void start(Session session, Side side, TransferOptions options) {
        ItemContext context = new ItemContext(
                false, options.preservation().times(), session.symlinkTimes(), session.transferChecksum());
        reporter.start(context, side == Side.SENDER, session.incrementalRecursion(), false);
    }

    void end(TransferResult result) {
        reporter.summarize(result.statistics(), 0);
    }

    /** Tells why the transfer was broken off. */
    void failed(IOException failure) {
        console.log(String.valueOf(failure.getMessage()).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        console.close();
    }
}
