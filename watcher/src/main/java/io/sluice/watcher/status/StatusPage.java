package io.sluice.watcher.status;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page for people. What changes is {@link #main}; the rest stands around it. */
final class StatusPage {
    private static final Template PAGE = new Template("page.html");
    private static final Template MAIN = new Template("main.html");
    private static final Template BEHIND = new Template("behind.html");
    private static final Template LINK = new Template("link.html");
    private static final Template SOURCE = new Template("source.html");
    private static final Template TROUBLE = new Template("trouble.html");
    private static final Template TABLE = new Template("replicas.html");
    private static final Template IN_SYNC = new Template("in-sync.html");
    private static final Template IN_SYNC_ONE = new Template("in-sync-one.html");
    private static final Template REPLICA = new Template("replica.html");
    private static final Template ERROR_NOW = new Template("error-now.html");
    private static final Template ERROR_PAST = new Template("error-past.html");
    private static final Html NOTHING = new Html("");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int MAX_LINKS = 10;
    private static final int BUCKETS_A_MINUTE = 60 / History.BUCKET_SECONDS;

    private final ZoneId zone;

    StatusPage(ZoneId zone) {
        this.zone = zone;
    }

    Html page(BoardView board) {
        return PAGE.fill(Map.of(
                "summary", board.summary(),
                "host", board.host(),
                "time", board.time().truncatedTo(ChronoUnit.SECONDS),
                "clock", clock(board.time()),
                "main", main(board)));
    }

    private String clock(Instant time) {
        return CLOCK.format(time.atZone(zone));
    }

    /** All that changes; the same as long as nothing does. */
    Html main(BoardView board) {
        Standing standing = Standing.of(board);
        List<Html> sources = new ArrayList<>();
        List<Html> behind = new ArrayList<>();
        for (int i = 0; i < board.sources().size(); i++) {
            SourceView source = board.sources().get(i);
            String id = "source-" + (i + 1);
            Prominence prominence = Prominence.of(source.replicas());
            for (int j : prominence.full()) {
                ReplicaView replica = source.replicas().get(j);
                if (!replica.isInSync() && behind.size() < MAX_LINKS) {
                    behind.add(LINK.fill(Map.of("id", rowId(id, j), "name", replica.name())));
                }
            }
            Html replicas = new Html(table(id, source, prominence.full()).text()
                    + inSync(id, source, prominence.brief()).text());
            sources.add(source(id, source, replicas));
        }
        return MAIN.fill(Map.of(
                "tone", standing.tone(),
                "glyph", standing.glyph(),
                "summary", standing.words(),
                "behind", behind(behind, board.behind()),
                "sources", joined(sources, "\n")));
    }

    private static Html behind(List<Html> links, long all) {
        if (links.isEmpty() || all == 0) {
            return NOTHING;
        }
        String more = all > links.size() ? " and " + (all - links.size()) + " more" : "";
        return BEHIND.fill(Map.of("links", new Html(joined(links, ", ").text() + more)));
    }

    private static Html joined(List<Html> parts, String between) {
        return new Html(String.join(between, parts.stream().map(Html::text).toList()));
    }

    private static String rowId(String source, int replica) {
        return source + "-replica-" + (replica + 1);
    }

    private Html table(String id, SourceView source, List<Integer> replicas) {
        List<Html> rows = replicas.stream()
                .map(i -> replica(rowId(id, i), source.replicas().get(i)))
                .toList();
        return rows.isEmpty() ? NOTHING : TABLE.fill(Map.of("id", id, "rows", joined(rows, "\n")));
    }

    private static Html inSync(String id, SourceView source, List<Integer> replicas) {
        if (replicas.isEmpty()) {
            return NOTHING;
        }
        List<Html> all = new ArrayList<>();
        for (int i : replicas) {
            ReplicaView replica = source.replicas().get(i);
            all.add(IN_SYNC_ONE.fill(
                    Map.of("id", rowId(id, i), "name", name(replica), "caption", caption(replica.history()))));
        }
        String summary = Figures.count(all.size(), "replica") + " in sync";
        return IN_SYNC.fill(Map.of("id", id, "summary", summary, "replicas", joined(all, "\n")));
    }

    /** Of the last ten minutes. */
    private static String caption(History.Buckets history) {
        return Figures.count(history.allChanges(), "change") + ", " + Figures.bytes(history.allBytes());
    }

    private static Html source(String id, SourceView source, Html replicas) {
        return SOURCE.fill(Map.of(
                "id", id,
                "name", source.name(),
                "path", source.path(),
                "watched", source.watched(),
                "events", Figures.count(source.monitor().events(), "event"),
                "trouble",
                        source.trouble()
                                .map(text -> TROUBLE.fill(Map.of("text", text)))
                                .orElse(NOTHING),
                "replicas", replicas));
    }

    private Html replica(String id, ReplicaView replica) {
        Standing standing = Standing.of(replica);
        History.Buckets history = replica.history();
        return REPLICA.fill(Map.ofEntries(
                Map.entry("id", id),
                Map.entry("name", name(replica)),
                Map.entry("tone", standing.tone()),
                Map.entry("glyph", standing.glyph()),
                Map.entry("state", standing.words()),
                Map.entry("lag", Figures.duration(replica.status().lag())),
                Map.entry("queue", replica.queue()),
                Map.entry("throughput", throughput(history)),
                Map.entry("chart", Chart.of(history)),
                Map.entry("caption", caption(history)),
                Map.entry("error", error(replica))));
    }

    /** The user's name is where a long one may be broken. */
    private static Html name(ReplicaView replica) {
        return new Html(Html.escaped(replica.name()).text().replace("@", "@<wbr>"));
    }

    /** Of the last minute. */
    private static String throughput(History.Buckets history) {
        long bytes = 0;
        for (int i = History.BUCKETS - BUCKETS_A_MINUTE; i < History.BUCKETS; i++) {
            bytes += history.bytes()[i];
        }
        return Figures.bytes(bytes / (BUCKETS_A_MINUTE * History.BUCKET_SECONDS)) + "/s";
    }

    private Html error(ReplicaView replica) {
        if (replica.status().error().isPresent()) {
            return ERROR_NOW.fill(Map.of("text", replica.status().error().get()));
        }
        return replica.lastError()
                .map(past -> {
                    Instant time = Instant.ofEpochMilli(past.epochMillis());
                    return ERROR_PAST.fill(Map.of(
                            "time", time.truncatedTo(ChronoUnit.SECONDS), "clock", clock(time), "text", past.text()));
                })
                .orElse(Html.escaped("none"));
    }
}
