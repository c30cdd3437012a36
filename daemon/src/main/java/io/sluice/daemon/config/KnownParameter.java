package io.sluice.daemon.config;

import io.sluice.protocol.config.Parameter;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All parameters of rsyncd.conf(5), and Sluice's own: where they may stand, and what they are. */
enum KnownParameter {
    ADDRESS("address", Scope.GLOBAL, Type.TEXT),
    DAEMON_CHROOT("daemon chroot", Scope.GLOBAL, Type.TEXT),
    DAEMON_GID("daemon gid", Scope.GLOBAL, Type.TEXT),
    DAEMON_UID("daemon uid", Scope.GLOBAL, Type.TEXT),
    LISTEN_BACKLOG("listen backlog", Scope.GLOBAL, Type.INTEGER),
    MOTD_FILE("motd file", Scope.GLOBAL, Type.TEXT),
    PID_FILE("pid file", Scope.GLOBAL, Type.TEXT),
    PORT("port", Scope.GLOBAL, Type.INTEGER),
    PROXY_PROTOCOL("proxy protocol", Scope.GLOBAL, Type.FLAG),
    PROXY_PROTOCOL_HOSTS("proxy protocol hosts", Scope.GLOBAL, Type.TEXT),
    SOCKET_OPTIONS("socket options", Scope.GLOBAL, Type.TEXT),

    // Sluice's own, which rsync ignores with a warning.
    METRICS_ADDRESS("metrics address", Scope.GLOBAL, Type.TEXT),
    TLS_ADDRESS("tls address", Scope.GLOBAL, Type.TEXT),
    TLS_CERTIFICATE("tls certificate", Scope.GLOBAL, Type.TEXT),
    TLS_CLIENT_CA("tls client ca", Scope.GLOBAL, Type.TEXT),
    TLS_KEY("tls key", Scope.GLOBAL, Type.TEXT),
    TLS_PORT("tls port", Scope.GLOBAL, Type.INTEGER),

    // From the command line alone.
    /** The daemon's own log file, which is open already when a root of its own is entered. */
    DAEMON_LOG_FILE("--daemon-log-file", Scope.MODULE, Type.TEXT),
    BANDWIDTH_LIMIT("--bwlimit", Scope.MODULE, Type.INTEGER),

    AUTH_DIGEST("auth digest", Scope.MODULE, Type.TEXT),
    AUTH_USERS("auth users", Scope.MODULE, Type.TEXT),
    CHARSET("charset", Scope.MODULE, Type.TEXT),
    COMMENT("comment", Scope.MODULE, Type.TEXT),
    DONT_COMPRESS("dont compress", Scope.MODULE, Type.TEXT),
    EARLY_EXEC("early exec", Scope.MODULE, Type.TEXT),
    EXCLUDE("exclude", Scope.MODULE, Type.TEXT),
    EXCLUDE_FROM("exclude from", Scope.MODULE, Type.TEXT),
    FAKE_SUPER("fake super", Scope.MODULE, Type.FLAG),
    FILTER("filter", Scope.MODULE, Type.TEXT),
    FORWARD_LOOKUP("forward lookup", Scope.MODULE, Type.FLAG),
    GID("gid", Scope.MODULE, Type.TEXT),
    HOSTS_ALLOW("hosts allow", Scope.MODULE, Type.TEXT),
    HOSTS_DENY("hosts deny", Scope.MODULE, Type.TEXT),
    IGNORE_ERRORS("ignore errors", Scope.MODULE, Type.FLAG),
    IGNORE_NONREADABLE("ignore nonreadable", Scope.MODULE, Type.FLAG),
    INCLUDE("include", Scope.MODULE, Type.TEXT),
    INCLUDE_FROM("include from", Scope.MODULE, Type.TEXT),
    INCOMING_CHMOD("incoming chmod", Scope.MODULE, Type.TEXT),
    INSECURE_LINKS("insecure links", Scope.MODULE, Type.FLAG),
    LANDLOCK("landlock", Scope.MODULE, Type.FLAG),
    LIST("list", Scope.MODULE, Type.FLAG),
    LOCK_FILE("lock file", Scope.MODULE, Type.TEXT),
    LOG_FILE("log file", Scope.MODULE, Type.TEXT),
    LOG_FORMAT("log format", Scope.MODULE, Type.TEXT),
    MAX_CONNECTIONS("max connections", Scope.MODULE, Type.INTEGER),
    MAX_VERBOSITY("max verbosity", Scope.MODULE, Type.INTEGER),
    MUNGE_SYMLINKS("munge symlinks", Scope.MODULE, Type.FLAG_OR_UNSET),
    NAME("name", Scope.MODULE, Type.TEXT),
    NAME_CONVERTER("name converter", Scope.MODULE, Type.TEXT),
    NUMERIC_IDS("numeric ids", Scope.MODULE, Type.FLAG_OR_UNSET),
    OPEN_NOATIME("open noatime", Scope.MODULE, Type.FLAG_OR_UNSET),
    OUTGOING_CHMOD("outgoing chmod", Scope.MODULE, Type.TEXT),
    PATH("path", Scope.MODULE, Type.TEXT),
    POST_XFER_EXEC("post-xfer exec", Scope.MODULE, Type.TEXT),
    PRE_XFER_EXEC("pre-xfer exec", Scope.MODULE, Type.TEXT),
    READ_ONLY("read only", Scope.MODULE, Type.FLAG),
    REFUSE_OPTIONS("refuse options", Scope.MODULE, Type.TEXT),
    REVERSE_LOOKUP("reverse lookup", Scope.MODULE, Type.FLAG),
    SECRETS_FILE("secrets file", Scope.MODULE, Type.TEXT),
    STRICT_MODES("strict modes", Scope.MODULE, Type.FLAG),
    SYSLOG_FACILITY("syslog facility", Scope.MODULE, Type.FACILITY),
    SYSLOG_TAG("syslog tag", Scope.MODULE, Type.TEXT),
    TEMP_DIR("temp dir", Scope.MODULE, Type.TEXT),
    TIMEOUT("timeout", Scope.MODULE, Type.INTEGER),
    TRANSFER_LOGGING("transfer logging", Scope.MODULE, Type.FLAG),
    UID("uid", Scope.MODULE, Type.TEXT),
    USE_CHROOT("use chroot", Scope.MODULE, Type.FLAG_OR_UNSET),
    WRITE_ONLY("write only", Scope.MODULE, Type.FLAG);

    private static final Map<String, KnownParameter> BY_KEY =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(known -> known.key, Function.identity()));

    private final String name;
    private final String key;
    private final Scope scope;
    private final Type type;

    KnownParameter(String name, Scope scope, Type type) {
        this.name = name;
        this.key = Parameter.key(name);
        this.scope = scope;
        this.type = type;
    }

    /** Where a parameter may stand; what belongs to a module may stand before it too, as its default. */
    enum Scope {
        GLOBAL,
        MODULE
    }

    /** What a value is. All but a text have their variables replaced as they are read. */
    enum Type {
        TEXT,
        FLAG,
        FLAG_OR_UNSET,
        /** Of what is no number, its beginning counts, or 0: as {@code atoi} has it. */
        INTEGER,
        FACILITY
    }

    /** No file can set what begins with a hyphen. */
    static Optional<KnownParameter> of(String name) {
        return name.startsWith("-") ? Optional.empty() : forced(name);
    }

    /** The same for what a command line sets. */
    static Optional<KnownParameter> forced(String name) {
        return Optional.ofNullable(BY_KEY.get(Parameter.key(name)));
    }

    /** The one of exactly this name. */
    static KnownParameter named(String name) {
        return forced(name).orElseThrow(() -> new IllegalArgumentException("parameter: " + name));
    }

    /** As rsyncd.conf(5) has it. */
    String label() {
        return name;
    }

    Scope scope() {
        return scope;
    }

    Type type() {
        return type;
    }
}
