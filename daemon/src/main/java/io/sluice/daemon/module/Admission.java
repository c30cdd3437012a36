package io.sluice.daemon.module;

import io.sluice.daemon.access.Peer;
import io.sluice.daemon.auth.UserName;
import io.sluice.daemon.config.AuthorizedUser.Permission;
import io.sluice.daemon.files.ConnectionSlot;
import io.sluice.daemon.hook.ConnectionHooks;
import io.sluice.daemon.hook.ProgramRoot;
import io.sluice.daemon.log.Log;
import io.sluice.protocol.session.ProtocolVersion;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * All that is known about a connection once it has sent its arguments. Whoever has it closes it.
 *
 * @param peer who it is
 * @param log where to log
 * @param module what it was let into
 * @param slot its share of {@code max connections}; empty: there is no limit
 * @param hooks commands that are run around it
 * @param programs where other programs begin
 * @param user empty if there was no authentication
 * @param permission what the user's entry allows
 * @param version that the greetings agreed on
 * @param arguments before any option was looked at, without a program's name
 * @param readmission how it may make another request on the same connection; empty: it may not
 */
public record Admission(
        Peer peer,
        Log log,
        OpenModule module,
        Optional<ConnectionSlot> slot,
        ConnectionHooks hooks,
        ProgramRoot programs,
        UserName user,
        Permission permission,
        ProtocolVersion version,
        Arguments arguments,
        Optional<Readmission> readmission)
        implements AutoCloseable {

    /**
     * What the client sent.
     *
     * @param first the arguments after the module's name
     * @param secluded those that followed, with {@code -s}; else empty
     */
    public record Arguments(List<byte[]> first, List<byte[]> secluded) {
        public Arguments {
            first = List.copyOf(first);
            secluded = List.copyOf(secluded);
        }

        /** Whether the client wants files from us. */
        public boolean wantsFiles() {
            return new RequestArguments(this).sending();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            module.close();
        } finally {
            hooks.end(slot.isPresent() ? slot.get() : () -> {});
        }
    }
}
