package io.sluice.client.output;

import io.sluice.protocol.event.Item;

/** A line of {@code --list-only}: {@code -rw-r--r--          1,234 2026/11/21 08:00:00 name}. */
final class ListingLine {
    private final NumberStyle style;
    private final Timestamps timestamps;
    private final boolean links;

    /** @param links symlinks show their target ({@code -l}) */
    ListingLine(NumberStyle style, Timestamps timestamps, boolean links) {
        this.style = style;
        this.timestamps = timestamps;
        this.links = links;
    }

    void append(LineBuffer out, Item item) {
        int sizeWidth = style.level() > 0 ? 14 : 11;
        String time = timestamps.format(item.modificationTime());
        int mark = out.length();
        if (item.mode() == 0) {
            out.text("*missing").pad(mark, -(10 + 1 + sizeWidth + 1 + time.length()));
        } else {
            out.text(ModeText.of(item.mode())).octet(' ');
            mark = out.length();
            out.text(style.human(item.size())).pad(mark, sizeWidth).octet(' ').text(time);
        }
        out.octet(' ').bytes(item.path());
        if (links && ModeText.isSymlink(item.mode())) {
            out.text(" -> ").bytes(item.linkTarget());
        }
    }
}
