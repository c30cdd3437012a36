package io.sluice.client.output;

import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.event.ModeText;
import io.sluice.protocol.event.Notice;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.event.TransferStatistics;
import io.sluice.protocol.options.InfoItem;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Shows a transfer as rsync does: turns its events into lines on a {@link Console}. Methods may be called by any thread. */
public final class Reporter implements TransferListener {
    /** Flags that alone make an item worth a line. */
    private static final int SIGNIFICANT =
            ~(ItemFlags.BASIS_TYPE_FOLLOWS | ItemFlags.XNAME_FOLLOWS | ItemFlags.LOCAL_CHANGE);

    private static final int LIST_COUNT_STEP = 100;

    private final ReporterSettings settings;
    private final Console console;
    private final ItemFormat.Sources sources;
    private final LongSupplier millis;
    private final ListingLine listing;
    private final @Nullable ProgressMeter meter;
    private ItemContext context = new ItemContext(false, true, true);
    private boolean incremental;
    private boolean countsList;
    private int files;
    private long totalSize;
    private boolean listComplete;
    private long transferred;
    private long transferredSize;
    private int place;

    /** @param millis a clock that never goes back, in milliseconds */
    public Reporter(ReporterSettings settings, Console console, ItemFormat.Sources sources, LongSupplier millis) {
        this.settings = settings;
        this.console = console;
        this.sources = sources;
        this.millis = millis;
        this.listing =
                new ListingLine(settings.style(), sources.timestamps(), settings.listLinks(), settings.accessTimes());
        int progress = settings.reporting().level(InfoItem.PROGRESS);
        this.meter = progress > 0 ? new ProgressMeter(settings.style(), progress > 1) : null;
    }

    /**
     * Says that the list is about to travel.
     *
     * @param sending we are the sending side
     * @param directories directories are part of the list, so that it can be long
     */
    public synchronized void start(ItemContext itemContext, boolean sending, boolean incremental, boolean directories) {
        this.context = itemContext;
        this.incremental = incremental;
        boolean told = level(InfoItem.FLIST) >= 1;
        countsList = told && directories && !incremental;
        console.log(ascii(sending ? "building file list" : "receiving file list"));
        if (countsList) {
            console.move((sending ? "building" : "receiving") + " file list ... ");
        } else if (told && incremental) {
            console.show(ascii((sending ? "sending" : "receiving") + " incremental file list"));
        }
    }

    @Override
    public synchronized void fileListProgress(int count) {
        boolean shown = countsList && level(InfoItem.FLIST) >= 2;
        if (shown && count % LIST_COUNT_STEP == 0) {
            console.listCount(count);
        }
    }

    @Override
    public synchronized void fileListReady(int count) {
        files = Math.max(files, count);
        listComplete |= !incremental;
        if (countsList) {
            console.resume();
            boolean counted = level(InfoItem.FLIST) >= 2;
            console.info(ascii(counted ? count + (count == 1 ? " file " : " files ") + "to consider" : "done"));
            countsList = false;
        }
    }

    @Override
    public synchronized void fileListGrew(int count, long size, boolean complete) {
        files = count;
        totalSize = size;
        listComplete = complete;
    }

    @Override
    public synchronized void listed(Item item) {
        LineBuffer line = new LineBuffer();
        listing.append(line, item);
        console.info(line.toByteArray());
    }

    @Override
    public synchronized void item(Item item) {
        place = item.place();
        if ((item.flags() & ItemFlags.TRANSFER) == 0) {
            change(item);
        } else if (settings.dryRun()) {
            transferred++;
            show(item);
        } else {
            announce(item);
        }
    }

    /** An item without content: shown if something about it changed, or if everything is. */
    private void change(Item item) {
        boolean significant = (item.flags() & SIGNIFICANT) != 0;
        boolean linked = item.otherName().length > 0;
        boolean everything = settings.reporting().itemLevel() > 1 || level(InfoItem.NAME) >= 2;
        boolean itemized = settings.reporting().itemLevel() > 0 && (significant || linked || everything);
        boolean made = (item.flags() & ItemFlags.LOCAL_CHANGE) != 0 && significant;
        boolean directory = ModeText.isDirectory(item.mode()) && significant;
        if (itemized || made || linked || directory) {
            show(item);
            if (significant || logsEverything()) {
                log(item);
            }
        }
    }

    private boolean logsEverything() {
        ItemFormat format = settings.logFormat();
        return format != null && format.has('i');
    }

    private void announce(Item item) {
        if (settings.showsBeforeTransfer()) {
            show(item);
        } else if (level(InfoItem.NAME) >= 1 && level(InfoItem.PROGRESS) == 1) {
            console.show(item.shownPath());
        }
    }

    @Override
    public synchronized void transferStarted(Item item) {
        place = item.place();
        transferred++;
        transferredSize += item.size();
    }

    @Override
    public synchronized void transferProgress(long offset, long size) {
        if (meter == null || offset == 0) {
            return;
        }
        boolean whole = level(InfoItem.PROGRESS) >= 2;
        long done = whole ? transferredSize - size + offset : offset;
        String line = meter.update(done, whole ? totalSize : size, millis.getAsLong());
        if (!line.isEmpty()) {
            console.progress(line);
        }
    }

    @Override
    public synchronized void jointProgress(long offset, long size) {
        if (meter != null && offset > 0) {
            boolean whole = level(InfoItem.PROGRESS) >= 2;
            String line = whole
                    ? meter.update(transferredSize + offset, totalSize, millis.getAsLong())
                    : meter.update(offset, size, millis.getAsLong());
            if (!line.isEmpty()) {
                console.progress(line);
            }
        }
    }

    @Override
    public synchronized void transferEnded(Item item, boolean complete) {
        if (meter != null) {
            boolean whole = level(InfoItem.PROGRESS) >= 2;
            long size = item.size();
            long now = millis.getAsLong();
            console.progress(
                    whole
                            ? meter.finish(transferredSize, totalSize, now, position())
                            : meter.finish(size, size, now, position()));
        }
        if (!settings.showsBeforeTransfer()) {
            show(item);
        }
        log(item);
    }

    private ProgressMeter.Position position() {
        long toCheck = place < 0 ? 0 : Math.max(0, files - place - 1L);
        return new ProgressMeter.Position(transferred, listComplete, toCheck, files);
    }

    @Override
    public synchronized void deleted(byte[] path, boolean directory) {
        RemovedItem removed = new RemovedItem(path, directory);
        ItemFormat out = settings.outFormat();
        if (out != null || level(InfoItem.DEL) >= 1) {
            console.show(line(out != null && out.hasOperation() ? out : ItemFormat.DELETION, removed));
        }
        ItemFormat log = settings.logFormat();
        if (log != null && !settings.dryRun()) {
            console.log(line(log.hasOperation() ? log : ItemFormat.DELETION, removed));
        }
    }

    @Override
    public void notice(Notice notice) {
        switch (notice.severity()) {
            case INFO -> console.info(notice.text());
            case WARNING, ERROR, ERROR_XFER -> console.error(notice.text());
            case LOG -> console.log(notice.text());
            case CLIENT -> console.show(notice.text());
        }
    }

    /** Shows what rsync shows at the end, by the levels of {@code --stats} and {@code -v}. */
    public synchronized void summarize(TransferStatistics figures, long seconds) {
        if (meter != null && level(InfoItem.PROGRESS) >= 2) {
            console.progress(meter.finish(transferredSize, totalSize, millis.getAsLong(), position()));
        }
        Summary summary = new Summary(settings.style());
        if (level(InfoItem.STATS) >= 2) {
            console.show(ascii(""));
            summary.statistics(figures).forEach(line -> console.info(ascii(line)));
        }
        if (level(InfoItem.STATS) >= 1) {
            console.show(ascii(""));
            summary.totals(figures, seconds, settings.effect()).forEach(line -> console.info(ascii(line)));
        } else {
            NumberStyle plain = NumberStyle.DEFAULT;
            console.log(ascii("sent " + plain.grouped(figures.bytesSent()) + " bytes  received "
                    + plain.grouped(figures.bytesReceived()) + " bytes  total size "
                    + plain.grouped(figures.totalSize())));
        }
    }

    private int level(InfoItem item) {
        return settings.reporting().level(item);
    }

    private void show(Item item) {
        ItemFormat format = settings.outFormat();
        if (format != null) {
            console.show(line(format, item));
        }
    }

    private void log(Item item) {
        ItemFormat format = settings.logFormat();
        if (format != null) {
            console.log(line(format, item));
        }
    }

    private byte[] line(ItemFormat format, Item item) {
        LineBuffer line = new LineBuffer();
        format.append(line, item, context, sources);
        return line.toByteArray();
    }

    private static byte[] ascii(String text) {
        return new LineBuffer().text(text).toByteArray();
    }
}
