package io.sluice.client.output;

import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.event.Notice;
import io.sluice.protocol.event.Notice.Severity;
import io.sluice.protocol.event.TransferListener;

/**
 * Turns what a server's transfer tells into the lines of its own log: with a format that itemizes ({@code %i}) each change, else only files whose content
 * was transferred and deletions; a receiver then also names whatever else it makes if the client wants names. A dry run changes nothing.
 */
public final class ServerReporter implements TransferListener {
    private static final ItemFormat NAME = ItemFormat.parse("%n%L");
    private static final int INSIGNIFICANT =
            ItemFlags.BASIS_TYPE_FOLLOWS | ItemFlags.XNAME_FOLLOWS | ItemFlags.LOCAL_CHANGE;

    private final LineSink log;
    private final ItemFormat format;
    private final ItemFormat.Sources sources;
    private final Wishes wishes;
    private ItemContext context = new ItemContext(false, true, true);
    private boolean receives;

    /** Where lines go. */
    @FunctionalInterface
    public interface LineSink {
        void line(byte[] text);
    }

    /**
     * What the client asked for.
     *
     * @param names it wants names
     * @param unchanged it wants what did not change, too
     */
    public record Wishes(boolean names, boolean unchanged, boolean dryRun) {}

    public ServerReporter(LineSink log, ItemFormat format, ItemFormat.Sources sources, Wishes wishes) {
        this.log = log;
        this.format = format;
        this.sources = sources;
        this.wishes = wishes;
    }

    /** A transfer begins. */
    public void start(ItemContext negotiated, boolean sends) {
        context = negotiated;
        receives = !sends;
        line(sends ? "building file list" : "receiving file list");
    }

    @Override
    public void item(Item item) {
        if ((item.flags() & ItemFlags.TRANSFER) != 0) {
            return; // once its content is there
        }
        boolean significant = (item.flags() & ~INSIGNIFICANT) != 0 || item.otherName().length > 0;
        if (format.has('i')) {
            if (significant || (receives && wishes.unchanged())) {
                log(format, item);
            }
        } else if (receives && wishes.names() && significant && (item.flags() & ItemFlags.LOCAL_CHANGE) != 0) {
            line(NAME, item);
        }
    }

    @Override
    public void transferEnded(Item item, boolean complete) {
        log(format, item);
    }

    @Override
    public void deleted(byte[] path, boolean directory) {
        log(format.hasOperation() ? format : ItemFormat.DELETION, new RemovedItem(path, directory));
    }

    @Override
    public void notice(Notice notice) {
        if (notice.severity() != Severity.CLIENT) {
            log.line(notice.text());
        }
    }

    /** Logs what is no item. */
    public void line(String text) {
        log.line(new LineBuffer().text(text).toByteArray());
    }

    private void log(ItemFormat lines, Item item) {
        if (!wishes.dryRun()) {
            line(lines, item);
        }
    }

    private void line(ItemFormat lines, Item item) {
        LineBuffer line = new LineBuffer();
        lines.append(line, item, context, sources);
        log.line(line.toByteArray());
    }
}
