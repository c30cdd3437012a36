package io.sluice.watcher.mirror;

import io.sluice.client.PasswordSource;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command line of {@code sluice mirror} asks for.
 *
 * @param mirrors to run
 * @param loudness -1 for {@code -q}, else the number of {@code -v}
 * @param help the usage is all that is wanted
 */
record MirrorRequest(List<NamedMirror> mirrors, int loudness, boolean help) {
    MirrorRequest {
        mirrors = List.copyOf(mirrors);
    }

    /**
     * A mirror and its name for people.
     *
     * @param name of its section; empty if it came from a command line
     */
    record NamedMirror(String name, MirrorConfiguration configuration) {}

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
            return new MirrorRequest(List.of(), 0, true);
        }
        Path config = words.config;
        MirrorOptions options = MirrorOptions.read(words.rsync, environment);
        if (config != null) {
            options.requireNoOperands();
            return new MirrorRequest(MirrorFile.read(config, environment), words.loudness, false);
        }
        NamedMirror mirror = new NamedMirror("", fromOperands(options, words.times, environment));
        return new MirrorRequest(List.of(mirror), words.loudness, false);
    }

    /** The command line, sorted into what is a mirror's own and what is rsync's. */
    private static final class Words {
        private final List<String> rsync = new ArrayList<>();
        private MirrorTimes times = MirrorTimes.DEFAULT;
        private @Nullable Path config;
        private int loudness;
        private boolean help;

        void take(String word, Iterator<String> rest) throws TransferException {
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String name = equals < 0 ? word : word.substring(0, equals);
            switch (name) {
                case "--help", "-h" -> help = true;
                case "-q", "--quiet" -> loudness = -1;
                case "-v", "--verbose" -> loudness = Math.max(0, loudness) + 1;
                case "--config" -> config = Path.of(value(word, equals, rest));
                case "--settle" -> times = times.withSettle(time(name, value(word, equals, rest)));
                case "--quiet-period" -> times = times.withQuiet(time(name, value(word, equals, rest)));
                case "--max-backoff" -> times = times.withMaxBackoff(time(name, value(word, equals, rest)));
                case "--timeout" -> times = times.withTimeout(time(name, value(word, equals, rest)));
                case "--contimeout" -> times = times.withConnectTimeout(time(name, value(word, equals, rest)));
                default -> rsync.add(word);
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
        return new MirrorConfiguration(source, replicas, options.filters(), options.transfer(), times, options.tls());
    }
}
