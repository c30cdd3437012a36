package io.sluice.daemon.config;

import io.sluice.protocol.config.ConfigurationException;
import io.sluice.protocol.config.Findings;
import io.sluice.protocol.config.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that an {@code rsyncd.conf} says, with the files that it includes.
 *
 * @param listening what counts as the daemon starts
 * @param motdFile sent to each client before its request; empty: none
 * @param log of a connection's lines until it has a module
 * @param timeout seconds that bound each step of a peer that is not let in yet, if it is less than the daemon's own bound; 0: none
 * @param reverseLookup the name of each peer is looked up as it connects
 * @param proxy who tells a peer's address
 * @param identity of the daemon towards a connection
 * @param tls how it is reached by TLS, if it is
 * @param metrics where they are to be had, if they are
 * @param modules in the order in which they begin
 * @param warnings what rsync logs about the file, in its words
 * @param parameters the global ones as they are at the end
 */
public record DaemonConfiguration(
        ListeningRules listening,
        String motdFile,
        LogTarget log,
        int timeout,
        boolean reverseLookup,
        ProxyRules proxy,
        DaemonIdentityRules identity,
        Optional<TlsRules> tls,
        Optional<MetricsRules> metrics,
        List<ModuleConfiguration> modules,
        List<String> warnings,
        ModuleParameters parameters) {
    private static final int DEFAULT_BACKLOG = 5;
    private static final int MAX_PORT = 65_535;

    public DaemonConfiguration {
        modules = List.copyOf(modules);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a file, with the environment's variables for {@code %NAME%}.
     *
     * @throws ConfigurationException if a line makes no sense or asks for what this daemon does not have
     */
    public static DaemonConfiguration read(Path file, Map<String, String> environment) throws IOException {
        return read(file.toString(), environment, Overrides.NONE, new ConfigurationFiles());
    }

    /** The same with what a command line says, and the files that were read. */
    public static DaemonConfiguration read(
            String file, Map<String, String> environment, Overrides overrides, ConfigurationFiles files)
            throws IOException {
        return read(file, environment, overrides, files, Findings.upToAnError());
    }

    /** The same with all that is wrong, if {@code findings} want that: what makes no sense is then as if it were not there. */
    public static DaemonConfiguration read(
            String file,
            Map<String, String> environment,
            Overrides overrides,
            ConfigurationFiles files,
            Findings findings)
            throws IOException {
        ConfigurationReader start = new ConfigurationReader(files, overrides, environment, true, findings);
        start.read(file);
        ConfigurationReader whole = new ConfigurationReader(files, overrides, environment, false, findings);
        whole.read(file);
        return of(file, start, whole);
    }

    /** As {@link #read(Path, Map)}, of content that is already there. */
    static DaemonConfiguration of(String name, byte[] content, Map<String, String> environment) throws IOException {
        ConfigurationFiles files = new ConfigurationFiles();
        Findings findings = Findings.upToAnError();
        ConfigurationReader start = new ConfigurationReader(files, Overrides.NONE, environment, true, findings);
        start.read(name, content);
        ConfigurationReader whole = new ConfigurationReader(files, Overrides.NONE, environment, false, findings);
        whole.read(name, content);
        return of(name, start, whole);
    }

    private static DaemonConfiguration of(String file, ConfigurationReader start, ConfigurationReader whole)
            throws ConfigurationException {
        ModuleParameters from = whole.globals(file);
        return new DaemonConfiguration(
                listening(start.globals(file)),
                from.file(KnownParameter.MOTD_FILE, ""),
                LogTarget.of(from),
                Math.max(0, from.number(KnownParameter.TIMEOUT, 0)),
                from.flag(KnownParameter.REVERSE_LOOKUP, true),
                new ProxyRules(
                        from.flag(KnownParameter.PROXY_PROTOCOL, false),
                        HostPattern.list(from, KnownParameter.PROXY_PROTOCOL_HOSTS)),
                new DaemonIdentityRules(
                        from.text(KnownParameter.DAEMON_CHROOT, ""),
                        from.text(KnownParameter.DAEMON_UID, ""),
                        from.text(KnownParameter.DAEMON_GID, "")),
                tls(from),
                metrics(from),
                whole.modules(),
                whole.warnings(),
                from);
    }

    private static ListeningRules listening(ModuleParameters from) {
        return new ListeningRules(
                from.number(KnownParameter.PORT, 0),
                from.text(KnownParameter.ADDRESS, ""),
                from.number(KnownParameter.LISTEN_BACKLOG, DEFAULT_BACKLOG),
                from.text(KnownParameter.SOCKET_OPTIONS, ""),
                from.text(KnownParameter.PID_FILE, ""),
                LogTarget.of(from));
    }

    private static Optional<MetricsRules> metrics(ModuleParameters from) throws ConfigurationException {
        String address = from.text(KnownParameter.METRICS_ADDRESS, "");
        if (address.isEmpty()) {
            return Optional.empty();
        }
        Optional<MetricsRules> rules = MetricsRules.parse(address);
        if (rules.isEmpty()) {
            from.fault(KnownParameter.METRICS_ADDRESS, "metrics address: \"" + address + "\" (expected: host:port)");
        }
        return rules;
    }

    private static Optional<TlsRules> tls(ModuleParameters from) throws ConfigurationException {
        String certificate = from.text(KnownParameter.TLS_CERTIFICATE, "");
        if (certificate.isEmpty()) {
            for (KnownParameter other :
                    List.of(KnownParameter.TLS_PORT, KnownParameter.TLS_KEY, KnownParameter.TLS_CLIENT_CA)) {
                if (!from.text(other, "").isEmpty()) {
                    from.fault(other, "TLS without a certificate (expected: tls certificate = FILE)");
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

    /** Where a global parameter is set, by its name; if it is not, the beginning of the file. */
    public Place place(String parameter) {
        return parameters.place(KnownParameter.named(parameter));
    }

    /** Whether there is a parameter of this name. */
    public static boolean knows(String parameter) {
        return KnownParameter.of(parameter).isPresent();
    }

    /** The module of exactly this name; of several with it, the last. */
    public Optional<ModuleConfiguration> module(String name) {
        return modules.reversed().stream()
                .filter(module -> module.name().equals(name))
                .findFirst();
    }
}
