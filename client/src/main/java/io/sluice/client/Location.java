package io.sluice.client;

import io.sluice.client.command.ByteText;
import io.sluice.client.command.OperandParser;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Where files are: one operand of rsync's command line. */
public sealed interface Location {
    /** The port of rsync daemons. */
    int DEFAULT_PORT = 873;

    /** The port of rsync daemons that are reached by TLS, as {@code rsync-ssl} knows it. */
    int DEFAULT_TLS_PORT = 874;

    /** The path on that host, as bytes; a daemon's begins with the module's name. */
    byte[] path();

    /**
     * Reads an operand of the command line: {@code rsync://user@host:port/module/path}, {@code rsyncs://} the same by TLS,
     * {@code user@host::module/path}, {@code user@host:path}, else a local path.
     */
    static Location parse(byte[] operand) {
        return OperandParser.parse(ByteText.of(operand));
    }

    /** The same place with a slash at its end: what is sent goes into the directory, never in its place. */
    default Location asDirectory() {
        byte[] path = path();
        if (path.length > 0 && path[path.length - 1] == '/') {
            return this;
        }
        byte[] longer = Arrays.copyOf(path, path.length + 1);
        longer[path.length] = '/';
        return switch (this) {
            case Daemon daemon -> daemon.withPath(longer);
            case Shell shell -> new Shell(shell.user(), shell.host(), longer);
            case Local local -> new Local(longer);
        };
    }

    /** Here. The path is relative to the process's working directory unless it is absolute. */
    record Local(byte[] path) implements Location {}

    /** Somewhere else. */
    sealed interface Remote extends Location {
        /** Who logs in; empty: the caller. */
        Optional<String> user();

        /** A name or an address, without brackets. */
        String host();
    }

    /**
     * In a module of an rsync daemon: {@code host::module/path} or {@code rsync://user@host:port/module/path}.
     *
     * @param port 1–65535, or 0 for {@link #DEFAULT_PORT}, with TLS {@link #DEFAULT_TLS_PORT}
     * @param path {@code module/path}; empty: the list of modules
     * @param tls the connection is encrypted, and the daemon proves who it is
     */
    record Daemon(Optional<String> user, String host, int port, byte[] path, boolean tls) implements Remote {
        /** Without TLS. */
        public Daemon(Optional<String> user, String host, int port, byte[] path) {
            this(user, host, port, path, false);
        }

        /** In {@code module} of the daemon at {@code host}, for an anonymous user. {@code path} is relative to the module. */
        public static Daemon of(String host, int port, String module, String path) {
            return new Daemon(Optional.empty(), host, port, (module + "/" + path).getBytes(StandardCharsets.UTF_8));
        }

        /** The same place for another user. */
        public Daemon withUser(String name) {
            return new Daemon(Optional.of(name), host, port, path, tls);
        }

        /** The same place, reached by TLS. */
        public Daemon withTls() {
            return new Daemon(user, host, port, path, true);
        }

        /** The same daemon on another port; 0: the default. */
        public Daemon withPort(int other) {
            return new Daemon(user, host, other, path, tls);
        }

        /** Another place of the same daemon. */
        public Daemon withPath(byte[] other) {
            return new Daemon(user, host, port, other, tls);
        }

        /** The port, or the default one. */
        public int portToUse() {
            return port != 0 ? port : tls ? DEFAULT_TLS_PORT : DEFAULT_PORT;
        }
    }

    /** On a host that a remote shell reaches: {@code user@host:path}. */
    record Shell(Optional<String> user, String host, byte[] path) implements Remote {}
}
