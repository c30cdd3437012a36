package io.sluice.client.output;

import io.sluice.protocol.event.TransferStatistics;
import io.sluice.protocol.event.TransferStatistics.Counts;
import java.util.ArrayList;
import java.util.List;

/** The lines at a transfer's end: {@code --stats}, and {@code sent … received … total size is …}. */
public final class Summary {
    private final NumberStyle style;

    public Summary(NumberStyle style) {
        this.style = style;
    }

    /** Returns the block of {@code --stats}; the blank line before it is the caller's. */
    public List<String> statistics(TransferStatistics figures) {
        List<String> lines = new ArrayList<>();
        lines.add(counts("Number of files", figures.counts()));
        lines.add(counts("Number of created files", figures.created()));
        lines.add(counts("Number of deleted files", figures.deleted()));
        lines.add("Number of regular files transferred: " + style.grouped(figures.transferredFiles()));
        lines.add("Total file size: " + style.human(figures.totalSize()) + " bytes");
        lines.add("Total transferred file size: " + style.human(figures.transferredSize()) + " bytes");
        lines.add("Literal data: " + style.human(figures.literalData()) + " bytes");
        lines.add("Matched data: " + style.human(figures.matchedData()) + " bytes");
        lines.add("File list size: " + style.human(figures.fileListSize()));
        if (figures.fileListBuildMillis() != 0) {
            lines.add("File list generation time: " + seconds(figures.fileListBuildMillis()));
            lines.add("File list transfer time: " + seconds(figures.fileListTransferMillis()));
        }
        lines.add("Total bytes sent: " + style.human(figures.bytesSent()));
        lines.add("Total bytes received: " + style.human(figures.bytesReceived()));
        return lines;
    }

    /**
     * Returns the two lines that end every verbose transfer.
     *
     * @param seconds whole seconds that the command has run
     */
    public List<String> totals(TransferStatistics figures, long seconds, ReporterSettings.Effect effect) {
        long bytes = figures.bytesSent() + figures.bytesReceived();
        String rate = style.human(bytes / (0.5 + seconds), 2);
        String speedup = style.grouped((double) figures.totalSize() / bytes, 2);
        return List.of(
                "sent " + style.human(figures.bytesSent()) + " bytes  received " + style.human(figures.bytesReceived())
                        + " bytes  " + rate + " bytes/sec",
                "total size is " + style.human(figures.totalSize()) + "  speedup is " + speedup + effect.text());
    }

    private String seconds(long millis) {
        return style.grouped(millis / 1000.0, 3) + " seconds";
    }

    private String counts(String what, Counts counts) {
        StringBuilder kinds = new StringBuilder();
        kind(kinds, "reg", counts.regular());
        kind(kinds, "dir", counts.directories());
        kind(kinds, "link", counts.symlinks());
        kind(kinds, "dev", counts.devices());
        kind(kinds, "special", counts.specials());
        return what + ": " + style.grouped(counts.total()) + (kinds.isEmpty() ? "" : kinds + ")");
    }

    private void kind(StringBuilder kinds, String label, long count) {
        if (count != 0) {
            kinds.append(kinds.isEmpty() ? " (" : ", ")
                    .append(label)
                    .append(": ")
                    .append(style.grouped(count));
        }
    }
}
