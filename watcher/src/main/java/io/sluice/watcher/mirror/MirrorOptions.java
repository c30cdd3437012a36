package io.sluice.watcher.mirror;

import io.sluice.client.Location;
import io.sluice.client.PasswordSource;
import io.sluice.client.RsyncOptions;
import io.sluice.client.TlsOptions;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.options.TransferOptions;
import java.io.IOException;
import java.nio.file.Path;
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
 * @param tls {@code --tls-ca} and its like, for replicas that are reached by TLS
 * @param operands source and destinations
 */
record MirrorOptions(
        TransferOptions transfer,
        FilterList filters,
        Optional<Path> passwordFile,
        TlsOptions tls,
        List<String> operands) {
    private static final String PASSWORD_VARIABLE = "RSYNC_PASSWORD";

    MirrorOptions {
        operands = List.copyOf(operands);
    }

    /** @throws TransferException if an option is none of rsync's, or makes no sense for a mirror */
    static MirrorOptions read(List<String> words, Map<String, String> environment) throws IOException {
        List<String> all = new ArrayList<>(List.of("-a"));
        words.stream().filter(word -> !word.isEmpty()).forEach(all::add);
        RsyncOptions options = RsyncOptions.read(all, environment);
        if (options.transfer().update().dryRun()) {
            throw new TransferException(ExitCode.SYNTAX, "--dry-run (expected: none; a mirror always acts)");
        }
        if (options.filesFrom().isPresent()) {
            throw new TransferException(ExitCode.SYNTAX, "--files-from (expected: none; a mirror makes its own lists)");
        }
        if (options.tlsWanted()) {
            throw new TransferException(ExitCode.SYNTAX, "--tls (expected: none; rsyncs:// names a replica's TLS)");
        }
        Optional<Path> passwordFile = options.passwordFile().map(Path::of);
        return new MirrorOptions(
                options.transfer(), options.filters(), passwordFile, options.tls(), options.operands());
    }

    void requireNoOperands() throws TransferException {
        if (!operands.isEmpty()) {
            throw new TransferException(ExitCode.SYNTAX, operands.getFirst() + " (expected: an option of rsync)");
        }
    }

    /** What {@code RSYNC_PASSWORD} says, as for rsync. */
    static PasswordSource environmentPassword(Map<String, String> environment) {
        return PasswordSource.of(environment.getOrDefault(PASSWORD_VARIABLE, ""));
    }

    /** @throws IllegalArgumentException if the word names no module of a daemon nor a place that a remote shell reaches */
    static Replica replica(String word, PasswordSource passwords) {
        Replica replica = Replica.of(word, passwords);
        if (replica.location() instanceof Location.Local) {
            throw new IllegalArgumentException(
                    word + " (expected: rsync://user@host:port/module/path, user@host::module/path or user@host:path)");
        }
        if (replica.location() instanceof Location.Daemon daemon && daemon.path().length == 0) {
            throw new IllegalArgumentException(word + " (expected: a module after the host)");
        }
        return replica;
    }
}
