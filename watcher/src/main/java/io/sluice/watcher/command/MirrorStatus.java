package io.sluice.watcher.command;

import io.sluice.watcher.config.NamedMirror;
import io.sluice.watcher.mirror.Mirror;
import io.sluice.watcher.mirror.MirrorListener;
import io.sluice.watcher.mirror.PushedBatch;
import io.sluice.watcher.mirror.Replica;
import io.sluice.watcher.mirror.ReplicaStatus;
import io.sluice.watcher.monitor.Change;
import io.sluice.watcher.monitor.Trouble;
import io.sluice.watcher.status.SourceBoard;
import io.sluice.watcher.status.StatusBoard;
import io.sluice.watcher.status.StatusRules;
import io.sluice.watcher.status.StatusService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status page of a process that mirrors, if its configuration asks for one. */
final class MirrorStatus implements AutoCloseable {
    private final @Nullable StatusBoard board;
    private final @Nullable StatusService service;
    private final Map<String, SourceBoard> sources = new HashMap<>();

    private MirrorStatus(@Nullable StatusBoard board, @Nullable StatusService service) {
        this.board = board;
        this.service = service;
    }

    /** No page. */
    static MirrorStatus none() {
        return new MirrorStatus(null, null);
    }

    /** Starts it, if there are rules for it. */
    static MirrorStatus start(Optional<StatusRules> rules) throws IOException {
        if (rules.isEmpty()) {
            return none();
        }
        StatusBoard board = new StatusBoard(hostName(), Clock.systemUTC());
        return new MirrorStatus(board, StatusService.start(board, rules.get()));
    }

    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "this host";
        }
    }

    /** Where the page is, without {@code http://}; empty: there is none. */
    Optional<String> address() {
        return Optional.ofNullable(service).map(running -> running.address().toString());
    }

    /** Shows a mirror that is about to start; one of the same name is shown no longer. */
    MirrorListener listener(NamedMirror mirror, MirrorListener other) {
        StatusBoard shown = board;
        if (shown == null) {
            return other;
        }
        SourceBoard source = shown.add(
                shownName(mirror),
                mirror.configuration().source().toString(),
                mirror.configuration().replicas());
        sources.put(mirror.name(), source);
        return new Both(source, other);
    }

    /** A mirror that has begun to watch. */
    void watching(NamedMirror named, Mirror mirror) {
        SourceBoard source = sources.get(named.name());
        if (source != null) {
            source.watching(mirror);
        }
    }

    /** A mirror has these replicas from now on. */
    void replicas(NamedMirror named, Mirror mirror) {
        SourceBoard source = sources.get(named.name());
        if (source != null) {
            source.replicas(mirror.statuses().keySet());
        }
    }

    /** That of the directory, if the command line gave the mirror none. */
    private static String shownName(NamedMirror mirror) {
        Path directory = mirror.configuration().source().getFileName();
        return mirror.name().isEmpty() && directory != null ? directory.toString() : mirror.name();
    }

    /** Shows a mirror no longer. */
    void remove(NamedMirror mirror) {
        sources.remove(mirror.name());
        if (board != null) {
            board.remove(shownName(mirror));
        }
    }

    @Override
    public void close() {
        if (service != null) {
            service.close();
        }
    }

    /** Two listeners, in turn. */
    private record Both(MirrorListener one, MirrorListener two) implements MirrorListener {
        @Override
        public void stateChanged(Replica replica, ReplicaStatus status) {
            one.stateChanged(replica, status);
            two.stateChanged(replica, status);
        }

        @Override
        public void pushed(Replica replica, PushedBatch batch) {
            one.pushed(replica, batch);
            two.pushed(replica, batch);
        }

        @Override
        public void failed(Replica replica, String error, Duration retryIn) {
            one.failed(replica, error, retryIn);
            two.failed(replica, error, retryIn);
        }

        @Override
        public void changed(Change change) {
            one.changed(change);
            two.changed(change);
        }

        @Override
        public void warned(String text) {
            one.warned(text);
            two.warned(text);
        }

        @Override
        public void verified(Replica replica, List<String> differences, Optional<String> error) {
            one.verified(replica, differences, error);
            two.verified(replica, differences, error);
        }

        @Override
        public void trouble(Trouble trouble) {
            one.trouble(trouble);
            two.trouble(trouble);
        }
    }
}
