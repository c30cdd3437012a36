package io.sluice.client;

import io.sluice.protocol.session.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a client reaches its peers.
 *
 * @param version the newest protocol version to use
 * @param secluded arguments travel on the protocol stream instead of a command line ({@code -s})
 * @param connectSeconds how long connecting to a daemon may take; 0: as long as the system tries
 * @param bindAddress the local address to connect from
 * @param family 4 or 6 to use only such addresses, 0 for either
 * @param proxy an HTTP proxy on the way to daemons: {@code [user:password@]host:port}
 * @param connectProgram a shell command to talk to instead of a daemon's socket; {@code %H} in it is the host
 * @param remoteShell the command that runs a program on another host; empty: {@code ssh}. If it is set, daemons are reached through it too
 * @param remoteProgram the program to run there; empty: {@code rsync}
 * @param remoteOptions arguments that the peer gets besides those that it needs, each with its dashes ({@code -M})
 * @param oldArguments 1: a remote shell may split and expand paths ({@code --old-args}); 2: and options
 * @param socketOptions for connections to daemons ({@code --sockopts})
 * @param earlyInput what a daemon gets before a module is named; empty: nothing ({@code --early-input})
 * @param tls for daemons that are reached by TLS
 */
public record ConnectionOptions(
        ProtocolVersion version,
        boolean secluded,
        int connectSeconds,
        Optional<String> bindAddress,
        int family,
        Optional<String> proxy,
        Optional<String> connectProgram,
        Optional<String> remoteShell,
        Optional<String> remoteProgram,
        List<String> remoteOptions,
        int oldArguments,
        SocketSettings socketOptions,
        Optional<String> earlyInput,
        TlsOptions tls) {
    /** Directly, as fast as it goes, with the newest protocol. */
    public static final ConnectionOptions DEFAULT = new ConnectionOptions(
            ProtocolVersion.NEWEST,
            false,
            0,
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            0,
            SocketSettings.NONE,
            Optional.empty(),
            TlsOptions.DEFAULT);

    public ConnectionOptions {
        remoteOptions = List.copyOf(remoteOptions);
    }

    /** The same, with a limit on connecting to daemons, in seconds. */
    public ConnectionOptions withConnectSeconds(int seconds) {
        return new ConnectionOptions(
                version,
                secluded,
                seconds,
                bindAddress,
                family,
                proxy,
                connectProgram,
                remoteShell,
                remoteProgram,
                remoteOptions,
                oldArguments,
                socketOptions,
                earlyInput,
                tls);
    }

    /** The same, with one more argument for the peer. */
    public ConnectionOptions withRemoteOption(String option) {
        List<String> more = new ArrayList<>(remoteOptions);
        more.add(option);
        return new ConnectionOptions(
                version,
                secluded,
                connectSeconds,
                bindAddress,
                family,
                proxy,
                connectProgram,
                remoteShell,
                remoteProgram,
                more,
                oldArguments,
                socketOptions,
                earlyInput,
                tls);
    }

    /** The way to the peer alone, without what concerns the arguments that it gets. */
    public ConnectionOptions withoutArguments() {
        return new ConnectionOptions(
                version,
                false,
                connectSeconds,
                bindAddress,
                family,
                proxy,
                connectProgram,
                remoteShell,
                remoteProgram,
                List.of(),
                0,
                socketOptions,
                earlyInput,
                tls);
    }

    /** The same, with certificates for daemons that are reached by TLS. */
    public ConnectionOptions withTls(TlsOptions other) {
        return new ConnectionOptions(
                version,
                secluded,
                connectSeconds,
                bindAddress,
                family,
                proxy,
                connectProgram,
                remoteShell,
                remoteProgram,
                remoteOptions,
                oldArguments,
                socketOptions,
                earlyInput,
                other);
    }
}
