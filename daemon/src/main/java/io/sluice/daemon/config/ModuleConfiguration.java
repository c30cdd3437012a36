package io.sluice.daemon.config;

import io.sluice.protocol.config.ConfigurationException;
import io.sluice.protocol.config.Place;
import java.util.Map;

/**
 * One module: a directory tree under a name, and the rules for it.
 *
 * @param name as a client asks for it
 * @param comment shown in the list of modules
 * @param listed it is shown there at all
 */
public record ModuleConfiguration(
        String name,
        String comment,
        boolean listed,
        TreeRules tree,
        AccessRules access,
        AuthenticationRules authentication,
        TransferRules transfer,
        FilterRules filters,
        LimitRules limits,
        LogRules log,
        HookRules hooks,
        ModuleParameters parameters) {

    /** Where a parameter is set, by its name; if it is not, where the module begins. */
    public Place place(String parameter) {
        return parameters.place(KnownParameter.named(parameter));
    }

    /** Whether the value of a parameter is known only once there is a connection. */
    public boolean dependsOnConnection(String parameter) {
        return parameters.dependsOnConnection(KnownParameter.named(parameter));
    }

    /**
     * The module as one connection sees it, with {@code %RSYNC_USER_NAME%} and the like replaced.
     *
     * @param connection variables by name
     * @throws ConfigurationException if the values then make no sense
     */
    public ModuleConfiguration forConnection(Map<String, byte[]> connection) throws ConfigurationException {
        if (!parameters.dependOnConnection()) {
            return this;
        }
        return ModuleReader.read(name, parameters.with(connection));
    }
}
