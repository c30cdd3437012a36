package io.sluice.watcher.command;

import io.sluice.client.PasswordSource;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.watcher.config.DurationText;
import io.sluice.watcher.config.MirrorFile;
import io.sluice.watcher.config.MirrorOptions;
import io.sluice.watcher.config.NamedMirror;
import io.sluice.watcher.mirror.MirrorConfiguration;
import io.sluice.watcher.mirror.MirrorTimes;
import io.sluice.watcher.mirror.Replica;
import io.sluice.watcher.status.StatusRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a command line of {@code sluice mirror} asks for.
 *
 * @param mirrors to run
 * @param status where they tell how they stand; empty: nowhere
 * @param config the file that says so; empty: the command line does
 * @param check a file that is only to be looked at
 * @param loudness -1 for {@code -q}, else the number of {@code -v}
 * @param help the usage is all that is wanted
 */
record MirrorRequest(
        List<NamedMirror> mirrors,
        Optional<StatusRules> status,
        Optional<Path> config,
        Optional<Path> check,
        int loudness,
        boolean help) {
    MirrorRequest {
        mirrors = List.copyOf(mirrors);
    }

    /**
     * Reads a command line.
     *
     * @throws TransferException with an exit code if it makes no sense
     */
    static MirrorRequest read(List<String> arguments, Map<String, String> environment) throws IOException {
        Words words = new Words();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            words.take(rest.next(), rest);
        }
        if (words.help) {
            return new MirrorRequest(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), 0, true);
        }
        Path config = words.config;
        MirrorOptions options = MirrorOptions.read(words.rsync, environment);
        if (config != null) {
            options.requireNoOperands();
            words.requireNoStatus();
            List<NamedMirror> mirrors = words.told(MirrorFile.read(config, environment));
            Optional<StatusRules> status = MirrorFile.readStatus(config, environment);
            return new MirrorRequest(mirrors, status, Optional.of(config), Optional.empty(), words.loudness, false);
        }
        if (words.check != null) {
            options.requireNoOperands();
            return new MirrorRequest(List.of(), Optional.empty(), Optional.empty(), Optional.of(words.check), 0, false);
        }
        NamedMirror mirror = new NamedMirror("", fromOperands(options, words.times, environment));
        return new MirrorRequest(
                words.told(List.of(mirror)), words.status(), Optional.empty(), Optional.empty(), words.loudness, false);
    }

    /** The command line, sorted into what is a mirror's own and what is rsync's. */
    private static final class Words {
        private final List<String> rsync = new ArrayList<>();
        private MirrorTimes times = MirrorTimes.DEFAULT;
        private @Nullable Path config;
        private @Nullable Path check;
        private @Nullable String statusAddress;
        private @Nullable Path statusTokenFile;
        private int loudness;
        private boolean help;
        private Optional<Boolean> insist = Optional.empty();

        void take(String word, Iterator<String> rest) throws TransferException {
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String name = equals < 0 ? word : word.substring(0, equals);
            switch (name) {
                case "--help", "-h" -> help = true;
                case "-q", "--quiet" -> loudness = -1;
                case "-v", "--verbose" -> loudness = Math.max(0, loudness) + 1;
                case "--insist" -> insist = Optional.of(true);
                case "--no-insist" -> insist = Optional.of(false);
                case "--config" -> config = Path.of(value(word, equals, rest));
                case "--status-address" -> statusAddress = value(word, equals, rest);
                case "--status-token-file" -> statusTokenFile = Path.of(value(word, equals, rest));
                case "--check" -> check = Path.of(value(word, equals, rest));
                case "--settle" -> times = times.withSettle(time(name, value(word, equals, rest)));
                case "--quiet-period" -> times = times.withQuiet(time(name, value(word, equals, rest)));
                case "--growing-interval" -> times = times.withGrowing(time(name, value(word, equals, rest)));
                case "--max-backoff" -> times = times.withMaxBackoff(time(name, value(word, equals, rest)));
                case "--timeout" -> times = times.withTimeout(time(name, value(word, equals, rest)));
                case "--contimeout" -> times = times.withConnectTimeout(time(name, value(word, equals, rest)));
                default -> rsync.add(word);
            }
        }

        /** What holds for all mirrors, whatever their sections say. */
        List<NamedMirror> told(List<NamedMirror> mirrors) {
            return insist.map(value -> mirrors.stream()
                            .map(mirror -> mirror.withInsist(value))
                            .toList())
                    .orElse(mirrors);
        }

        /** Where to tell how the mirror stands. */
        Optional<StatusRules> status() throws TransferException {
            Path file = statusTokenFile;
            String address = statusAddress;
            if (address == null) {
                requireNoStatus();
                return Optional.empty();
            }
            try {
                Optional<String> token = file == null ? Optional.empty() : Optional.of(StatusRules.readToken(file));
                return Optional.of(StatusRules.of(address, token));
            } catch (IOException e) {
                throw new TransferException(ExitCode.FILE_SELECT, "--status-token-file: " + e.getMessage(), e);
            } catch (IllegalArgumentException e) {
                throw new TransferException(ExitCode.SYNTAX, String.valueOf(e.getMessage()), e);
            }
        }

        /** Refuses what nobody would heed. */
        void requireNoStatus() throws TransferException {
            if (statusAddress != null) {
                throw new TransferException(
                        ExitCode.SYNTAX, "--status-address (expected: none; with --config the file says it)");
            }
            if (statusTokenFile != null) {
                throw new TransferException(
                        ExitCode.SYNTAX, "--status-token-file (expected: none, or --status-address too)");
            }
        }

        private static String value(String word, int equals, Iterator<String> rest) throws TransferException {
            if (equals >= 0) {
                return word.substring(equals + 1);
            }
            if (!rest.hasNext()) {
                throw new TransferException(ExitCode.SYNTAX, word + ": no value (expected: one)");
            }
            return rest.next();
        }

        private static Duration time(String name, String text) throws TransferException {
            return DurationText.parse(text)
                    .orElseThrow(() -> new TransferException(
                            ExitCode.SYNTAX, name + ": " + text + " (expected: " + DurationText.EXPECTED + ")"));
        }
    }

    private static MirrorConfiguration fromOperands(
            MirrorOptions options, MirrorTimes times, Map<String, String> environment) throws TransferException {
        List<String> operands = options.operands();
        if (operands.size() < 2) {
            throw new TransferException(
                    ExitCode.SYNTAX, "operands: " + operands.size() + " (expected: SRC DEST…, or --config FILE)");
        }
        Path source = Path.of(operands.getFirst()).toAbsolutePath().normalize();
        if (!Files.isDirectory(source)) {
            throw new TransferException(ExitCode.FILE_SELECT, "source: " + source + " (expected: a directory)");
        }
        PasswordSource passwords = options.passwordFile()
                .map(PasswordSource::ofFile)
                .orElseGet(() -> MirrorOptions.environmentPassword(environment));
        List<Replica> replicas = new ArrayList<>();
        for (String operand : operands.subList(1, operands.size())) {
            try {
                replicas.add(MirrorOptions.replica(operand, passwords));
            } catch (IllegalArgumentException e) {
                throw new TransferException(ExitCode.SYNTAX, "destination: " + e.getMessage(), e);
            }
        }
        try {
            return new MirrorConfiguration(
                    source, replicas, options.filters(), options.transfer(), times, options.connections());
        } catch (IllegalArgumentException e) {
            throw new TransferException(ExitCode.SYNTAX, String.valueOf(e.getMessage()), e);
        }
    }
}
