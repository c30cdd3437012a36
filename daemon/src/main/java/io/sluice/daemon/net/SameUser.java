package io.sluice.daemon.net;

import io.sluice.daemon.access.Peer;
import io.sluice.daemon.auth.SecretsStamp;
import io.sluice.daemon.auth.UserName;
import io.sluice.daemon.config.AuthorizedUser.Permission;
import io.sluice.daemon.config.DaemonConfiguration;
import io.sluice.daemon.config.ModuleConfiguration;
import io.sluice.daemon.hook.ConnectionHooks;
import io.sluice.daemon.log.Log;
import io.sluice.daemon.module.Admission;
import io.sluice.daemon.module.Admission.Arguments;
import io.sluice.daemon.module.OpenModule;
import io.sluice.daemon.module.Readmission;
import io.sluice.protocol.session.ProtocolVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a user in once more as long as nothing has changed that let him in: the configuration, the secrets file and the groups that were asked for are those of
 * then, and it is not long ago.
 * All that comes after the login in a conversation is done anew: the module's users, rules and directory are looked up.
 */
final class SameUser implements Readmission {
    /** Names of hosts and authorities of certificates are not asked for again. */
    private static final Duration MOST = Duration.ofSeconds(30);

    private static final Logger LOGGER = LoggerFactory.getLogger(SameUser.class);

    private final ConversationContext context;
    private final Supplier<DaemonConfiguration> current;
    private final Grounds grounds;
    private final Admitted admitted;

    /**
     * Why the user was let in.
     *
     * @param module whose secrets they are
     * @param secrets before they were read
     * @param nanos when that was
     */
    record Grounds(ModuleConfiguration module, SecretsStamp secrets, long nanos) {
        /** Looks at them now. */
        static Grounds of(ModuleConfiguration module) throws IOException {
            return new Grounds(module, SecretsStamp.of(module.authentication()), System.nanoTime());
        }

        boolean hold() throws IOException {
            return secrets.equals(SecretsStamp.of(module.authentication()));
        }
    }

    /**
     * As whom the user was let in, and where.
     *
     * @param module as this connection sees it
     * @param groups the user's, if it was they that let him in or might have
     */
    record Admitted(
            Peer peer,
            Log log,
            ModuleConfiguration module,
            UserName user,
            Optional<List<String>> groups,
            Permission permission,
            ProtocolVersion version) {
        /** Whether nothing is done around a connection to the module but to transfer: what is counted, started or asked for each one is for a new one each time. */
        boolean isPlain() {
            return module.limits().maxConnections() == 0
                    && module.hooks().isEmpty()
                    && module.tree().nameConverter().isEmpty();
        }
    }

    /** @param current what is valid at a time */
    SameUser(ConversationContext context, Supplier<DaemonConfiguration> current, Grounds grounds, Admitted admitted) {
        this.context = context;
        this.current = current;
        this.grounds = grounds;
        this.admitted = admitted;
    }

    @Override
    public Duration left() {
        return MOST.minusNanos(System.nanoTime() - grounds.nanos);
    }

    @Override
    public Optional<Admission> admit(Arguments arguments) {
        context.directories().accounts().renew(); // users and groups are those of now
        try {
            boolean same = left().isPositive()
                    && current.get().equals(context.configuration())
                    && grounds.hold()
                    && groupsHold();
            return same && !arguments.wantsFiles() ? Optional.of(open(arguments)) : Optional.empty();
        } catch (IOException e) {
            LOGGER.debug("a new connection is told", e);
            return Optional.empty();
        }
    }

    private boolean groupsHold() {
        Optional<List<String>> then = admitted.groups;
        String name = new String(admitted.user.bytes(), StandardCharsets.UTF_8);
        return then.isEmpty()
                || then.get().equals(context.directories().accounts().groupNamesOf(name));
    }

    private Admission open(Arguments arguments) throws IOException {
        OpenModule module = OpenModule.prepare(
                        admitted.module, context.directories().accounts())
                .open();
        return new Admission(
                admitted.peer,
                admitted.log,
                module,
                Optional.empty(),
                ConnectionHooks.NONE,
                context.hooks().root(),
                admitted.user,
                admitted.permission,
                admitted.version,
                arguments,
                Optional.of(this));
    }
}
