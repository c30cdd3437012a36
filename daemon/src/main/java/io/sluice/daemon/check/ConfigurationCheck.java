package io.sluice.daemon.check;

import io.sluice.daemon.config.ConfigurationFiles;
import io.sluice.daemon.config.DaemonConfiguration;
import io.sluice.daemon.config.ModuleConfiguration;
import io.sluice.daemon.config.Overrides;
import io.sluice.protocol.config.Findings;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;

/**
 * Reads a configuration as the daemon does, looks at all that it names as the user who calls, and tells all that is found. Nothing is written and nothing
 * listened on.
 */
public final class ConfigurationCheck {
    private ConfigurationCheck() {}

    /**
     * Checks a file with all that it includes.
     *
     * @param environment variables that it may refer to
     * @param overrides what the command line says about it
     */
    public static Findings of(String file, Map<String, String> environment, Overrides overrides) throws IOException {
        Findings findings = Findings.ofAll();
        DaemonConfiguration configuration =
                DaemonConfiguration.read(file, environment, overrides, new ConfigurationFiles(), findings);
        new GlobalCheck(configuration, findings).run();
        for (ModuleConfiguration module : configuration.modules()) {
            new ModuleCheck(module, findings).run();
            new DangerCheck(module, findings).run();
        }
        return findings;
    }

    /**
     * Prints a line for each finding, and how many there are.
     *
     * @return whether the daemon and each module would work
     */
    public static boolean report(String file, Findings findings, PrintStream out) {
        findings.report(file).forEach(out::println);
        return !findings.hasErrors();
    }
}
