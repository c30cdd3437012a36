package io.sluice.watcher.status;

import io.sluice.client.PasswordSource;
import io.sluice.watcher.mirror.PushedBatch;
import io.sluice.watcher.mirror.Replica;
import io.sluice.watcher.mirror.ReplicaStatus;
import io.sluice.watcher.mirror.ReplicaStatus.State;
import io.sluice.watcher.monitor.Change;
import io.sluice.watcher.monitor.ChangeKind;
import io.sluice.watcher.monitor.MonitorKind;
import io.sluice.watcher.monitor.MonitorStatistics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A board with a scripted mirror and a clock that only the test moves. */
final class Boards extends Clock {
    static final Replica WEB1 = Replica.of("rsync://publisher@web1/www/", PasswordSource.of(""));
    static final Replica WEB2 = Replica.of("rsync://publisher@web2/www/", PasswordSource.of(""));
    static final String REFUSED = "failed to connect to web2 (192.168.12.8): Connection refused (111)";

    private Instant now = Instant.parse("2026-11-01T12:00:00Z");
    final StatusBoard board = new StatusBoard("publish", this);
    final Map<Replica, ReplicaStatus> statuses = new LinkedHashMap<>();
    final SourceBoard source;

    Boards(String name) {
        source = board.add(name, "/srv/" + name, List.of(WEB1, WEB2));
    }

    /** One whose replicas are in sync. */
    static Boards inSync() {
        Boards boards = new Boards("www");
        boards.stands(WEB1, State.IN_SYNC, Duration.ZERO);
        boards.stands(WEB2, State.IN_SYNC, Duration.ZERO);
        boards.source.watching(() -> boards.statuses, () -> figures(0));
        boards.source.pushed(WEB1, whole(1200, 3_400_000));
        boards.source.pushed(WEB2, whole(1200, 3_400_000));
        return boards;
    }

    static MonitorStatistics figures(int unwatched) {
        return new MonitorStatistics(MonitorKind.INOTIFY, "fanotify is not allowed", 1234, unwatched, 56, 0);
    }

    void stands(Replica replica, State state, Duration lag) {
        statuses.put(replica, new ReplicaStatus(state, 0, lag, 1, Optional.empty()));
    }

    void fails(Replica replica, Duration lag) {
        statuses.put(replica, new ReplicaStatus(State.WAITING, 7, lag, 1, Optional.of(REFUSED)));
        source.failed(replica, REFUSED, Duration.ofSeconds(1));
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    static PushedBatch whole(long files, long bytes) {
        return new PushedBatch(List.of(new byte[0]), 1, files, bytes, 800, 700);
    }

    static PushedBatch batch(long bytes, long millis, String... paths) {
        List<byte[]> all = Arrays.stream(paths).map(Boards::bytes).toList();
        return new PushedBatch(all, 0, paths.length, bytes, millis, millis);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Change complete(String path) {
        return new Change(bytes(path), Set.of(ChangeKind.CONTENT_COMPLETE), false);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("one zone is all that a test needs");
    }

    @Override
    public Instant instant() {
        return now;
    }
}
