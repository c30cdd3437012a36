package io.sluice.watcher.status;

import java.util.ArrayList;
import java.util.List;

/** How everything stands, for a terminal. No control characters but the ends of lines. */
final class StatusText {
    private static final List<String> HEAD = List.of("REPLICA", "STATE", "LAG", "QUEUE", "10 MINUTES", "LAST ERROR");

    private StatusText() {}

    static String of(BoardView board) {
        StringBuilder out = new StringBuilder();
        line(out, board.host() + ": " + board.summary());
        for (SourceView source : board.sources()) {
            out.append('\n');
            line(out, "[" + source.name() + "] " + source.path() + ", " + source.watched());
            source.trouble().ifPresent(text -> line(out, "watching: " + text));
            table(out, source.replicas());
        }
        return out.toString();
    }

    private static void line(StringBuilder out, String text) {
        out.append(text.replaceAll("\\p{Cc}", "?")).append('\n');
    }

    private static void table(StringBuilder out, List<ReplicaView> replicas) {
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        Prominence prominence = Prominence.of(replicas);
        prominence.full().forEach(i -> rows.add(row(replicas.get(i))));
        prominence.brief().forEach(i -> rows.add(row(replicas.get(i))));
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                boolean last = i == widths.length - 1;
                text.append(row.get(i))
                        .append(last ? "" : " ".repeat(widths[i] - row.get(i).length() + 2));
            }
            line(out, text.toString().stripTrailing());
        }
    }

    private static List<String> row(ReplicaView replica) {
        History.Buckets history = replica.history();
        String error = replica.status()
                .error()
                .or(() -> replica.lastError().map(past -> "(over) " + past.text()))
                .orElse("-");
        return List.of(
                replica.name(),
                Standing.of(replica).words(),
                Figures.duration(replica.status().lag()),
                replica.queue(),
                Figures.count(history.allChanges(), "change") + ", " + Figures.bytes(history.allBytes()),
                error);
    }
}
