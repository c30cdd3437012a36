package io.sluice.daemon;

import io.sluice.daemon.config.ConfigurationFiles;
import io.sluice.daemon.config.DaemonConfiguration;
import io.sluice.daemon.config.Overrides;
import io.sluice.daemon.log.Log;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * The configuration as it is in its files now: rsync's daemon reads it for each connection, and administrators rely on that. A configuration that
 * makes no sense is logged once and the last one that did stays. Thread-safe.
 */
final class ConfigurationSource implements Supplier<DaemonConfiguration> {
    private final DaemonSettings settings;
    private final Log log;
    private ConfigurationFiles files;
    private DaemonConfiguration current;

    /** @param start what the files said first */
    ConfigurationSource(DaemonSettings settings, Start start, Log log) {
        this.settings = settings;
        this.files = start.files;
        this.current = start.configuration;
        this.log = log;
    }

    /** A configuration that was read and the files that it was read from. */
    record Start(ConfigurationFiles files, DaemonConfiguration configuration) {
        static Start read(DaemonSettings settings) throws IOException {
            ConfigurationFiles files = new ConfigurationFiles();
            return new Start(files, ConfigurationSource.read(settings, files));
        }
    }

    private static DaemonConfiguration read(DaemonSettings settings, ConfigurationFiles files) throws IOException {
        return DaemonConfiguration.read(
                settings.configuration().toString(),
                settings.environment(),
                new Overrides(settings.overrides(), settings.forced()),
                files);
    }

    @Override
    public synchronized DaemonConfiguration get() {
        if (!files.changed()) {
            return current;
        }
        files = new ConfigurationFiles();
        try {
            current = read(settings, files);
            current.warnings().forEach(log::line);
        } catch (IOException e) {
            log.line("configuration is kept as it was: " + e.getMessage());
        }
        return current;
    }
}
