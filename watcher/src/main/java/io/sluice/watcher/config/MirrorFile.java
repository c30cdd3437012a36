package io.sluice.watcher.config;

import io.sluice.protocol.config.ConfigurationException;
import io.sluice.protocol.config.Findings;
import io.sluice.protocol.config.ParameterFile;
import io.sluice.protocol.config.ParameterFile.Section;
import io.sluice.watcher.status.StatusRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
public final class MirrorFile {
    private final Map<String, String> environment;
    private final Findings findings;
    private Optional<StatusRules> status = Optional.empty();

    private MirrorFile(Map<String, String> environment, Findings findings) {
        this.environment = environment;
        this.findings = findings;
    }

    /**
     * Reads a file.
     *
     * @throws ConfigurationException with file and line if it cannot be used
     */
    public static List<NamedMirror> read(Path file, Map<String, String> environment) throws IOException {
        return new MirrorFile(environment, Findings.upToAnError()).mirrors(ParameterFile.read(file));
    }

    /**
     * Reads where a file says that the mirror is to tell how it stands; empty: nowhere.
     *
     * @throws ConfigurationException with file and line if it cannot be used
     */
    public static Optional<StatusRules> readStatus(Path file, Map<String, String> environment) throws IOException {
        MirrorFile read = new MirrorFile(environment, Findings.upToAnError());
        var _ = read.mirrors(ParameterFile.read(file));
        return read.status;
    }

    /** Reads a file and all that it names, and tells everything that is wrong with it. */
    public static Findings check(Path file, Map<String, String> environment) throws IOException {
        Findings findings = Findings.ofAll();
        try {
            new MirrorFile(environment, findings).mirrors(ParameterFile.read(file));
        } catch (ConfigurationException e) {
            findings.error(e); // after which nobody knows what the rest of the file means
        }
        return findings;
    }

    private List<NamedMirror> mirrors(ParameterFile file) throws IOException {
        for (ConfigurationException ignored : file.ignored()) {
            findings.error(ignored);
        }
        List<NamedMirror> mirrors = new ArrayList<>();
        SectionValues common = new SectionValues(null, findings);
        Map<String, String> destinations = new HashMap<>();
        Set<String> names = new HashSet<>();
        for (Section section : file.sections()) {
            if (section.name().isEmpty()) {
                common.read(section);
                continue;
            }
            if (!names.add(section.name())) {
                findings.error(new ConfigurationException(
                        file.name(), section.line(), "section: " + section.name() + " (expected: each name once)"));
            }
            SectionValues values = new SectionValues(common, findings);
            values.read(section);
            SectionReader.Context context = new SectionReader.Context(file.name(), environment, findings, destinations);
            new SectionReader(section, values, context).mirror().ifPresent(mirrors::add);
        }
        status = new StatusReader(common, findings).rules();
        if (names.isEmpty()) {
            findings.error(
                    new ConfigurationException(file.name(), 1, "sections: none (expected: one for each source)"));
        }
        return mirrors;
    }
}
