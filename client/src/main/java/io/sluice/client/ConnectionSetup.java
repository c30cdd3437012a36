package io.sluice.client;

import io.sluice.client.RsyncCommand.Surroundings;
import io.sluice.client.command.ByteText;
import io.sluice.client.command.CommandLine.ConnectionSettings;
import io.sluice.client.command.Endpoints;
import io.sluice.client.command.PasswordFile;
import io.sluice.linux.Identity;
import io.sluice.linux.Terminal;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.session.ProtocolVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a command line and the environment say that the peer is reached: {@code RSYNC_RSH}, {@code RSYNC_PASSWORD} and their like. */
final class ConnectionSetup {
    private static final int MAX_PORT = 65535;
    private static final int LONGEST_PASSWORD = 4096;
    private static final byte[] PROMPT = "Password: ".getBytes(StandardCharsets.US_ASCII);

    private final ConnectionSettings settings;
    private final Surroundings surroundings;
    private final Endpoints endpoints;

    /** @throws ClientException with code 1 for settings that this kind of peer has no use for */
    ConnectionSetup(ConnectionSettings settings, Surroundings surroundings, Endpoints endpoints)
            throws ClientException {
        this.settings = settings;
        this.surroundings = surroundings;
        this.endpoints = endpoints;
        if (!(endpoints.peer() instanceof Location.Daemon)) {
            refuseForOthers(settings.passwordFile() != null, "--password-file", "accessing an rsync daemon");
            refuseForOthers(settings.connectTimeout() != 0, "--contimeout", "connecting to an rsync daemon");
            refuseForOthers(settings.tls().wanted(), "--tls", "connecting to an rsync daemon");
        }
        if (!(endpoints.peer() instanceof Location.Daemon daemon && daemon.tls())) {
            String use = "a daemon is reached by TLS (--tls or rsyncs://)";
            refuseForOthers(settings.tls().authorities() != null, "--tls-ca", use);
            refuseForOthers(settings.tls().certificate() != null, "--tls-cert", use);
        } else if (settings.remoteShell() != null) {
            throw new ClientException(
                    ExitCode.SYNTAX,
                    "TLS is for a daemon that listens: it cannot be reached through a remote shell (-e).");
        }
        int oldest = ProtocolVersion.OLDEST.number();
        if (settings.protocol() < oldest || settings.protocol() > ProtocolVersion.NEWEST.number()) {
            String bound = settings.protocol() < oldest
                    ? "at least " + oldest
                    : "no more than " + ProtocolVersion.NEWEST.number();
            throw new ClientException(ExitCode.PROTOCOL, "--protocol must be " + bound + " on the Client.");
        }
        if (settings.port() < 0 || settings.port() > MAX_PORT) {
            throw new ClientException(
                    ExitCode.SYNTAX, "rsync: --port=" + settings.port() + " is invalid (expected: 1 to 65535)");
        }
    }

    private static void refuseForOthers(boolean given, String option, String use) throws ClientException {
        if (given) {
            String text = "The " + option + " option may only be used when " + use + ".";
            throw new ClientException(ExitCode.SYNTAX, text);
        }
    }

    ConnectionOptions options() {
        boolean daemon = endpoints.peer() instanceof Location.Daemon;
        return options(settings, surroundings.environment(), daemon, socketOptions());
    }

    /** What settings and variables say of one kind of peer; {@code RSYNC_RSH} is for those that are no daemons. */
    static ConnectionOptions options(
            ConnectionSettings settings, Map<String, String> environment, boolean daemon, SocketSettings sockets) {
        Optional<String> shell = text(settings.remoteShell());
        return new ConnectionOptions(
                new ProtocolVersion(settings.protocol()),
                settings.secluded(),
                Math.max(0, settings.connectTimeout()),
                text(settings.address()),
                settings.family(),
                variable(environment, "RSYNC_PROXY"),
                variable(environment, "RSYNC_CONNECT_PROG"),
                daemon ? shell : shell.or(() -> variable(environment, "RSYNC_RSH")),
                text(settings.remoteProgram()),
                settings.remoteOptions(),
                settings.oldArguments(),
                sockets,
                Optional.ofNullable(settings.earlyInput()),
                TlsOptions.of(settings.tls()));
    }

    /** What cannot be understood is told and left out, as rsync does. */
    private SocketSettings socketOptions() {
        boolean used = endpoints.peer() instanceof Location.Daemon;
        SocketSettings parsed =
                SocketSettings.parse(used ? Objects.requireNonNullElse(settings.socketOptions(), "") : "");
        for (String complaint : parsed.complaints()) {
            try {
                surroundings.err().write(ByteText.bytes(complaint + "\n"));
            } catch (IOException nobodyReads) {
                break;
            }
        }
        return parsed;
    }

    /** Who logs in when the operand does not say. */
    Optional<String> user() {
        Map<String, String> environment = surroundings.environment();
        return variable(environment, "USER").or(() -> variable(environment, "LOGNAME"));
    }

    /** Asks {@code --password-file}, then {@code RSYNC_PASSWORD}, then the terminal. */
    PasswordSource passwords() {
        return user -> {
            String file = settings.passwordFile();
            if (file != null) {
                return PasswordFile.read(file, surroundings.in(), Identity.currentUser());
            }
            String password = surroundings.environment().get("RSYNC_PASSWORD");
            return password != null ? password.getBytes(StandardCharsets.UTF_8) : prompted();
        };
    }

    /** Without a terminal, whoever started this process may answer on its standard input. */
    private byte[] prompted() throws IOException {
        Optional<Terminal> terminal = Terminal.open();
        if (terminal.isPresent()) {
            try (Terminal asked = terminal.get()) {
                return asked.askSecretly(PROMPT);
            }
        }
        surroundings.err().write(PROMPT);
        surroundings.err().flush();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = surroundings.in().read();
                octet >= 0 && octet != '\n';
                octet = surroundings.in().read()) {
            if (line.size() == LONGEST_PASSWORD) {
                throw new ClientException(ExitCode.SYNTAX, "password: more than " + LONGEST_PASSWORD + " bytes");
            }
            line.write(octet);
        }
        return line.toByteArray();
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    private static Optional<String> text(@Nullable String word) {
        return Optional.ofNullable(word).map(ByteText::decoded);
    }
}
