package io.sluice.client.output;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.event.ModeText;
import io.sluice.protocol.event.Notice;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.event.TransferStatistics;
import io.sluice.protocol.event.TransferStatistics.Counts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.LongSupplier;

/**
 * A run as events: one JSON object a line, as client/JSON.md describes them. Methods may be called by any thread. A failure to write ends the command:
 * {@link UncheckedIOException}.
 */
public final class JsonEvents implements Presentation, TransferListener {
    /** Changes when a reader of the earlier schema could be misled; new members and new events leave it. */
    static final int SCHEMA = 1;

    private static final int SIGNIFICANT =
            ~(ItemFlags.BASIS_TYPE_FOLLOWS | ItemFlags.XNAME_FOLLOWS | ItemFlags.LOCAL_CHANGE);
    private static final int PERMISSIONS = 07777;
    private static final int FOUR_DIGITS = 010000;

    private final OutputStream out;
    private final Settings settings;
    private final JsonProgress progress;
    private final LongSupplier millis;
    private final long started;
    private boolean over;
    private ItemContext context = new ItemContext(false, true, true);

    /**
     * What is told.
     *
     * @param everything items that did not change, too
     * @param progress how far the transfer is
     * @param dryRun {@code -n}
     * @param flushLines every line is shown at once
     */
    public record Settings(boolean everything, boolean progress, boolean dryRun, boolean flushLines) {}

    /**
     * Makes a presentation.
     *
     * @param out is flushed, not closed, at the end
     * @param millis a clock that never goes back, in milliseconds
     */
    public JsonEvents(OutputStream out, Settings settings, LongSupplier millis) {
        this.out = out;
        this.settings = settings;
        this.millis = millis;
        this.started = millis.getAsLong();
        this.progress = new JsonProgress(settings.progress(), millis);
    }

    @Override
    public TransferListener listener() {
        return this;
    }

    @Override
    public synchronized void start(Start start) {
        context = start.items();
        progress.start(start.incremental());
        write(new JsonLine("start")
                .number("schema", SCHEMA)
                .text("role", start.sending() ? "sender" : "receiver")
                .flag("dry_run", settings.dryRun()));
    }

    @Override
    public void info(byte[] line) {
        message("info", false, line);
    }

    @Override
    public void error(byte[] line) {
        message("error", false, line);
    }

    @Override
    public void failure(byte[] line) {
        // The last event tells the exit code.
    }

    @Override
    public synchronized void fileListReady(int count) {
        progress.listReady(count);
    }

    @Override
    public synchronized void fileListGrew(int count, long size, boolean complete) {
        progress.listGrew(count, size, complete);
    }

    @Override
    public synchronized void listed(Item item) {
        write(file("list", item));
    }

    @Override
    public synchronized void item(Item item) {
        boolean content = (item.flags() & ItemFlags.TRANSFER) != 0;
        if (content && settings.dryRun()) {
            progress.counted();
            write(changed("transfer", item));
        } else if (!content && (settings.everything() || isChange(item))) {
            write(changed(action(item), item));
        }
    }

    private static boolean isChange(Item item) {
        return (item.flags() & SIGNIFICANT) != 0 || item.otherName().length > 0;
    }

    private static String action(Item item) {
        int flags = item.flags();
        if ((flags & ItemFlags.LOCAL_CHANGE) != 0) {
            boolean linked = (flags & ItemFlags.XNAME_FOLLOWS) != 0;
            return linked ? "link" : (flags & ItemFlags.IS_NEW) != 0 ? "create" : "replace";
        }
        return isChange(item) ? "attributes" : "none";
    }

    @Override
    public synchronized void transferStarted(Item item) {
        progress.started(item.path(), item.size());
    }

    @Override
    public synchronized void transferProgress(long offset, long size) {
        write(progress.moved(offset, size));
    }

    @Override
    public synchronized void jointProgress(long offset, long size) {
        write(progress.movedTogether(offset));
    }

    @Override
    public synchronized void transferEnded(Item item, boolean complete) {
        progress.ended();
        write(changed("transfer", item).number("wire_bytes", item.wireBytes()).flag("complete", complete));
    }

    @Override
    public synchronized void deleted(byte[] path, boolean directory) {
        write(new JsonLine("deletion").bytes("path", path).flag("directory", directory));
    }

    @Override
    public void notice(Notice notice) {
        switch (notice.severity()) {
            case INFO, CLIENT -> message("info", notice.fromPeer(), notice.text());
            case WARNING -> message("warning", notice.fromPeer(), notice.text());
            case ERROR, ERROR_XFER -> message("error", notice.fromPeer(), notice.text());
            case LOG -> {
                // For log files alone.
            }
        }
    }

    private synchronized void message(String event, boolean fromPeer, byte[] text) {
        write(new JsonLine(event).text("origin", fromPeer ? "peer" : "local").bytes("text", text));
    }

    @Override
    public synchronized void summarize(TransferStatistics figures, long seconds) {
        write(progress.last());
        JsonLine line = new JsonLine("statistics");
        counts(line, "files", figures.counts());
        counts(line, "created", figures.created());
        counts(line, "deleted", figures.deleted());
        write(line.number("transferred_files", figures.transferredFiles())
                .number("total_size", figures.totalSize())
                .number("transferred_size", figures.transferredSize())
                .number("literal_data", figures.literalData())
                .number("matched_data", figures.matchedData())
                .number("file_list_size", figures.fileListSize())
                .number("file_list_build_ms", figures.fileListBuildMillis())
                .number("file_list_transfer_ms", figures.fileListTransferMillis())
                .number("bytes_sent", figures.bytesSent())
                .number("bytes_received", figures.bytesReceived()));
    }

    private static void counts(JsonLine line, String name, Counts counts) {
        line.begin(name)
                .number("total", counts.total())
                .number("files", counts.regular())
                .number("directories", counts.directories())
                .number("symlinks", counts.symlinks())
                .number("devices", counts.devices())
                .number("specials", counts.specials())
                .end();
    }

    @Override
    public synchronized void ended(int exitCode) {
        if (over) {
            return;
        }
        write(new JsonLine("end")
                .number("exit_code", exitCode)
                .text("text", phrase(exitCode))
                .number("elapsed_ms", millis.getAsLong() - started));
        over = true;
        flush();
    }

    private static String phrase(int exitCode) {
        return ExitCode.of(exitCode).map(ExitCode::phrase).orElse("unexplained error");
    }

    @Override
    public synchronized void close() {
        flush();
    }

    private void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonLine changed(String action, Item item) {
        boolean sent = item.sent() && !context.local();
        return file(action, item).text("change", ItemizedText.of(item.flags(), item.mode(), sent, context));
    }

    private static JsonLine file(String action, Item item) {
        JsonLine line = new JsonLine("file")
                .text("action", action)
                .text("type", ModeText.word(item.mode()))
                .bytes("path", item.path())
                .number("size", item.size())
                .number("mtime", item.modificationTime())
                .text(
                        "mode",
                        Integer.toOctalString(FOUR_DIGITS | (item.mode() & PERMISSIONS))
                                .substring(1));
        named(line, "target", item.linkTarget());
        return named(line, "linked_to", item.otherName());
    }

    private static JsonLine named(JsonLine line, String name, byte[] path) {
        return path.length == 0 ? line : line.bytes(name, path);
    }

    private void write(JsonLine line) {
        write(line.toByteArray());
    }

    private void write(byte[] line) {
        if (over || line.length == 0) {
            return;
        }
        try {
            out.write(line);
            if (settings.flushLines()) {
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
