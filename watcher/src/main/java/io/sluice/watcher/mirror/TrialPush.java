package io.sluice.watcher.mirror;

import io.sluice.client.RsyncClient;
import io.sluice.client.SourceFiles;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.event.Notice;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.transfer.PathLabel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A push to a replica as a trial run, of the source's directory alone, without what is in it: shows what the replica has
 * against a push, and changes nothing there.
 *
 * @param session what was agreed on; empty: it did not come to that
 * @param exitCode as of rsync
 * @param words what was said of what is wrong
 * @param millis that it took
 */
public record TrialPush(Optional<Session> session, ExitCode exitCode, List<String> words, long millis) {
    private static final int MAX_WORDS = 5;

    public TrialPush {
        words = List.copyOf(words);
    }

    /** Tries. */
    public static TrialPush of(MirrorConfiguration configuration, Replica replica) {
        Words words = new Words();
        AtomicReference<@Nullable Session> session = new AtomicReference<>();
        long began = System.nanoTime();
        ExitCode code = push(configuration, replica, words, session);
        long millis = (System.nanoTime() - began) / 1_000_000;
        return new TrialPush(Optional.ofNullable(session.get()), code, words.all(), millis);
    }

    /** Keeps what is said of what is wrong. */
    private static final class Words implements TransferListener {
        private final List<String> texts = new ArrayList<>();

        @Override
        public void notice(Notice notice) {
            boolean error =
                    notice.severity() == Notice.Severity.ERROR || notice.severity() == Notice.Severity.ERROR_XFER;
            if (error) {
                add(new String(notice.text(), StandardCharsets.UTF_8));
            }
        }

        synchronized void add(@Nullable String text) {
            boolean says = text != null && !text.isEmpty() && !texts.contains(text);
            if (says && texts.size() <= MAX_WORDS) {
                texts.add(text);
            }
        }

        synchronized List<String> all() {
            return List.copyOf(texts);
        }
    }

    private static ExitCode push(
            MirrorConfiguration configuration,
            Replica replica,
            Words words,
            AtomicReference<@Nullable Session> session) {
        ExitCode code;
        try {
            code = pushed(configuration, replica, words, session);
            words.add(code == ExitCode.OK ? null : code.phrase());
        } catch (TransferException e) {
            code = e.exitCode();
            words.add(e.getMessage());
        } catch (IOException e) {
            code = ExitCode.SOCKET_IO;
            words.add(e.getMessage());
        }
        return code;
    }

    private static ExitCode pushed(
            MirrorConfiguration configuration, Replica replica, Words words, AtomicReference<@Nullable Session> session)
            throws IOException {
        byte[] source = configuration.source().toString().getBytes(StandardCharsets.UTF_8);
        MirrorTimes times = configuration.times();
        TransferOptions options = configuration.options().edit(draft -> {
            draft.dryRun = true;
            draft.recurse = false;
            draft.directories = true;
            draft.relative = true;
            draft.filesFrom = FilesFrom.LOCAL;
            draft.from0 = true;
            draft.removeSourceFiles = false;
            draft.timeout = Math.toIntExact(times.timeout().toSeconds());
        });
        int seconds = Math.toIntExact(times.connectTimeout().toSeconds());
        RsyncClient client = RsyncClient.builder()
                .connection(configuration.connections().to(replica.location()).withConnectSeconds(seconds))
                .passwords(replica.passwords())
                .options(options)
                .listener(words)
                .negotiated(session::set)
                .build();
        FileTree tree = FileTree.open(source, TreePolicy.CONFINED);
        try (SourceFiles files = SourceFiles.named(tree, PathLabel.NONE, List.of(new byte[] {'.'}))) {
            return client.push(files, replica.location().asDirectory()).exitCode();
        }
    }
}
