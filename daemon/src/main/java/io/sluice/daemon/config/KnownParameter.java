package io.sluice.daemon.config;

import io.sluice.protocol.config.ConfigurationException;
import io.sluice.protocol.config.Parameter;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All parameters of rsyncd.conf(5): where they may stand, and what becomes of those that this daemon does not have. */
enum KnownParameter {
    ADDRESS("address", Scope.GLOBAL, Type.TEXT, Support.FULL),
    DAEMON_CHROOT("daemon chroot", Scope.GLOBAL, Type.TEXT, Support.FULL),
    DAEMON_GID("daemon gid", Scope.GLOBAL, Type.TEXT, Support.REFUSED),
    DAEMON_UID("daemon uid", Scope.GLOBAL, Type.TEXT, Support.REFUSED),
    LISTEN_BACKLOG("listen backlog", Scope.GLOBAL, Type.INTEGER, Support.FULL),
    MOTD_FILE("motd file", Scope.GLOBAL, Type.TEXT, Support.FULL),
    PID_FILE("pid file", Scope.GLOBAL, Type.TEXT, Support.FULL),
    PORT("port", Scope.GLOBAL, Type.INTEGER, Support.FULL),
    PROXY_PROTOCOL("proxy protocol", Scope.GLOBAL, Type.FLAG, Support.FULL),
    PROXY_PROTOCOL_HOSTS("proxy protocol hosts", Scope.GLOBAL, Type.TEXT, Support.FULL),
    SOCKET_OPTIONS("socket options", Scope.GLOBAL, Type.TEXT, Support.FULL),

    // Sluice's own, which rsync ignores with a warning.
    TLS_ADDRESS("tls address", Scope.GLOBAL, Type.TEXT, Support.FULL),
    TLS_CERTIFICATE("tls certificate", Scope.GLOBAL, Type.TEXT, Support.FULL),
    TLS_CLIENT_CA("tls client ca", Scope.GLOBAL, Type.TEXT, Support.FULL),
    TLS_KEY("tls key", Scope.GLOBAL, Type.TEXT, Support.FULL),
    TLS_PORT("tls port", Scope.GLOBAL, Type.INTEGER, Support.FULL),

    // From the command line alone.
    BANDWIDTH_LIMIT("--bwlimit", Scope.MODULE, Type.INTEGER, Support.FULL),

    AUTH_DIGEST("auth digest", Scope.MODULE, Type.TEXT, Support.FULL),
    AUTH_USERS("auth users", Scope.MODULE, Type.TEXT, Support.FULL),
    CHARSET("charset", Scope.MODULE, Type.TEXT, Support.FULL),
    COMMENT("comment", Scope.MODULE, Type.TEXT, Support.FULL),
    DONT_COMPRESS("dont compress", Scope.MODULE, Type.TEXT, Support.FULL),
    EARLY_EXEC("early exec", Scope.MODULE, Type.TEXT, Support.FULL),
    EXCLUDE("exclude", Scope.MODULE, Type.TEXT, Support.FULL),
    EXCLUDE_FROM("exclude from", Scope.MODULE, Type.TEXT, Support.FULL),
    FAKE_SUPER("fake super", Scope.MODULE, Type.FLAG, Support.FULL),
    FILTER("filter", Scope.MODULE, Type.TEXT, Support.FULL),
    FORWARD_LOOKUP("forward lookup", Scope.MODULE, Type.FLAG, Support.FULL),
    GID("gid", Scope.MODULE, Type.TEXT, Support.FULL),
    HOSTS_ALLOW("hosts allow", Scope.MODULE, Type.TEXT, Support.FULL),
    HOSTS_DENY("hosts deny", Scope.MODULE, Type.TEXT, Support.FULL),
    IGNORE_ERRORS("ignore errors", Scope.MODULE, Type.FLAG, Support.FULL),
    IGNORE_NONREADABLE("ignore nonreadable", Scope.MODULE, Type.FLAG, Support.FULL),
    INCLUDE("include", Scope.MODULE, Type.TEXT, Support.FULL),
    INCLUDE_FROM("include from", Scope.MODULE, Type.TEXT, Support.FULL),
    INCOMING_CHMOD("incoming chmod", Scope.MODULE, Type.TEXT, Support.FULL),
    INSECURE_LINKS("insecure links", Scope.MODULE, Type.FLAG, Support.FULL),
    LANDLOCK("landlock", Scope.MODULE, Type.FLAG, Support.FULL),
    LIST("list", Scope.MODULE, Type.FLAG, Support.FULL),
    LOCK_FILE("lock file", Scope.MODULE, Type.TEXT, Support.FULL),
    LOG_FILE("log file", Scope.MODULE, Type.TEXT, Support.FULL),
    LOG_FORMAT("log format", Scope.MODULE, Type.TEXT, Support.FULL),
    MAX_CONNECTIONS("max connections", Scope.MODULE, Type.INTEGER, Support.FULL),
    MAX_VERBOSITY("max verbosity", Scope.MODULE, Type.INTEGER, Support.FULL),
    MUNGE_SYMLINKS("munge symlinks", Scope.MODULE, Type.FLAG_OR_UNSET, Support.FULL),
    NAME("name", Scope.MODULE, Type.TEXT, Support.FULL),
    NAME_CONVERTER("name converter", Scope.MODULE, Type.TEXT, Support.FULL),
    NUMERIC_IDS("numeric ids", Scope.MODULE, Type.FLAG_OR_UNSET, Support.FULL),
    OPEN_NOATIME("open noatime", Scope.MODULE, Type.FLAG_OR_UNSET, Support.FULL),
    OUTGOING_CHMOD("outgoing chmod", Scope.MODULE, Type.TEXT, Support.FULL),
    PATH("path", Scope.MODULE, Type.TEXT, Support.FULL),
    POST_XFER_EXEC("post-xfer exec", Scope.MODULE, Type.TEXT, Support.FULL),
    PRE_XFER_EXEC("pre-xfer exec", Scope.MODULE, Type.TEXT, Support.FULL),
    READ_ONLY("read only", Scope.MODULE, Type.FLAG, Support.FULL),
    REFUSE_OPTIONS("refuse options", Scope.MODULE, Type.TEXT, Support.FULL),
    REVERSE_LOOKUP("reverse lookup", Scope.MODULE, Type.FLAG, Support.FULL),
    SECRETS_FILE("secrets file", Scope.MODULE, Type.TEXT, Support.FULL),
    STRICT_MODES("strict modes", Scope.MODULE, Type.FLAG, Support.FULL),
    SYSLOG_FACILITY("syslog facility", Scope.MODULE, Type.FACILITY, Support.FULL),
    SYSLOG_TAG("syslog tag", Scope.MODULE, Type.TEXT, Support.FULL),
    TEMP_DIR("temp dir", Scope.MODULE, Type.TEXT, Support.FULL),
    TIMEOUT("timeout", Scope.MODULE, Type.INTEGER, Support.FULL),
    TRANSFER_LOGGING("transfer logging", Scope.MODULE, Type.FLAG, Support.FULL),
    UID("uid", Scope.MODULE, Type.TEXT, Support.FULL),
    USE_CHROOT("use chroot", Scope.MODULE, Type.FLAG_OR_UNSET, Support.FULL),
    WRITE_ONLY("write only", Scope.MODULE, Type.FLAG, Support.FULL);

    private static final Map<String, KnownParameter> BY_KEY =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(known -> known.key, Function.identity()));

    private final String name;
    private final String key;
    private final Scope scope;
    private final Type type;
    private final Support support;

    KnownParameter(String name, Scope scope, Type type, Support support) {
        this.name = name;
        this.key = Parameter.key(name);
        this.scope = scope;
        this.type = type;
        this.support = support;
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

    /** What this daemon does with a parameter. */
    enum Support {
        FULL,
        /** It makes a difference neither to safety nor to what is transferred: taken without effect. */
        HARMLESS,
        /** To ignore it would not be what the administrator meant: an error unless it says what holds anyway. */
        REFUSED
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

    /** Throws if {@code parameter} asks for what this daemon does not have. */
    void requireSupport(Parameter parameter) throws ConfigurationException {
        if (support != Support.REFUSED) {
            return;
        }
        switch (Parameter.key(parameter.text())) {
            case "", "no", "false", "0", "unset", "-1" -> {}
            default ->
                throw parameter.error(name + ": \"" + parameter.text()
                        + "\" (expected: not set, as this daemon does not support it)");
        }
    }
}
