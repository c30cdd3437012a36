package io.sluice.daemon;

import io.sluice.daemon.config.DaemonConfiguration;
import io.sluice.daemon.log.Log;
import io.sluice.protocol.config.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The configuration as it is in its file now: rsync's daemon reads it for each connection, and administrators rely on that. A file that makes no sense
 * is logged once and the configuration stays what it was. Thread-safe.
 */
final class ConfigurationSource implements Supplier<DaemonConfiguration> {
    private final DaemonSettings settings;
    private final Log log;
    private Map<String, Object> version;
    private DaemonConfiguration current;

    /** @param start what the file said first */
    ConfigurationSource(DaemonSettings settings, Start start, Log log) {
        this.settings = settings;
        this.version = start.version;
        this.current = start.configuration;
        this.log = log;
    }

    /** A configuration that was read and what tells its file's version. */
    record Start(Map<String, Object> version, DaemonConfiguration configuration) {
        Start {
            version = Map.copyOf(version);
        }

        static Start read(Path file, Map<String, String> environment, List<Parameter> overrides) throws IOException {
            Map<String, Object> version = versionOf(file);
            return new Start(version, DaemonConfiguration.read(file, environment, overrides));
        }
    }

    @Override
    public synchronized DaemonConfiguration get() {
        try {
            Map<String, Object> now = versionOf(settings.configuration());
            if (!now.equals(version)) {
                version = now;
                current = DaemonConfiguration.read(
                        settings.configuration(), settings.environment(), settings.overrides());
                current.warnings().forEach(log::line);
            }
        } catch (IOException e) {
            log.line("configuration is kept as it was: " + e.getMessage());
        }
        return current;
    }

    private static Map<String, Object> versionOf(Path file) throws IOException {
        return Files.readAttributes(file, "unix:ino,dev,size,lastModifiedTime,ctime");
    }
}
