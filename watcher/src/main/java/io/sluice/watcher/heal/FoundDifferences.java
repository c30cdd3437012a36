package io.sluice.watcher.heal;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.ModeText;
import io.sluice.protocol.event.Notice;
import io.sluice.protocol.event.TransferListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a session tells of differences, up to a number, and of what is wrong. Thread-safe. */
final class FoundDifferences implements TransferListener {
    private static final int MAX = 100_000;
    private static final int MAX_ERRORS = 10;

    /** By path, one character a byte. */
    private final Map<String, Difference> found = new TreeMap<>();

    private final List<String> texts = new ArrayList<>();
    private long more;

    @Override
    public synchronized void item(Item item) {
        Set<Aspect> aspects = Aspect.of(item);
        if (!aspects.isEmpty()) {
            add(new Difference(path(item.path()), ModeText.isDirectory(item.mode()), aspects));
        }
    }

    @Override
    public synchronized void deleted(byte[] path, boolean directory) {
        add(new Difference(path(path), directory, EnumSet.of(Aspect.EXTRA)));
    }

    /** Without what stands for the root, and without a slash at the end. */
    private static byte[] path(byte[] told) {
        String text = key(told).replaceFirst("^(\\./)+", "").replaceFirst("/+$", "");
        return text.equals(".") ? new byte[0] : text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String key(byte[] path) {
        return new String(path, StandardCharsets.ISO_8859_1);
    }

    private void add(Difference difference) {
        String key = key(difference.path());
        Difference known = found.get(key);
        if (known != null) {
            Set<Aspect> both = EnumSet.copyOf(known.aspects());
            both.addAll(difference.aspects());
            found.put(key, new Difference(known.path(), difference.directory(), both));
        } else if (found.size() < MAX) {
            found.put(key, difference);
        } else {
            more++;
        }
    }

    @Override
    public synchronized void notice(Notice notice) {
        boolean error = notice.severity() == Notice.Severity.ERROR || notice.severity() == Notice.Severity.ERROR_XFER;
        if (error && texts.size() < MAX_ERRORS) {
            texts.add(new String(notice.text(), StandardCharsets.UTF_8));
        }
    }

    synchronized boolean isEmpty() {
        return found.isEmpty();
    }

    synchronized long more() {
        return more;
    }

    synchronized List<Difference> list() {
        return found.values().stream()
                .sorted(Comparator.comparing(difference -> key(difference.path())))
                .toList();
    }

    synchronized void remove(Difference difference) {
        found.remove(key(difference.path()));
    }

    /** Those that are there in another look too, and as they are then; {@code gone} hears of the others. */
    synchronized FoundDifferences lasting(FoundDifferences later, Consumer<byte[]> gone) {
        FoundDifferences lasting = new FoundDifferences();
        lasting.more = later.more;
        for (Map.Entry<String, Difference> entry : found.entrySet()) {
            Difference still = later.found.get(entry.getKey());
            if (still != null) {
                lasting.found.put(entry.getKey(), still);
            } else if (more == 0 && later.more == 0) {
                gone.accept(entry.getValue().path());
            }
        }
        return lasting;
    }

    /** What could not be looked at, by a session that ended by itself. Files that vanished are changes under way. */
    synchronized List<String> errors(ExitCode code) {
        if (code == ExitCode.OK || code == ExitCode.VANISHED) {
            return List.of();
        }
        return texts.isEmpty() ? List.of(code.phrase() + " (code " + code.value() + ")") : List.copyOf(texts);
    }

    /** Why a session was broken off. */
    synchronized String explain(TransferException e) {
        List<String> words = new ArrayList<>(texts);
        String own = e.getMessage() == null ? "" : e.getMessage();
        if (!own.isEmpty() && !words.contains(own)) {
            words.add(own);
        }
        return words.isEmpty()
                ? e.exitCode().phrase() + " (code " + e.exitCode().value() + ")"
                : String.join("; ", words);
    }
}
