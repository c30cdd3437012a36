package io.sluice.watcher.config;

import io.sluice.client.Location;
import io.sluice.client.PasswordSource;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.config.ConfigurationException;
import io.sluice.protocol.config.Finding.Severity;
import io.sluice.protocol.config.Findings;
import io.sluice.protocol.config.Parameter;
import io.sluice.protocol.config.ParameterFile.Section;
import io.sluice.protocol.config.Place;
import io.sluice.protocol.filter.FilterList;
import io.sluice.watcher.mirror.MirrorConfiguration;
import io.sluice.watcher.mirror.MirrorPolicy;
import io.sluice.watcher.mirror.MirrorTimes;
import io.sluice.watcher.mirror.Publishing;
import io.sluice.watcher.mirror.Replica;
import io.sluice.watcher.monitor.MonitorKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a mirror of what one section says. An error is noted, or thrown by who wants no more than the first one. */
final class SectionReader {
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    private final Section section;
    private final SectionValues values;
    private final Context context;
    private boolean sound = true;

    /**
     * What sections have in common.
     *
     * @param file its name
     * @param destinations and the section that each belongs to: two sources for one would undo each other's work
     */
    record Context(String file, Map<String, String> environment, Findings findings, Map<String, String> destinations) {}

    SectionReader(Section section, SectionValues values, Context context) {
        this.section = section;
        this.values = values;
        this.context = context;
    }

    /** Part of a section's meaning. */
    @FunctionalInterface
    private interface Part<T> {
        T read() throws IOException;
    }

    /** The mirror; empty if there was an error. */
    Optional<NamedMirror> mirror() throws IOException {
        Path source = noting(this::source, Path.of("/"));
        MirrorOptions options = noting(this::options, null);
        PasswordSource passwords = noting(this::passwords, PasswordSource.of(""));
        List<Replica> replicas = replicas(passwords);
        MirrorTimes times = times(options);
        Optional<Duration> verifyInterval = verifyInterval();
        Publishing publishing = noting(() -> PublishParameters.read(values::last, options), Publishing.INDEPENDENT);
        if (options != null) {
            warnOfUnheeded(publishing.together());
        }
        MonitorKind monitor = noting(this::monitor, MonitorKind.AUTO);
        MirrorPolicy policy = noting(() -> PolicyParameters.read(values::last), MirrorPolicy.DEFAULT);
        FilterList filters = filters(options == null ? FilterList.EMPTY : options.filters());
        if (options == null || !sound) {
            return Optional.empty();
        }
        MirrorConfiguration configuration = new MirrorConfiguration(
                        source,
                        replicas,
                        filters,
                        options.transfer(),
                        times,
                        options.connections(),
                        publishing,
                        monitor)
                .withPolicy(policy);
        return Optional.of(new NamedMirror(section.name(), configuration, verifyInterval, text(filters)));
    }

    private <T extends @Nullable Object> T noting(Part<T> part, T otherwise) throws IOException {
        try {
            return part.read();
        } catch (ConfigurationException e) {
            error(e);
            return otherwise;
        }
    }

    private void error(ConfigurationException e) throws ConfigurationException {
        sound = false;
        context.findings.error(e);
    }

    private void warning(Parameter parameter, String text) {
        context.findings.add(Severity.WARNING, new Place(parameter.file(), parameter.line()), text);
    }

    private ConfigurationException missing(String what) {
        return new ConfigurationException(
                context.file, section.line(), "section " + section.name() + ": no " + what + " (expected: one)");
    }

    private Path source() throws IOException {
        Parameter path = values.last(MirrorParameter.PATH);
        if (path == null) {
            throw missing("path");
        }
        Path source = Path.of(path.text());
        if (!source.isAbsolute() || !Files.isDirectory(source)) {
            throw path.error("path: " + path.text() + " (expected: the absolute path of a directory)");
        }
        if (!Files.isReadable(source)) {
            throw path.error("path: " + path.text() + " (expected: a directory that can be read)");
        }
        return source;
    }

    private MirrorOptions options() throws IOException {
        List<String> words = new ArrayList<>();
        Parameter last = values.last(MirrorParameter.OPTIONS);
        for (Parameter parameter : values.all(MirrorParameter.OPTIONS)) {
            words.addAll(OptionWords.of(parameter));
        }
        Parameter compress = values.last(MirrorParameter.COMPRESS);
        if (compress != null) {
            words.add(compress.flag() ? "-z" : "--no-compress");
        }
        try {
            MirrorOptions options = MirrorOptions.read(words, context.environment);
            options.requireNoOperands();
            return options;
        } catch (TransferException e) {
            Parameter culprit = last == null ? compress : last;
            throw culprit == null ? e : culprit.error("options: " + e.getMessage());
        }
    }

    /** Line by line, so that each is told where it is said. */
    private void warnOfUnheeded(boolean together) throws IOException {
        for (Parameter parameter : values.all(MirrorParameter.OPTIONS)) {
            MirrorOptions options;
            try {
                options = MirrorOptions.read(OptionWords.of(parameter), context.environment);
            } catch (TransferException e) {
                continue; // it makes sense only with another line
            }
            UnheededOptions.among(options, together).forEach(text -> warning(parameter, text));
            warnOfTime(parameter, options.timeout(), "--timeout", MirrorParameter.TIMEOUT);
            warnOfTime(parameter, options.connectTimeout(), "--contimeout", MirrorParameter.CONNECT_TIMEOUT);
        }
    }

    private void warnOfTime(Parameter parameter, Optional<Duration> given, String option, MirrorParameter name) {
        Parameter counts = values.last(name);
        if (given.isPresent() && counts != null) {
            warning(
                    parameter,
                    "options: " + option + ": it does not count (expected: none beside " + name.text() + ", line "
                            + counts.line() + ")");
        }
    }

    private PasswordSource passwords() throws IOException {
        Parameter file = values.last(MirrorParameter.PASSWORD_FILE);
        if (file == null) {
            return MirrorOptions.environmentPassword(context.environment);
        }
        PasswordSource passwords = PasswordSource.ofFile(Path.of(file.text()));
        try {
            var _ = passwords.password("");
        } catch (IOException e) {
            throw file.error("password file: " + e.getMessage());
        }
        return passwords;
    }

    private List<Replica> replicas(PasswordSource passwords) throws IOException {
        List<Replica> replicas = new ArrayList<>();
        List<Parameter> parameters = values.all(MirrorParameter.REPLICAS);
        for (Parameter parameter : parameters) {
            for (String word : words(parameter)) {
                Optional<Replica> replica =
                        noting(() -> Optional.of(replica(parameter, word, passwords)), Optional.empty());
                replica.ifPresent(found -> warnOfPassword(parameter, found));
                replica.ifPresent(replicas::add);
            }
        }
        if (replicas.isEmpty() && sound) {
            error(missing("replicas"));
        }
        return replicas;
    }

    private void warnOfPassword(Parameter parameter, Replica replica) {
        boolean none =
                values.last(MirrorParameter.PASSWORD_FILE) == null && MirrorOptions.hasNoPassword(context.environment);
        if (none
                && replica.location() instanceof Location.Daemon daemon
                && daemon.user().isPresent()) {
            warning(parameter, "replicas: " + replica + " names a user, and there is no password file");
        }
    }

    private static List<String> words(Parameter parameter) {
        return WHITE_SPACE
                .splitAsStream(parameter.text())
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private Replica replica(Parameter parameter, String word, PasswordSource passwords) throws ConfigurationException {
        Replica replica;
        try {
            replica = MirrorOptions.replica(word, passwords);
        } catch (IllegalArgumentException e) {
            throw parameter.error("replicas: " + e.getMessage());
        }
        String other = context.destinations.putIfAbsent(replica.place(), section.name());
        if (other != null) {
            throw parameter.error("replicas: " + word + " (expected: not twice; it belongs to [" + other + "])");
        }
        return replica;
    }

    private FilterList filters(FilterList ofOptions) throws IOException {
        FilterList.Builder rules = new FilterList.Builder();
        boolean any = false;
        for (Parameter parameter : values.rules()) {
            any |= noting(() -> addRules(rules, parameter), true);
        }
        if (any && !ofOptions.isEmpty()) {
            error(values.rules()
                    .getLast()
                    .error("options: filter rules (expected: none beside exclude, include or filter)"));
        }
        return any ? rules.build() : ofOptions;
    }

    private static boolean addRules(FilterList.Builder rules, Parameter parameter) throws ConfigurationException {
        MirrorParameter name = MirrorParameter.of(parameter).orElse(MirrorParameter.PATH);
        try {
            switch (name) {
                case EXCLUDE -> rules.words(parameter.text(), FilterList.Kind.EXCLUDE);
                case INCLUDE -> rules.words(parameter.text(), FilterList.Kind.INCLUDE);
                case FILTER -> rules.filter(parameter.bytes(), file -> Files.readAllBytes(Path.of(file)));
                case EXCLUDE_FROM -> rules.from(Files.readAllBytes(Path.of(parameter.text())), false, parameter.text());
                case INCLUDE_FROM -> rules.from(Files.readAllBytes(Path.of(parameter.text())), true, parameter.text());
                default -> {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw parameter.error(parameter.name() + ": " + e.getMessage());
        }
    }

    /** @param options count where no parameter says it */
    private MirrorTimes times(@Nullable MirrorOptions options) throws IOException {
        MirrorTimes times = options == null ? MirrorTimes.DEFAULT : options.times(MirrorTimes.DEFAULT);
        return times.withSettle(time(MirrorParameter.SETTLE, times.settle()))
                .withMaxDelay(time(MirrorParameter.MAX_DELAY, times.maxDelay()))
                .withQuiet(time(MirrorParameter.QUIET_PERIOD, times.quiet()))
                .withGrowing(time(MirrorParameter.GROWING_INTERVAL, times.growing()))
                .withMaxBackoff(time(MirrorParameter.MAX_BACKOFF, times.maxBackoff()))
                .withResyncAfter(time(MirrorParameter.RESYNC_AFTER, times.resyncAfter()))
                .withPoll(time(MirrorParameter.POLL_INTERVAL, times.poll()))
                .withTimeout(time(MirrorParameter.TIMEOUT, times.timeout()))
                .withConnectTimeout(time(MirrorParameter.CONNECT_TIMEOUT, times.connectTimeout()));
    }

    private MonitorKind monitor() throws ConfigurationException {
        Parameter parameter = values.last(MirrorParameter.MONITOR);
        try {
            return parameter == null ? MonitorKind.AUTO : MonitorKind.of(parameter.text());
        } catch (IllegalArgumentException e) {
            throw parameter.error("monitor: " + e.getMessage());
        }
    }

    private Optional<Duration> verifyInterval() throws IOException {
        Duration interval = time(MirrorParameter.VERIFY_INTERVAL, Duration.ZERO);
        return interval.isZero() ? Optional.empty() : Optional.of(interval);
    }

    private Duration time(MirrorParameter name, Duration otherwise) throws IOException {
        Parameter parameter = values.last(name);
        if (parameter == null) {
            return otherwise;
        }
        return noting(
                () -> DurationText.parse(parameter.text())
                        .orElseThrow(() -> parameter.error(
                                name.text() + ": " + parameter.text() + " (expected: " + DurationText.EXPECTED + ")")),
                otherwise);
    }

    /** What the section says, with the rules of files that it names. */
    private String text(FilterList filters) {
        StringBuilder text = new StringBuilder(values.text());
        filters.lines()
                .forEach(line -> text.append(new String(line, StandardCharsets.ISO_8859_1))
                        .append('\n'));
        return text.toString();
    }
}
