package io.sluice.watcher.status;

import java.time.Instant;
import java.util.Locale;

/** How everything stands, as JSON; STATUS.md says what each member means. */
final class StatusJson {
    private static final int SCHEMA = 1;

    private StatusJson() {}

    static String of(BoardView board) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = new JsonWriter(out)
                .object("")
                .number("schema", SCHEMA)
                .text("host", board.host())
                .text("time", board.time().toString())
                .flag("in_sync", board.isInSync())
                .flag("ready", board.notReady().isEmpty())
                .text("summary", board.summary())
                .array("sources");
        board.sources().forEach(source -> source(json, source));
        json.endArray().endObject();
        return out.append('\n').toString();
    }

    private static void source(JsonWriter json, SourceView source) {
        json.object("")
                .text("name", source.name())
                .text("path", source.path())
                .flag("watching", source.watching())
                .text("monitor", source.monitor().kind().text())
                .number("directories", source.monitor().directories())
                .number("unwatched", source.monitor().unwatched())
                .number("events", source.monitor().events())
                .number("overflows", source.monitor().overflows());
        source.trouble().ifPresent(text -> json.text("trouble", text));
        json.array("replicas");
        source.replicas().forEach(replica -> replica(json, replica));
        json.endArray().endObject();
    }

    private static void replica(JsonWriter json, ReplicaView replica) {
        ReplicaView.Totals totals = replica.totals();
        json.object("")
                .text("name", replica.name())
                .text("state", replica.status().state().name().toLowerCase(Locale.ROOT))
                .flag("in_sync", replica.isInSync())
                .flag("synchronized_once", replica.synchronizedOnce())
                .number("lag_ms", replica.status().lag().toMillis())
                .number("queue", replica.status().dirtyPaths())
                .number("pushes", totals.pushes())
                .number("changes", totals.changes())
                .number("files", totals.files())
                .number("bytes", totals.bytes())
                .number("failures", totals.failures());
        replica.status().error().ifPresent(error -> json.text("error", error));
        replica.lastError()
                .ifPresent(past -> json.object("last_error")
                        .text("text", past.text())
                        .text("time", Instant.ofEpochMilli(past.epochMillis()).toString())
                        .endObject());
        history(json, replica.history());
        json.endObject();
    }

    private static void history(JsonWriter json, History.Buckets buckets) {
        json.object("history").number("seconds", History.BUCKET_SECONDS);
        array(json, "changes", buckets.changes());
        array(json, "bytes", buckets.bytes());
        array(json, "lag_ms", buckets.lagMillis());
        json.array("failures");
        for (int value : buckets.failures()) {
            json.number("", value);
        }
        json.endArray().endObject();
    }

    private static void array(JsonWriter json, String name, long[] values) {
        json.array(name);
        for (long value : values) {
            json.number("", value);
        }
        json.endArray();
    }
}
