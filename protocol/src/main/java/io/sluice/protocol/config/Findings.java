package io.sluice.protocol.config;

import io.sluice.protocol.config.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is found while a configuration is read. Whoever is going to use it goes no further than to the first error, which is thrown; whoever checks a file wants to know all of
 * them.
 */
public final class Findings {
    private final boolean all;
    private final List<Finding> found = new ArrayList<>();

    private Findings(boolean all) {
        this.all = all;
    }

    /** For somebody who will use it: an error is thrown. */
    public static Findings upToAnError() {
        return new Findings(false);
    }

    /** For a check: an error is noted, and reading goes on. */
    public static Findings ofAll() {
        return new Findings(true);
    }

    /** Notes an error, or throws it. */
    public void error(ConfigurationException fault) throws ConfigurationException {
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

    /** A line for each, and one that counts them; {@code file} is what was read. */
    public List<String> report(String file) {
        List<String> lines = new ArrayList<>();
        list().forEach(finding -> lines.add(finding.toString()));
        long errors = found.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .count();
        long warnings = found.size() - errors;
        lines.add(file + ": " + errors + (errors == 1 ? " error, " : " errors, ") + warnings
                + (warnings == 1 ? " warning" : " warnings"));
        return lines;
    }

    /** Whether one of them is an error. */
    public boolean hasErrors() {
        return found.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }
}
