package io.sluice.watcher.mirror;

import io.sluice.client.PasswordSource;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.config.ConfigurationException;
import io.sluice.protocol.config.Parameter;
import io.sluice.protocol.config.ParameterFile;
import io.sluice.protocol.config.ParameterFile.Section;
import io.sluice.protocol.filter.FilterList;
import io.sluice.watcher.mirror.MirrorRequest.NamedMirror;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a mirror's configuration, in the dialect of rsyncd.conf(5): a section for each source; what stands before the
 * first section holds for all that do not say otherwise.
 *
 * <pre>
 * password file = /etc/sluice/publisher.pass
 * [site]
 * path = /srv/www
 * replicas = rsync://publisher@web1/www/ rsync://publisher@web2/www/
 * exclude = *.tmp /cache/
 * quiet period = 5s
 * </pre>
 */
final class MirrorFile {
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    private final Map<String, String> environment;
    /** Destinations and the section that each belongs to: two sources for one would undo each other's work. */
    private final Map<String, String> destinations = new HashMap<>();

    private MirrorFile(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Reads a file.
     *
     * @throws ConfigurationException with file and line if it cannot be used
     */
    static List<NamedMirror> read(Path file, Map<String, String> environment) throws IOException {
        return new MirrorFile(environment).mirrors(ParameterFile.read(file));
    }

    private List<NamedMirror> mirrors(ParameterFile file) throws IOException {
        if (!file.ignored().isEmpty()) {
            throw file.ignored().getFirst();
        }
        List<NamedMirror> mirrors = new ArrayList<>();
        Values common = new Values(null);
        for (Section section : file.sections()) {
            if (section.name().isEmpty()) {
                common.read(section);
                continue;
            }
            for (NamedMirror other : mirrors) {
                if (other.name().equals(section.name())) {
                    throw new ConfigurationException(
                            file.name(), section.line(), "section: " + section.name() + " (expected: each name once)");
                }
            }
            Values values = new Values(common);
            values.read(section);
            mirrors.add(new NamedMirror(section.name(), mirror(file, section, values)));
        }
        if (mirrors.isEmpty()) {
            throw new ConfigurationException(file.name(), 1, "sections: none (expected: one for each source)");
        }
        return mirrors;
    }

    /** A section's parameters, with those before the first section behind them. */
    private static final class Values {
        private final @Nullable Values common;
        private final Map<MirrorParameter, List<Parameter>> given = new EnumMap<>(MirrorParameter.class);
        /** Rules of all kinds in the order of the file. */
        private final List<Parameter> inOrder = new ArrayList<>();

        Values(@Nullable Values common) {
            this.common = common;
        }

        void read(Section section) throws ConfigurationException {
            for (Parameter parameter : section.parameters()) {
                MirrorParameter known = MirrorParameter.of(parameter)
                        .orElseThrow(() -> parameter.error("parameter: " + parameter.name() + " (expected: one of "
                                + MirrorParameter.names() + ")"));
                List<Parameter> all = given.computeIfAbsent(known, key -> new ArrayList<>());
                if (!known.addsUp()) {
                    all.clear();
                }
                all.add(parameter);
                inOrder.add(parameter);
            }
        }

        List<Parameter> all(MirrorParameter name) {
            List<Parameter> own = given.getOrDefault(name, List.of());
            return own.isEmpty() && common != null ? common.all(name) : own;
        }

        @Nullable
        Parameter last(MirrorParameter name) {
            List<Parameter> all = all(name);
            return all.isEmpty() ? null : all.getLast();
        }

        List<Parameter> rules() {
            List<Parameter> rules = new ArrayList<>(common == null ? List.of() : common.inOrder);
            rules.addAll(inOrder);
            return rules;
        }
    }

    private MirrorConfiguration mirror(ParameterFile file, Section section, Values values) throws IOException {
        Parameter path = values.last(MirrorParameter.PATH);
        if (path == null || values.all(MirrorParameter.REPLICAS).isEmpty()) {
            String missing = path == null ? "path" : "replicas";
            throw new ConfigurationException(
                    file.name(), section.line(), "section " + section.name() + ": no " + missing + " (expected: one)");
        }
        Path source = Path.of(path.text());
        if (!source.isAbsolute() || !Files.isDirectory(source)) {
            throw path.error("path: " + path.text() + " (expected: the absolute path of a directory)");
        }
        MirrorOptions options = options(values);
        return new MirrorConfiguration(
                source,
                replicas(section, values),
                filters(values, options),
                options.transfer(),
                times(values),
                options.tls());
    }

    private MirrorOptions options(Values values) throws IOException {
        List<String> words = new ArrayList<>();
        Parameter last = values.last(MirrorParameter.OPTIONS);
        for (Parameter parameter : values.all(MirrorParameter.OPTIONS)) {
            words.addAll(words(parameter));
        }
        Parameter compress = values.last(MirrorParameter.COMPRESS);
        if (compress != null) {
            words.add(compress.flag() ? "-z" : "--no-compress");
        }
        try {
            MirrorOptions options = MirrorOptions.read(words, environment);
            options.requireNoOperands();
            return options;
        } catch (TransferException e) {
            Parameter culprit = last == null ? compress : last;
            throw culprit == null ? e : culprit.error("options: " + e.getMessage());
        }
    }

    private List<Replica> replicas(Section section, Values values) throws ConfigurationException {
        Parameter passwordFile = values.last(MirrorParameter.PASSWORD_FILE);
        if (passwordFile != null && !Files.isReadable(Path.of(passwordFile.text()))) {
            throw passwordFile.error("password file: " + passwordFile.text() + " (expected: a file that can be read)");
        }
        PasswordSource passwords = passwordFile == null
                ? MirrorOptions.environmentPassword(environment)
                : PasswordSource.ofFile(Path.of(passwordFile.text()));
        List<Replica> replicas = new ArrayList<>();
        for (Parameter parameter : values.all(MirrorParameter.REPLICAS)) {
            for (String word : words(parameter)) {
                String other = destinations.putIfAbsent(word, section.name());
                if (other != null) {
                    throw parameter.error(
                            "replicas: " + word + " (expected: not twice; it belongs to [" + other + "])");
                }
                replicas.add(replica(parameter, word, passwords));
            }
        }
        return replicas;
    }

    private static List<String> words(Parameter parameter) {
        return WHITE_SPACE
                .splitAsStream(parameter.text())
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static Replica replica(Parameter parameter, String word, PasswordSource passwords)
            throws ConfigurationException {
        try {
            return MirrorOptions.replica(word, passwords);
        } catch (IllegalArgumentException e) {
            throw parameter.error("replicas: " + e.getMessage());
        }
    }

    private static FilterList filters(Values values, MirrorOptions options) throws IOException {
        FilterList.Builder rules = new FilterList.Builder();
        boolean any = false;
        for (Parameter parameter : values.rules()) {
            try {
                any |= addRules(rules, parameter);
            } catch (ConfigurationException e) {
                throw e;
            } catch (IOException e) {
                throw parameter.error(parameter.name() + ": " + e.getMessage());
            }
        }
        if (any && !options.filters().isEmpty()) {
            throw values.rules()
                    .getLast()
                    .error("options: filter rules (expected: none beside exclude, include or filter)");
        }
        return any ? rules.build() : options.filters();
    }

    private static boolean addRules(FilterList.Builder rules, Parameter parameter) throws IOException {
        MirrorParameter name = MirrorParameter.of(parameter).orElseThrow();
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
    }

    private static MirrorTimes times(Values values) throws ConfigurationException {
        MirrorTimes times = MirrorTimes.DEFAULT;
        return times.withSettle(time(values, MirrorParameter.SETTLE, times.settle()))
                .withQuiet(time(values, MirrorParameter.QUIET_PERIOD, times.quiet()))
                .withMaxBackoff(time(values, MirrorParameter.MAX_BACKOFF, times.maxBackoff()))
                .withTimeout(time(values, MirrorParameter.TIMEOUT, times.timeout()))
                .withConnectTimeout(time(values, MirrorParameter.CONNECT_TIMEOUT, times.connectTimeout()));
    }

    private static Duration time(Values values, MirrorParameter name, Duration otherwise)
            throws ConfigurationException {
        Parameter parameter = values.last(name);
        if (parameter == null) {
            return otherwise;
        }
        return DurationText.parse(parameter.text())
                .orElseThrow(() -> parameter.error(
                        name.text() + ": " + parameter.text() + " (expected: " + DurationText.EXPECTED + ")"));
    }
}
