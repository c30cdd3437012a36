package io.sluice.watcher.config;

import io.sluice.client.Location;
import io.sluice.client.PasswordSource;
import io.sluice.client.PeerConnections;
import io.sluice.client.RsyncOptions;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.watcher.mirror.MirrorTimes;
import io.sluice.watcher.mirror.Replica;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Options of rsync's command line as a mirror takes them, {@code -a} being given already.
 *
 * @param transfer what they say of transfers
 * @param filters what they leave out
 * @param passwordFile {@code --password-file}
 * @param connections how replicas are reached: {@code -e}, {@code --rsync-path}, {@code --tls-ca} and their like
 * @param operands source and destinations
 */
public record MirrorOptions(
        TransferOptions transfer,
        FilterList filters,
        Optional<Path> passwordFile,
        PeerConnections connections,
        List<String> operands) {
    private static final String PASSWORD_VARIABLE = "RSYNC_PASSWORD";
    private static final int MAX_PORT = 65_535;

    public MirrorOptions {
        operands = List.copyOf(operands);
    }

    /**
     * Reads options.
     *
     * @throws TransferException if an option is none of rsync's, or makes no sense for a mirror
     */
    public static MirrorOptions read(List<String> words, Map<String, String> environment) throws IOException {
        List<String> all = new ArrayList<>(List.of("-a"));
        words.stream().filter(word -> !word.isEmpty()).forEach(all::add);
        RsyncOptions options = RsyncOptions.read(all, environment);
        if (options.transfer().update().dryRun()) {
            throw new TransferException(ExitCode.SYNTAX, "--dry-run (expected: none; a mirror always acts)");
        }
        if (options.transfer().deletion().sourceFiles()) {
            throw new TransferException(
                    ExitCode.SYNTAX, "--remove-source-files (expected: none; a mirror leaves its source as it is)");
        }
        if (options.transfer().limits().stopAt() != 0) {
            throw new TransferException(ExitCode.SYNTAX, "--stop-at, --stop-after (expected: none; a mirror goes on)");
        }
        if (options.filesFrom().isPresent()) {
            throw new TransferException(ExitCode.SYNTAX, "--files-from (expected: none; a mirror makes its own lists)");
        }
        if (options.tlsWanted()) {
            throw new TransferException(ExitCode.SYNTAX, "--tls (expected: none; rsyncs:// names a replica's TLS)");
        }
        if (options.port() != 0) {
            throw new TransferException(
                    ExitCode.SYNTAX, "--port (expected: none; rsync://host:port/module names a replica's port)");
        }
        Optional<Path> passwordFile = options.passwordFile().map(Path::of);
        return new MirrorOptions(
                options.transfer(), options.filters(), passwordFile, options.connections(), options.operands());
    }

    /** {@code --timeout}. */
    Optional<Duration> timeout() {
        return seconds(transfer.limits().timeout());
    }

    /** {@code --contimeout}. */
    Optional<Duration> connectTimeout() {
        return seconds(connections.daemons().connectSeconds());
    }

    private static Optional<Duration> seconds(int number) {
        return number == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(number));
    }

    /** A mirror's times with those that these options give. */
    MirrorTimes times(MirrorTimes others) {
        return others.withTimeout(timeout().orElse(others.timeout()))
                .withConnectTimeout(connectTimeout().orElse(others.connectTimeout()));
    }

    public void requireNoOperands() throws TransferException {
        if (!operands.isEmpty()) {
            throw new TransferException(ExitCode.SYNTAX, operands.getFirst() + " (expected: an option of rsync)");
        }
    }

    /** What {@code RSYNC_PASSWORD} says, as for rsync. */
    public static PasswordSource environmentPassword(Map<String, String> environment) {
        return PasswordSource.of(environment.getOrDefault(PASSWORD_VARIABLE, ""));
    }

    /** Whether {@link #environmentPassword} knows none. */
    static boolean hasNoPassword(Map<String, String> environment) {
        return environment.getOrDefault(PASSWORD_VARIABLE, "").isEmpty();
    }

    /**
     * Reads a destination.
     *
     * @throws IllegalArgumentException if the word names no module of a daemon, one of an impossible port, nor a place that a remote shell reaches
     */
    public static Replica replica(String word, PasswordSource passwords) {
        Replica replica = Replica.of(word, passwords);
        if (replica.location() instanceof Location.Local) {
            throw new IllegalArgumentException(
                    word + " (expected: rsync://user@host:port/module/path, user@host::module/path or user@host:path)");
        }
        if (replica.location() instanceof Location.Daemon daemon && daemon.path().length == 0) {
            throw new IllegalArgumentException(word + " (expected: a module after the host)");
        }
        if (replica.location() instanceof Location.Daemon daemon && daemon.port() > MAX_PORT) {
            throw new IllegalArgumentException(word + " (expected: a port of 1 to " + MAX_PORT + ")");
        }
        return replica;
    }
}
