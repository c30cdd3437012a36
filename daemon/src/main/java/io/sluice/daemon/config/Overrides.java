package io.sluice.daemon.config;

import io.sluice.protocol.config.Parameter;
import java.util.List;

/**
 * What a command line says about the configuration.
 *
 * @param globals stand behind the global parameters of the file, before its first module ({@code --dparam})
 * @param forced hold for the daemon and each module, whatever the file says ({@code --log-file})
 */
public record Overrides(List<Parameter> globals, List<Parameter> forced) {
    public static final Overrides NONE = new Overrides(List.of(), List.of());

    public Overrides {
        globals = List.copyOf(globals);
        forced = List.copyOf(forced);
    }
}
