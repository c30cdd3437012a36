package io.sluice.watcher.doctor;

import io.sluice.client.Location;
import io.sluice.client.RsyncClient;
import io.sluice.client.RsyncClientBuilder;
import io.sluice.client.SourceFiles;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import io.sluice.protocol.options.OptionDraft;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.SelectionOptions.MissingArgs;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.transfer.PathLabel;
import io.sluice.protocol.transfer.TransferResult;
import io.sluice.watcher.mirror.MirrorConfiguration;
import io.sluice.watcher.mirror.Replica;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file of 1 MiB to a replica without its time, so that it has the time of the replica's clock; lists it, and deletes it again. A mirror that runs may
 * be faster to delete it, as the source has no such file: then the clock stays unknown.
 */
final class WriteTest {
    private static final int BYTES = 1 << 20;
    /** rsync lists whole seconds, and all of it takes a moment. */
    private static final long EXACT_SECONDS = 2;

    private final MirrorConfiguration configuration;
    private final Replica replica;
    private final byte[] name;

    WriteTest(MirrorConfiguration configuration, Replica replica) {
        this.configuration = configuration;
        this.replica = replica;
        String random = Long.toHexString(new SecureRandom().nextLong());
        this.name = (".sluice-doctor-" + random).getBytes(StandardCharsets.US_ASCII);
    }

    void run(Diagnoses found) {
        Path directory = null;
        try {
            directory = Files.createTempDirectory("sluice-doctor");
            Path file = directory.resolve(new String(name, StandardCharsets.US_ASCII));
            byte[] noise = new byte[BYTES];
            new SecureRandom().nextBytes(noise); // which no file system makes smaller
            Files.write(file, noise);
            long before = seconds();
            boolean written = complete(push(directory, draft -> {}));
            long after = seconds();
            if (!written) {
                found.bad(
                        "disk",
                        "a file could not be written",
                        "look at the daemon's log: is the disk full, who may write?");
                return;
            }
            found.good("disk", "a file of 1 MiB was written (how much more there is room for, rsync does not tell)");
            clock(found, before, after);
            Files.delete(file);
            boolean deleted = complete(push(directory, draft -> draft.missingArgs = MissingArgs.DELETE));
            if (!deleted) {
                found.warning("disk", "the file could not be deleted again", "delete " + file.getFileName() + " there");
            }
        } catch (IOException e) {
            found.bad(
                    "disk",
                    String.valueOf(e.getMessage()),
                    "look at the daemon's log: is the disk full, who may write?");
        } finally {
            remove(directory);
        }
    }

    private static long seconds() {
        return System.currentTimeMillis() / 1000;
    }

    private static boolean complete(TransferResult result) {
        return result.exitCode() == ExitCode.OK;
    }

    private void remove(@Nullable Path directory) {
        if (directory == null) {
            return;
        }
        try {
            Files.deleteIfExists(directory.resolve(new String(name, StandardCharsets.US_ASCII)));
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            // a megabyte stays in the directory for temporary files
        }
    }

    private RsyncClientBuilder client(TransferOptions options) {
        int seconds = Math.toIntExact(configuration.times().connectTimeout().toSeconds());
        return RsyncClient.builder()
                .connection(configuration.connections().to(replica.location()).withConnectSeconds(seconds))
                .passwords(replica.passwords())
                .options(options);
    }

    private TransferResult push(Path directory, Consumer<OptionDraft> more) throws IOException {
        TransferOptions options = TransferOptions.DEFAULT.edit(draft -> {
            draft.filesFrom = FilesFrom.LOCAL;
            draft.from0 = true;
            draft.relative = true;
            draft.timeout = Math.toIntExact(configuration.times().timeout().toSeconds());
            more.accept(draft);
        });
        FileTree tree = FileTree.open(directory.toString().getBytes(StandardCharsets.UTF_8), TreePolicy.CONFINED);
        try (SourceFiles files = SourceFiles.named(tree, PathLabel.NONE, List.of(name))) {
            return client(options).build().push(files, replica.location().asDirectory());
        }
    }

    private void clock(Diagnoses found, long before, long after) {
        OptionalLong there;
        try {
            there = listed();
        } catch (IOException e) {
            found.note(
                    "clock", "not known: " + e.getMessage(), "the module cannot be listed (\"write only\", \"list\")");
            return;
        }
        if (there.isEmpty()) {
            found.note(
                    "clock",
                    "not known: the file was gone when it was listed",
                    "a mirror that runs deletes it: stop it, or look again");
            return;
        }
        long time = there.getAsLong();
        long skew = time < before ? time - before : Math.max(0, time - after);
        if (Math.abs(skew) <= EXACT_SECONDS) {
            found.good("clock", "as here, within " + EXACT_SECONDS + " seconds");
        } else {
            found.warning(
                    "clock",
                    Math.abs(skew) + " seconds " + (skew < 0 ? "behind" : "ahead of") + " this host's",
                    "let both hosts follow a time server (chrony, systemd-timesyncd); mirroring itself does not need it");
        }
    }

    private OptionalLong listed() throws IOException {
        long[] time = {-1};
        TransferListener listener = new TransferListener() {
            @Override
            public void listed(Item item) {
                if (Arrays.equals(item.path(), name)) {
                    time[0] = item.modificationTime();
                }
            }
        };
        TransferOptions options = TransferOptions.DEFAULT.edit(draft -> {
            draft.listOnly = true;
            draft.directories = true;
            draft.times = true;
            draft.timeout = Math.toIntExact(configuration.times().timeout().toSeconds());
        });
        TransferResult result = client(options).listener(listener).build().pull(List.of(place()), new byte[0]);
        return complete(result) && time[0] >= 0 ? OptionalLong.of(time[0]) : OptionalLong.empty();
    }

    private Location place() {
        byte[] directory = replica.location().asDirectory().path();
        byte[] path = Arrays.copyOf(directory, directory.length + name.length);
        System.arraycopy(name, 0, path, directory.length, name.length);
        return switch (replica.location()) {
            case Location.Daemon daemon -> daemon.withPath(path);
            case Location.Shell shell -> new Location.Shell(shell.user(), shell.host(), path);
            case Location.Local local -> new Location.Local(path);
        };
    }
}
