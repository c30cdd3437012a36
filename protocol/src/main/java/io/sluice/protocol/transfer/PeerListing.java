package io.sluice.protocol.transfer;

import io.sluice.linux.FileMode;
import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.ModeText;
import io.sluice.protocol.event.Timestamps;
import io.sluice.protocol.files.FileTree;
import java.time.ZoneId;
import java.util.Locale;

/** Lines of {@code --list-only} that a server tells a client which sends it the list, in its own time zone. */
final class PeerListing {
    private static final int SIZE_WIDTH = 14;

    private final Notices notices;
    private final FileTree tree;
    private final Timestamps timestamps = new Timestamps(ZoneId::systemDefault);
    private final boolean links;
    private final boolean accessTimes;

    PeerListing(Site site) {
        this.notices = site.notices();
        this.tree = site.tree();
        this.links = site.options().preservation().links();
        this.accessTimes = site.options().preservation().atimes() > 0;
    }

    void tell(Item item) {
        String time = timestamps.format(item.modificationTime());
        int columns = SIZE_WIDTH + 1 + time.length();
        Text line = new Text();
        if (item.mode() == 0) {
            int width = ModeText.of(0).length() + columns + (accessTimes ? 1 + time.length() : 0);
            line.add("*missing").add(" ".repeat(1 + width - "*missing".length()));
        } else {
            String size = String.format(Locale.ROOT, "%,d", item.size());
            line.add(ModeText.of(item.mode())).add(" ".repeat(1 + Math.max(0, SIZE_WIDTH - size.length())));
            line.add(size).add(" ").add(time);
            if (accessTimes) {
                String access = ModeText.isDirectory(item.mode()) ? "" : timestamps.format(item.accessTime());
                line.add(" ".repeat(Math.max(0, 1 + time.length() - access.length())))
                        .add(access);
            }
        }
        line.add(" ").add(item.path());
        if (links && (item.mode() & FileMode.TYPE_MASK) == FileMode.SYMLINK) {
            line.add(" -> ").add(tree.linkTargets().written(item.linkTarget())); // what would be there
        }
        notices.info(line);
    }
}
