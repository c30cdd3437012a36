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
    ADDRESS("address", Scope.GLOBAL, Support.FULL),
    BIND_ADDRESS("bind address", Scope.GLOBAL, Support.FULL),
    DAEMON_CHROOT("daemon chroot", Scope.GLOBAL, Support.REFUSED),
    DAEMON_GID("daemon gid", Scope.GLOBAL, Support.REFUSED),
    DAEMON_UID("daemon uid", Scope.GLOBAL, Support.REFUSED),
    LISTEN_BACKLOG("listen backlog", Scope.GLOBAL, Support.FULL),
    MOTD_FILE("motd file", Scope.GLOBAL, Support.FULL),
    PID_FILE("pid file", Scope.GLOBAL, Support.FULL),
    PORT("port", Scope.GLOBAL, Support.FULL),
    PROXY_PROTOCOL("proxy protocol", Scope.GLOBAL, Support.REFUSED),
    PROXY_PROTOCOL_HOSTS("proxy protocol hosts", Scope.GLOBAL, Support.HARMLESS),
    RSYNC_PORT("rsync port", Scope.GLOBAL, Support.FULL),
    SOCKET_OPTIONS("socket options", Scope.GLOBAL, Support.HARMLESS),

    // Sluice's own, which rsync ignores with a warning.
    TLS_ADDRESS("tls address", Scope.GLOBAL, Support.FULL),
    TLS_CERTIFICATE("tls certificate", Scope.GLOBAL, Support.FULL),
    TLS_CLIENT_CA("tls client ca", Scope.GLOBAL, Support.FULL),
    TLS_KEY("tls key", Scope.GLOBAL, Support.FULL),
    TLS_PORT("tls port", Scope.GLOBAL, Support.FULL),

    AUTH_DIGEST("auth digest", Scope.MODULE, Support.FULL),
    AUTH_USERS("auth users", Scope.MODULE, Support.FULL),
    CHARSET("charset", Scope.MODULE, Support.FULL),
    COMMENT("comment", Scope.MODULE, Support.FULL),
    DONT_COMPRESS("dont compress", Scope.MODULE, Support.HARMLESS),
    EARLY_EXEC("early exec", Scope.MODULE, Support.FULL),
    EXCLUDE("exclude", Scope.MODULE, Support.FULL),
    EXCLUDE_FROM("exclude from", Scope.MODULE, Support.FULL),
    FAKE_SUPER("fake super", Scope.MODULE, Support.FULL),
    FILTER("filter", Scope.MODULE, Support.FULL),
    FORWARD_LOOKUP("forward lookup", Scope.MODULE, Support.FULL),
    GID("gid", Scope.MODULE, Support.FULL),
    HOSTS_ALLOW("hosts allow", Scope.MODULE, Support.FULL),
    HOSTS_DENY("hosts deny", Scope.MODULE, Support.FULL),
    IGNORE_ERRORS("ignore errors", Scope.MODULE, Support.FULL),
    IGNORE_NONREADABLE("ignore nonreadable", Scope.MODULE, Support.REFUSED),
    INCLUDE("include", Scope.MODULE, Support.FULL),
    INCLUDE_FROM("include from", Scope.MODULE, Support.FULL),
    INCOMING_CHMOD("incoming chmod", Scope.MODULE, Support.FULL),
    INSECURE_LINKS("insecure links", Scope.MODULE, Support.FULL),
    LIST("list", Scope.MODULE, Support.FULL),
    LOCK_FILE("lock file", Scope.MODULE, Support.FULL),
    LOG_FILE("log file", Scope.MODULE, Support.FULL),
    LOG_FORMAT("log format", Scope.MODULE, Support.FULL),
    MAX_CONNECTIONS("max connections", Scope.MODULE, Support.FULL),
    MAX_VERBOSITY("max verbosity", Scope.MODULE, Support.FULL),
    MUNGE_SYMLINKS("munge symlinks", Scope.MODULE, Support.FULL),
    NAME("name", Scope.MODULE, Support.REFUSED),
    NAME_CONVERTER("name converter", Scope.MODULE, Support.REFUSED),
    NUMERIC_IDS("numeric ids", Scope.MODULE, Support.FULL),
    OPEN_NOATIME("open noatime", Scope.MODULE, Support.FULL),
    OUTGOING_CHMOD("outgoing chmod", Scope.MODULE, Support.FULL),
    PATH("path", Scope.MODULE, Support.FULL),
    POST_XFER_EXEC("post-xfer exec", Scope.MODULE, Support.FULL),
    PRE_XFER_EXEC("pre-xfer exec", Scope.MODULE, Support.FULL),
    READ_ONLY("read only", Scope.MODULE, Support.FULL),
    REFUSE_OPTIONS("refuse options", Scope.MODULE, Support.FULL),
    REVERSE_LOOKUP("reverse lookup", Scope.MODULE, Support.FULL),
    SECRETS_FILE("secrets file", Scope.MODULE, Support.FULL),
    STRICT_MODES("strict modes", Scope.MODULE, Support.FULL),
    SYSLOG_FACILITY("syslog facility", Scope.MODULE, Support.HARMLESS),
    SYSLOG_TAG("syslog tag", Scope.MODULE, Support.HARMLESS),
    TEMP_DIR("temp dir", Scope.MODULE, Support.REFUSED),
    TIMEOUT("timeout", Scope.MODULE, Support.FULL),
    TRANSFER_LOGGING("transfer logging", Scope.MODULE, Support.FULL),
    UID("uid", Scope.MODULE, Support.FULL),
    USE_CHROOT("use chroot", Scope.MODULE, Support.FULL),
    WRITE_ONLY("write only", Scope.MODULE, Support.FULL);

    private static final Map<String, KnownParameter> BY_KEY =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(known -> known.key, Function.identity()));

    private final String name;
    private final String key;
    private final Scope scope;
    private final Support support;

    KnownParameter(String name, Scope scope, Support support) {
        this.name = name;
        this.key = Parameter.key(name);
        this.scope = scope;
        this.support = support;
    }

    /** Where a parameter may stand; what belongs to a module may stand before it too, as its default. */
    enum Scope {
        GLOBAL,
        MODULE
    }

    /** What this daemon does with a parameter. */
    enum Support {
        FULL,
        /** It makes a difference neither to safety nor to what is transferred: taken without effect. */
        HARMLESS,
        /** To ignore it would not be what the administrator meant: an error unless it says what holds anyway. */
        REFUSED
    }

    static Optional<KnownParameter> of(Parameter parameter) {
        return Optional.ofNullable(BY_KEY.get(Parameter.key(parameter.name())));
    }

    Scope scope() {
        return scope;
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
