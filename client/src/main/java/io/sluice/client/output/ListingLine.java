package io.sluice.client.output;

import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.ModeText;
import io.sluice.protocol.event.Timestamps;

/** A line of {@code --list-only}: {@code -rw-r--r--          1,234 2026/11/21 08:00:00 name}. */
final class ListingLine {
    private final NumberStyle style;
    private final Timestamps timestamps;
    private final boolean links;
    private final boolean accessTimes;

    /**
     * @param links symlinks show their target ({@code -l})
     * @param accessTimes the access time comes after the other ({@code -U}); of a directory it is left out
     */
    ListingLine(NumberStyle style, Timestamps timestamps, boolean links, boolean accessTimes) {
        this.style = style;
        this.timestamps = timestamps;
        this.links = links;
        this.accessTimes = accessTimes;
    }

    void append(LineBuffer out, Item item) {
        int sizeWidth = style.level() > 0 ? 14 : 11;
        String time = timestamps.format(item.modificationTime());
        int timeWidth = 1 + time.length();
        int mark = out.length();
        if (item.mode() == 0) {
            out.text("*missing").pad(mark, -(10 + 1 + sizeWidth + (accessTimes ? 2 : 1) * timeWidth));
        } else {
            out.text(ModeText.of(item.mode())).octet(' ');
            mark = out.length();
            out.text(style.human(item.size())).pad(mark, sizeWidth).octet(' ').text(time);
            if (accessTimes) {
                mark = out.length();
                out.text(ModeText.isDirectory(item.mode()) ? "" : timestamps.format(item.accessTime()))
                        .pad(mark, timeWidth);
            }
        }
        out.octet(' ').bytes(item.path());
        if (links && ModeText.isSymlink(item.mode())) {
            out.text(" -> ").bytes(item.linkTarget());
        }
    }
}
