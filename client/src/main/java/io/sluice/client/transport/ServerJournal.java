package io.sluice.client.transport;

import io.sluice.client.command.ByteText;
import io.sluice.client.command.NamedFiles;
import io.sluice.client.output.Console;
import io.sluice.client.output.Escaping;
import io.sluice.client.output.ItemContext;
import io.sluice.client.output.ItemFormat;
import io.sluice.client.output.LogFile;
import io.sluice.client.output.NumberStyle;
import io.sluice.client.output.ServerReporter;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.event.Timestamps;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.event.TransferStatistics;
import io.sluice.protocol.options.InfoItem;
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
import org.jspecify.annotations.Nullable;

/** What a server logs by itself because its client said so ({@code -M--log-file=FILE}); the client is shown nothing of it. */
final class ServerJournal implements AutoCloseable {
    private static final int LOG_MODE = 0666;

    private final Console console;
    private final ServerReporter reporter;
    private @Nullable Side side;

    private ServerJournal(LogFile file, ItemFormat.Sources sources, ItemFormat format, TransferOptions options) {
        OutputStream nowhere = OutputStream.nullOutputStream();
        console = new Console(new Console.Streams(nowhere, nowhere, false), Escaping.LOG, true, file);
        ReportingOptions reporting = options.reporting();
        ServerReporter.Wishes wishes = new ServerReporter.Wishes(
                reporting.level(InfoItem.NAME) > 0,
                reporting.itemLevel() > 1 || reporting.level(InfoItem.NAME) > 1,
                options.update().dryRun());
        reporter = new ServerReporter(console::log, format, sources, wishes);
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
                    options));
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

    void start(Session session, Side ours, TransferOptions options) {
        ItemContext context = new ItemContext(
                false, options.preservation().times(), session.symlinkTimes(), session.transferChecksum());
        side = ours;
        reporter.start(context, ours == Side.SENDER);
    }

    /** As rsync, a receiver that did not do all that was to be done tells no totals. */
    void end(TransferResult result) {
        if (side == Side.RECEIVER && result.exitCode() != ExitCode.OK) {
            return;
        }
        TransferStatistics figures = result.statistics();
        NumberStyle plain = NumberStyle.DEFAULT;
        reporter.line("sent " + plain.grouped(figures.bytesSent()) + " bytes  received "
                + plain.grouped(figures.bytesReceived()) + " bytes  total size " + plain.grouped(figures.totalSize()));
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
