package io.sluice.daemon.config;

import io.sluice.protocol.config.Parameter;
import io.sluice.protocol.config.ParameterFile;
import io.sluice.protocol.config.ParameterFile.Section;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that an {@code rsyncd.conf} says.
 *
 * @param port 0: not set
 * @param address to listen on; empty: all
 * @param backlog connections that wait to be accepted
 * @param pidFile empty: none
 * @param motdFile sent to each client before its request; empty: none
 * @param logFile of what belongs to no module; empty: none
 * @param reverseLookup the name of each peer is looked up as it connects
 * @param tls how it is reached by TLS, if it is
 * @param modules in the file's order
 * @param warnings what rsync logs about the file, in its words
 */
public record DaemonConfiguration(
        int port,
        String address,
        int backlog,
        String pidFile,
        String motdFile,
        String logFile,
        boolean reverseLookup,
        Optional<TlsRules> tls,
        List<ModuleConfiguration> modules,
        List<String> warnings) {
    public DaemonConfiguration {
        modules = List.copyOf(modules);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a file, with the environment's variables for {@code %NAME%}.
     *
     * @throws io.sluice.protocol.config.ConfigurationException if a line makes no sense or asks for what this daemon does not have
     */
    public static DaemonConfiguration read(Path file, Map<String, String> environment) throws IOException {
        return new ConfigurationReader(environment).read(ParameterFile.read(file));
    }

    /** As {@link #read(Path, Map)}, with parameters that stand behind the file's global ones, before its first module. */
    public static DaemonConfiguration read(Path file, Map<String, String> environment, List<Parameter> overrides)
            throws IOException {
        return new ConfigurationReader(environment).read(withGlobals(ParameterFile.read(file), overrides));
    }

    private static ParameterFile withGlobals(ParameterFile file, List<Parameter> more) {
        List<Section> sections = new ArrayList<>(file.sections());
        int behind = 0;
        while (behind < sections.size() && isGlobal(sections.get(behind))) {
            behind++;
        }
        sections.add(behind, new Section("", 1, more));
        return new ParameterFile(file.name(), sections, file.ignored());
    }

    private static boolean isGlobal(Section section) {
        return section.name().isEmpty() || Parameter.key(section.name()).equals("global");
    }

    /** As {@link #read(Path, Map)}, of a file that is parsed already. */
    public static DaemonConfiguration of(ParameterFile file, Map<String, String> environment) throws IOException {
        return new ConfigurationReader(environment).read(file);
    }

    /** The module of exactly this name. */
    public Optional<ModuleConfiguration> module(String name) {
        return modules.stream().filter(module -> module.name().equals(name)).findFirst();
    }
}
