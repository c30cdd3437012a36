package io.sluice.watcher.status;

import io.sluice.watcher.http.Answer;
import io.sluice.watcher.http.Request;
import io.sluice.watcher.http.Site;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/** What is to be had of a mirror over HTTP; STATUS.md tells of all of it. */
final class StatusSite implements Site {
    /** Tells {@code sluice status} what its exit code is. */
    static final String IN_SYNC_HEADER = "Sluice-In-Sync";

    private static final String EVENTS = "/events/";
    private static final Map<String, String> FILES =
            Map.of("/status.css", "text/css", "/status.js", "text/javascript", "/icon.svg", "image/svg+xml");

    private final StatusBoard board;
    private final StatusPage page;
    private final Supplier<String> metrics;
    private final Html login = new Template("login.html").fill(Map.of());

    /** @param metrics in Prometheus's text */
    StatusSite(StatusBoard board, ZoneId zone, Supplier<String> metrics) {
        this.board = board;
        this.page = new StatusPage(zone);
        this.metrics = metrics;
    }

    @Override
    public Answer answer(Request request) {
        String path = request.path();
        return switch (path) {
            case "/" -> Answer.text(200, "text/html", page.page(board.view()).text());
            case "/main" -> unlessKnown(request, page.main(board.view()).text());
            case "/status.json" -> standing("application/json", StatusJson.of(board.view()));
            case "/status.txt" -> standing("text/plain", StatusText.of(board.view()));
            case "/metrics" -> Answer.text(200, "text/plain; version=0.0.4", metrics.get());
            case "/healthz" -> Answer.plain(200, "ok");
            case "/readyz" -> ready();
            default -> other(request);
        };
    }

    @Override
    public boolean isOpen(String path) {
        return path.equals("/healthz") || FILES.containsKey(path); // the page that asks for the token wants the style
    }

    @Override
    public Answer refusal(Request request) {
        String realm = "Bearer realm=\"sluice\"";
        return request.wantsHtml()
                ? Answer.text(401, "text/html", login.text()).with("WWW-Authenticate", realm)
                : Answer.plain(401, "a token is needed (Authorization: Bearer TOKEN, or ?token=TOKEN)")
                        .with("WWW-Authenticate", realm);
    }

    private static Answer unlessKnown(Request request, String body) {
        CRC32C sum = new CRC32C();
        sum.update(body.getBytes(StandardCharsets.UTF_8));
        String etag = "\"" + Long.toHexString(sum.getValue()) + "-" + body.length() + "\"";
        Answer.Whole answer = request.etag().equals(Optional.of(etag))
                ? Answer.text(304, "text/html", "")
                : Answer.text(200, "text/html", body);
        return answer.with("ETag", etag);
    }

    private Answer standing(String type, String body) {
        return Answer.text(200, type, body)
                .with(IN_SYNC_HEADER, Boolean.toString(board.view().isInSync()));
    }

    private Answer ready() {
        List<String> missing = board.view().notReady();
        return missing.isEmpty() ? Answer.plain(200, "ready") : Answer.plain(503, String.join("\n", missing));
    }

    private Answer other(Request request) {
        String type = FILES.get(request.path());
        if (type != null) {
            return Answer.text(
                            200,
                            type,
                            new String(Template.resource(request.path().substring(1)), StandardCharsets.UTF_8))
                    .with("Cache-Control", "max-age=300");
        }
        if (request.path().startsWith(EVENTS)) {
            return events(request);
        }
        return Answer.plain(
                404,
                "no such page (expected: /, /status.json, /status.txt, /metrics, /healthz, /readyz or /events/SOURCE)");
    }

    private Answer events(Request request) {
        String name = request.path().substring(EVENTS.length());
        Optional<SourceBoard> source = board.source(name);
        if (source.isEmpty()) {
            List<String> names = board.sources().stream().map(SourceBoard::name).toList();
            return Answer.plain(404, "no such source (expected: one of " + String.join(", ", names) + ")");
        }
        EventLines lines = "text".equals(request.query().get("format")) ? EventLines.TEXT : EventLines.JSON;
        return new Answer.Events(source.get().feed(lines), request.lastEventId());
    }
}
