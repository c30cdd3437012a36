package io.sluice.daemon.config;

import io.sluice.protocol.config.ConfigurationException;
import io.sluice.protocol.config.Finding.Severity;
import io.sluice.protocol.config.Findings;
import io.sluice.protocol.config.Parameter;
import io.sluice.protocol.config.Place;
import io.sluice.protocol.config.Statement;
import io.sluice.protocol.config.StatementReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the statements of a configuration and of the files that it includes: what stands before the first section, or in {@code [global]},
 * holds for the daemon and is the default for the modules that begin after it. An included file begins with the defaults as they are and leaves them
 * so, and what follows is global again; a merged one could as well stand where it is named.
 */
final class ConfigurationReader {
    private static final String GLOBAL = "global";
    /** rsync goes on until it has no descriptors left. */
    private static final int MAX_DEPTH = 32;

    private final ConfigurationFiles files;
    private final Overrides overrides;
    private final Map<String, String> environment;
    private final boolean globalsOnly;
    private final Findings findings;
    private Map<KnownParameter, Parameter> globals = new EnumMap<>(KnownParameter.class);
    private final Map<String, Module> modules = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private @Nullable Module current;
    private int depth;

    private record Module(Statement.Header header, Map<KnownParameter, Parameter> values) {
        /** One that begins with the defaults as they are; a name is none of them. */
        static Module of(Statement.Header header, Map<KnownParameter, Parameter> defaults) {
            Map<KnownParameter, Parameter> values = new EnumMap<>(KnownParameter.class);
            values.putAll(defaults);
            values.remove(KnownParameter.NAME);
            return new Module(header, values);
        }

        Place place() {
            return new Place(header.file(), header.line());
        }
    }

    /**
     * Five parameters, as it is them that the same reading differs by.
     *
     * @param globalsOnly read no further than to the first section, as rsync does as it starts
     * @param findings gets what is wrong
     */
    ConfigurationReader(
            ConfigurationFiles files,
            Overrides overrides,
            Map<String, String> environment,
            boolean globalsOnly,
            Findings findings) {
        this.files = files;
        this.overrides = overrides;
        this.environment = Map.copyOf(environment);
        this.globalsOnly = globalsOnly;
        this.findings = findings;
    }

    /** Reads {@code file} to its end. */
    void read(String file) throws IOException {
        boolean _ = readFile(file);
        if (modules.isEmpty()) {
            applyOverrides();
        }
    }

    /** As {@link #read(String)}, of content that is already there. */
    void read(String name, byte[] content) throws IOException {
        boolean _ = whole(name, content);
        if (modules.isEmpty()) {
            applyOverrides();
        }
    }

    private boolean readFile(String file) throws IOException {
        try {
            return whole(file, files.read(file));
        } catch (ConfigurationException e) {
            findings.error(e); // after which nobody knows what the rest of the file means
            return true;
        }
    }

    /** False if it was read only as far as it matters, and nothing after it matters either. */
    private boolean whole(String file, byte[] content) throws IOException {
        StatementReader reader = new StatementReader(file, content);
        for (Optional<Statement> next = reader.next(); next.isPresent(); next = reader.next()) {
            switch (next.get()) {
                case Statement.Header header -> {
                    if (globalsOnly) {
                        return false;
                    }
                    begin(header);
                }
                case Statement.Assignment assignment -> assign(assignment.parameter());
                case Statement.Ignored line -> ignore(line.reason());
                case Statement.Directive directive -> {
                    if (!follow(directive.parameter())) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private void ignore(ConfigurationException line) {
        warnings.add(String.valueOf(line.getMessage()));
        findings.add(Severity.WARNING, new Place(line.file(), line.line()), line.reason());
    }

    private boolean follow(Parameter directive) throws IOException {
        List<String> named;
        try {
            named = files.named(directive, suffix(directive));
        } catch (ConfigurationException e) {
            findings.error(e);
            return true;
        }
        boolean own = directive.name().toLowerCase(Locale.ROOT).equals("&include");
        boolean scoped = own && !globalsOnly;
        Map<KnownParameter, Parameter> before = new EnumMap<>(globals);
        for (String file : named) {
            if (scoped) {
                reset(before);
            }
            if (++depth > MAX_DEPTH) {
                throw directive.error(
                        "config files that include each other: more than " + MAX_DEPTH + " (expected: fewer)");
            }
            if (!readFile(file)) {
                return false;
            }
            depth--;
        }
        if (scoped && !named.isEmpty()) {
            reset(before);
        }
        return true;
    }

    /** What the names of files end with that a directive includes. */
    private static String suffix(Parameter directive) throws ConfigurationException {
        return switch (directive.name().toLowerCase(Locale.ROOT)) {
            case "&include" -> ".conf";
            case "&merge" -> ".inc";
            default ->
                throw directive.error("Unknown directive: " + directive.name() + " (expected: &include or &merge)");
        };
    }

    private void reset(Map<KnownParameter, Parameter> to) {
        globals = new EnumMap<>(KnownParameter.class);
        globals.putAll(to);
        current = null;
    }

    private void begin(Statement.Header header) throws ConfigurationException {
        String key = Parameter.key(header.name());
        boolean global = key.equals(GLOBAL);
        if (current == null && !global && modules.isEmpty()) {
            applyOverrides();
        }
        if (header.name().contains("/")) {
            findings.error(new ConfigurationException(
                    header.file(),
                    header.line(),
                    "Warning: invalid section name in configuration file: " + header.name() + " (expected: no slash)"));
        }
        current = global ? null : modules.computeIfAbsent(key, absent -> Module.of(header, globals));
    }

    private void applyOverrides() {
        current = null;
        for (Parameter parameter : overrides.globals()) {
            assign(parameter);
        }
    }

    private void assign(Parameter parameter) {
        Optional<KnownParameter> known = KnownParameter.of(parameter.name());
        Module module = current;
        if (known.isEmpty()) {
            warn("Unknown Parameter encountered: \"" + parameter.name() + "\"", parameter);
            warnings.add("IGNORING unknown parameter \"" + parameter.name() + "\"");
        } else if (module != null && known.get().scope() == KnownParameter.Scope.GLOBAL) {
            warn("Global parameter " + parameter.name() + " found in module section!", parameter);
        } else {
            set(module == null ? globals : module.values, known.get(), parameter);
        }
    }

    private void set(Map<KnownParameter, Parameter> into, KnownParameter known, Parameter written) {
        if (known.type() == KnownParameter.Type.TEXT) {
            into.put(known, written);
            return;
        }
        Parameter parameter = written.withBytes(ModuleParameters.expand(written.bytes(), environment));
        switch (known.type()) {
            case FLAG, FLAG_OR_UNSET -> {
                if (Flags.isFlag(parameter.text(), known.type() == KnownParameter.Type.FLAG_OR_UNSET)) {
                    into.put(known, parameter);
                } else {
                    warn("Badly formed boolean in configuration file: \"" + parameter.text() + "\".", parameter);
                }
            }
            case FACILITY -> {
                if (SyslogFacility.of(parameter.text()).isPresent()) {
                    into.put(known, parameter);
                } else {
                    doubt(known.label() + ": \"" + parameter.text() + "\" (expected: a facility of syslog)", parameter);
                }
            }
            case INTEGER -> {
                if (!Flags.isNumber(parameter.text())) {
                    doubt(known.label() + ": \"" + parameter.text() + "\" (expected: a number)", parameter);
                }
                into.put(known, parameter);
            }
            default -> into.put(known, parameter);
        }
    }

    /** For the log too: rsync's text, which says nothing of where the fault is. */
    private void warn(String text, Parameter parameter) {
        warnings.add(text + " (" + parameter.file() + ":" + parameter.line() + ")");
        doubt(text, parameter);
    }

    /** For who checks the file: rsync takes it without a word. */
    private void doubt(String text, Parameter parameter) {
        findings.add(Severity.WARNING, new Place(parameter.file(), parameter.line()), text);
    }

    /** The daemon's own parameters as they are at the end. */
    ModuleParameters globals(String file) throws ConfigurationException {
        return new ModuleParameters(forced(globals), environment, new Place(file, 1), findings);
    }

    List<ModuleConfiguration> modules() throws ConfigurationException {
        List<ModuleConfiguration> read = new ArrayList<>();
        Parameter log = forced(globals).get(KnownParameter.LOG_FILE);
        for (Module module : modules.values()) {
            Map<KnownParameter, Parameter> values = new EnumMap<>(KnownParameter.class);
            values.putAll(lateDefaults());
            values.putAll(module.values);
            if (log != null) {
                values.put(KnownParameter.DAEMON_LOG_FILE, log);
            }
            read.add(ModuleReader.read(
                    module.header.name(), new ModuleParameters(forced(values), environment, module.place(), findings)));
        }
        return read;
    }

    /** A text that a module does not have is the default even if that was set after the module. */
    private Map<KnownParameter, Parameter> lateDefaults() {
        Map<KnownParameter, Parameter> defaults = new EnumMap<>(globals);
        defaults.keySet().removeIf(known -> known.type() != KnownParameter.Type.TEXT || known == KnownParameter.NAME);
        return defaults;
    }

    private Map<KnownParameter, Parameter> forced(Map<KnownParameter, Parameter> values) {
        Map<KnownParameter, Parameter> all = new EnumMap<>(KnownParameter.class);
        all.putAll(values);
        overrides
                .forced()
                .forEach(parameter ->
                        KnownParameter.forced(parameter.name()).ifPresent(known -> all.put(known, parameter)));
        return all;
    }

    List<String> warnings() {
        return warnings;
    }
}
