package io.sluice.protocol.transfer;

import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.Notice;
import io.sluice.protocol.event.TransferListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a listener hears, as lines. */
final class Recorder implements TransferListener {
    final List<String> items = new ArrayList<>();
    final List<String> listed = new ArrayList<>();
    final List<String> deleted = new ArrayList<>();
    final List<String> notices = new ArrayList<>();
    final List<String> ended = new ArrayList<>();

    @Override
    public synchronized void item(Item item) {
        items.add(String.format("%04x %s", item.flags() & 0xFFFF, text(item.path())));
    }

    @Override
    public synchronized void listed(Item item) {
        listed.add(text(item.path()));
    }

    @Override
    public synchronized void deleted(byte[] path, boolean directory) {
        deleted.add(text(path) + (directory ? "/" : ""));
    }

    @Override
    public synchronized void transferEnded(Item item, boolean complete) {
        ended.add(text(item.path()) + (complete ? "" : " incomplete"));
    }

    @Override
    public synchronized void notice(Notice notice) {
        notices.add(notice.severity() + " " + text(notice.text()));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
