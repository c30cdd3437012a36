package io.sluice.daemon.config;

import io.sluice.daemon.config.Finding.Severity;
import io.sluice.protocol.config.ConfigurationException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is found while a configuration is read. A daemon goes no further than to the first error, which is thrown; whoever checks a file wants to know all of
 * them.
 */
public final class Findings {
    private final boolean all;
    private final List<Finding> found = new ArrayList<>();

    private Findings(boolean all) {
        this.all = all;
    }

    /** For a daemon: an error is thrown. */
    public static Findings upToAnError() {
        return new Findings(false);
    }

    /** For a check: an error is noted, and reading goes on. */
    public static Findings ofAll() {
        return new Findings(true);
    }

    void error(ConfigurationException fault) throws ConfigurationException {
        if (!all) {
            throw fault;
        }
        add(Severity.ERROR, new Place(fault.file(), fault.line()), fault.reason());
    }

    /** Notes one more. */
    public void add(Severity severity, Place place, String text) {
        Finding finding = new Finding(severity, place.file(), place.line(), text);
        if (!found.contains(finding)) { // a default that is wrong is so for each module
            found.add(finding);
        }
    }

    /** All, file by file as they were read, each from its beginning to its end. */
    public List<Finding> list() {
        List<String> files = found.stream().map(Finding::file).distinct().toList();
        return found.stream()
                .sorted(Comparator.<Finding>comparingInt(finding -> files.indexOf(finding.file()))
                        .thenComparingInt(Finding::line))
                .toList();
    }

    /** Whether one of them is an error. */
    public boolean hasErrors() {
        return found.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }
}
