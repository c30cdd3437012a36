package io.sluice.watcher.command;

import io.sluice.watcher.config.NamedMirror;
import io.sluice.watcher.mirror.Mirror;
import io.sluice.watcher.mirror.MirrorConfiguration;
import io.sluice.watcher.mirror.MirrorListener;
import io.sluice.watcher.status.SourceBoard;
import io.sluice.watcher.status.StatusBoard;
import io.sluice.watcher.status.StatusRules;
import io.sluice.watcher.status.StatusService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The status page of a process that mirrors, if its configuration asks for one. */
final class MirrorStatus implements AutoCloseable {
    private final Optional<Page> page;
    private final Map<String, SourceBoard> sources = new HashMap<>();

    private MirrorStatus(Optional<Page> page) {
        this.page = page;
    }

    /** What is shown, and what shows it. */
    private record Page(StatusBoard board, StatusService service) {}

    /** No page. */
    static MirrorStatus none() {
        return new MirrorStatus(Optional.empty());
    }

    /** Starts it, if there are rules for it. */
    static MirrorStatus start(Optional<StatusRules> rules) throws IOException {
        if (rules.isEmpty()) {
            return none();
        }
        StatusBoard board = new StatusBoard(hostName(), Clock.systemUTC());
        return new MirrorStatus(Optional.of(new Page(board, StatusService.start(board, rules.get()))));
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
        return page.map(shown -> shown.service().address().toString());
    }

    /** Shows a mirror that is about to start; one of the same name is shown no longer. */
    MirrorListener listener(NamedMirror mirror, MirrorListener other) {
        if (page.isEmpty()) {
            return other;
        }
        MirrorConfiguration configuration = mirror.configuration();
        SourceBoard source =
                page.get().board().add(shownName(mirror), configuration.source().toString(), configuration.replicas());
        sources.put(mirror.name(), source);
        return MirrorListener.all(source, other);
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
        page.ifPresent(shown -> shown.board().remove(shownName(mirror)));
    }

    @Override
    public void close() {
        page.ifPresent(shown -> shown.service().close());
    }
}
