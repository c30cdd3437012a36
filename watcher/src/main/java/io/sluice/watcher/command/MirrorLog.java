package io.sluice.watcher.command;

import io.sluice.watcher.mirror.MirrorListener;
import io.sluice.watcher.mirror.PushedBatch;
import io.sluice.watcher.mirror.Replica;
import io.sluice.watcher.monitor.Trouble;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells what a mirror does, a line each: time, replica, what. */
final class MirrorLog implements MirrorListener {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    private final String prefix;
    private final int loudness;
    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * @param section the source's name; empty: none is shown
     * @param loudness -1: only what is wrong; 1 and more: each path too
     * @param out for what goes well
     * @param err for what does not
     */
    MirrorLog(String section, int loudness, Clock clock, PrintStream out, PrintStream err) {
        this.prefix = section.isEmpty() ? "" : "[" + section + "] ";
        this.loudness = loudness;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /** What goes well. */
    void say(String text) {
        if (loudness >= 0) {
            line(out, text);
        }
    }

    /** What does not. */
    void complain(String text) {
        line(err, text);
    }

    private void line(PrintStream stream, String text) {
        stream.println(TIME.format(LocalDateTime.now(clock)) + " " + prefix + text);
        stream.flush();
    }

    @Override
    public void pushed(Replica replica, PushedBatch batch) {
        String what = batch.isFull() ? "synchronized" : batch.paths().size() + " paths";
        say(replica + ": " + what + ", " + batch.files() + " files with " + batch.bytes() + " bytes, "
                + batch.millisSinceFirstEvent() + " ms");
        if (loudness > 0 && !batch.isFull()) {
            int singles = batch.paths().size() - batch.subtrees();
            for (int i = 0; i < batch.paths().size(); i++) {
                say(replica + ":   " + shown(batch.paths().get(i)) + (i < singles ? "" : "/**"));
            }
        }
    }

    private static String shown(byte[] path) {
        String text = path.length == 0 ? "." : new String(path, StandardCharsets.UTF_8);
        return text.replaceAll("\\p{Cc}", "?");
    }

    @Override
    public void failed(Replica replica, String error, Duration retryIn) {
        String when = String.format(Locale.ROOT, "%.1f", retryIn.toMillis() / 1e3);
        line(err, replica + ": " + error + " (next attempt in " + when + " s)");
    }

    @Override
    public void warned(String text) {
        line(err, text);
    }

    @Override
    public void trouble(Trouble trouble) {
        line(err, trouble.message());
    }

    @Override
    public void verified(Replica replica, List<String> differences, Optional<String> error) {
        if (differences.isEmpty() && error.isEmpty()) {
            say(replica + ": verified: equal");
        }
        differences.forEach(difference -> complain(replica + ": differs: " + difference));
        error.ifPresent(words -> complain(replica + ": verified only in part: " + words));
    }
}
