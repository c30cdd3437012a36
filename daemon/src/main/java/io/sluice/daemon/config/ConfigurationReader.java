package io.sluice.daemon.config;

import io.sluice.protocol.config.ConfigurationException;
import io.sluice.protocol.config.Parameter;
import io.sluice.protocol.config.ParameterFile;
import io.sluice.protocol.config.ParameterFile.Section;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives sections their meaning: what stands before the first one, or in {@code [global]}, holds for the daemon and is the default for the modules
 * that begin after it.
 */
final class ConfigurationReader {
    private static final String GLOBAL = "global";
    private static final int DEFAULT_BACKLOG = 5;
    private static final int MAX_PORT = 65_535;

    private final Map<String, String> environment;
    private final Map<KnownParameter, Parameter> globals = new EnumMap<>(KnownParameter.class);
    private final Map<String, Module> modules = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    private record Module(String name, Map<KnownParameter, Parameter> values) {}

    ConfigurationReader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    DaemonConfiguration read(ParameterFile file) throws ConfigurationException {
        file.ignored().forEach(line -> warnings.add(String.valueOf(line.getMessage())));
        for (Section section : file.sections()) {
            if (section.name().isEmpty() || Parameter.key(section.name()).equals(GLOBAL)) {
                take(section, globals, true);
            } else {
                Module module = module(file, section);
                take(section, module.values, false);
            }
        }
        List<ModuleConfiguration> read = new ArrayList<>();
        for (Module module : modules.values()) {
            read.add(ModuleReader.read(module.name, new ModuleParameters(module.values, environment)));
        }
        return daemon(read);
    }

    /** The module of a section, a new one with the defaults as they stand here unless it has begun already. */
    private Module module(ParameterFile file, Section section) throws ConfigurationException {
        if (section.name().contains("/")) {
            throw new ConfigurationException(
                    file.name(),
                    section.line(),
                    "invalid section name in configuration file: " + section.name() + " (expected: no slash)");
        }
        return modules.computeIfAbsent(
                Parameter.key(section.name()), key -> new Module(section.name(), new EnumMap<>(globals)));
    }

    private void take(Section section, Map<KnownParameter, Parameter> into, boolean global)
            throws ConfigurationException {
        for (Parameter parameter : section.parameters()) {
            Optional<KnownParameter> known = KnownParameter.of(parameter);
            if (known.isEmpty()) {
                warnings.add("Unknown Parameter encountered: \"" + parameter.name() + "\"");
                warnings.add("IGNORING unknown parameter \"" + parameter.name() + "\"");
            } else if (!global && known.get().scope() == KnownParameter.Scope.GLOBAL) {
                warnings.add("Global parameter " + parameter.name() + " found in module section!");
            } else {
                known.get().requireSupport(parameter);
                into.put(known.get(), parameter);
            }
        }
    }

    private DaemonConfiguration daemon(List<ModuleConfiguration> read) throws ConfigurationException {
        ModuleParameters from = new ModuleParameters(globals, environment);
        int port = from.number(KnownParameter.PORT, 0, 0, MAX_PORT);
        return new DaemonConfiguration(
                port != 0 ? port : from.number(KnownParameter.RSYNC_PORT, 0, 0, MAX_PORT),
                from.text(KnownParameter.ADDRESS, from.text(KnownParameter.BIND_ADDRESS, "")),
                from.number(KnownParameter.LISTEN_BACKLOG, DEFAULT_BACKLOG, 1, MAX_PORT),
                from.text(KnownParameter.PID_FILE, ""),
                from.text(KnownParameter.MOTD_FILE, ""),
                from.text(KnownParameter.LOG_FILE, ""),
                from.flag(KnownParameter.REVERSE_LOOKUP, true),
                tls(from),
                read,
                warnings);
    }

    private static Optional<TlsRules> tls(ModuleParameters from) throws ConfigurationException {
        String certificate = from.text(KnownParameter.TLS_CERTIFICATE, "");
        if (certificate.isEmpty()) {
            for (KnownParameter other :
                    List.of(KnownParameter.TLS_PORT, KnownParameter.TLS_KEY, KnownParameter.TLS_CLIENT_CA)) {
                if (!from.text(other, "").isEmpty()) {
                    throw from.error(other, "TLS without a certificate (expected: tls certificate = FILE)");
                }
            }
            return Optional.empty();
        }
        return Optional.of(new TlsRules(
                from.number(KnownParameter.TLS_PORT, TlsRules.DEFAULT_PORT, 0, MAX_PORT),
                from.text(KnownParameter.TLS_ADDRESS, ""),
                certificate,
                from.text(KnownParameter.TLS_KEY, certificate),
                from.text(KnownParameter.TLS_CLIENT_CA, "")));
    }
}
