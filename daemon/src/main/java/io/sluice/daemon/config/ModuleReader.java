package io.sluice.daemon.config;

import io.sluice.protocol.config.ConfigurationException;
import io.sluice.protocol.options.ModeChange;
import java.util.Arrays;
import java.util.List;

/** Makes a module's records of its parameters, with the defaults of rsyncd.conf(5). */
final class ModuleReader {
    private static final String DEFAULT_LOCK_FILE = "/var/run/rsyncd.lock";
    private static final String DEFAULT_LOG_FORMAT = "%o %h [%a] %m (%u) %f %l";
    private static final int DEFAULT_MAX_VERBOSITY = 1;

    private ModuleReader() {}

    static ModuleConfiguration read(String name, ModuleParameters from) throws ConfigurationException {
        return new ModuleConfiguration(
                from.text(KnownParameter.NAME, name),
                from.text(KnownParameter.COMMENT, ""),
                from.flag(KnownParameter.LIST, true),
                tree(from),
                access(from),
                authentication(from),
                transfer(from),
                filters(from),
                limits(from),
                log(from),
                hooks(from),
                from);
    }

    private static TreeRules tree(ModuleParameters from) throws ConfigurationException {
        return new TreeRules(
                from.bytes(KnownParameter.DAEMON_CHROOT),
                withoutTrailingSlashes(from.bytes(KnownParameter.PATH)),
                from.flagOrUnset(KnownParameter.USE_CHROOT),
                from.flagOrUnset(KnownParameter.MUNGE_SYMLINKS),
                from.text(KnownParameter.UID, ""),
                from.text(KnownParameter.GID, ""),
                from.flagOrUnset(KnownParameter.NUMERIC_IDS),
                from.text(KnownParameter.NAME_CONVERTER, ""),
                from.flag(KnownParameter.INSECURE_LINKS, false),
                from.flag(KnownParameter.LANDLOCK, false));
    }

    private static byte[] withoutTrailingSlashes(byte[] path) {
        int length = path.length;
        while (length > 1 && path[length - 1] == '/') {
            length--;
        }
        return Arrays.copyOf(path, length);
    }

    private static AccessRules access(ModuleParameters from) throws ConfigurationException {
        return new AccessRules(
                HostPattern.list(from, KnownParameter.HOSTS_ALLOW),
                HostPattern.list(from, KnownParameter.HOSTS_DENY),
                from.flag(KnownParameter.FORWARD_LOOKUP, true),
                from.flag(KnownParameter.REVERSE_LOOKUP, true));
    }

    private static AuthenticationRules authentication(ModuleParameters from) throws ConfigurationException {
        String users = from.text(KnownParameter.AUTH_USERS, "");
        return new AuthenticationRules(
                !users.isEmpty(),
                Words.of(users).stream().map(AuthorizedUser::parse).toList(),
                from.file(KnownParameter.SECRETS_FILE, ""),
                from.flag(KnownParameter.STRICT_MODES, true),
                from.text(KnownParameter.AUTH_DIGEST, ""));
    }

    private static TransferRules transfer(ModuleParameters from) throws ConfigurationException {
        return new TransferRules(
                from.flag(KnownParameter.READ_ONLY, true),
                from.flag(KnownParameter.WRITE_ONLY, false),
                from.flag(KnownParameter.IGNORE_ERRORS, false),
                from.flag(KnownParameter.FAKE_SUPER, false),
                from.flagOrUnset(KnownParameter.OPEN_NOATIME),
                List.of(from.text(KnownParameter.DONT_COMPRESS, "").split(" ", -1))
                        .contains("*"),
                Words.bySpace(from.text(KnownParameter.REFUSE_OPTIONS, "")),
                chmod(from, KnownParameter.INCOMING_CHMOD),
                chmod(from, KnownParameter.OUTGOING_CHMOD),
                from.text(KnownParameter.CHARSET, ""),
                from.text(KnownParameter.TEMP_DIR, ""),
                from.flag(KnownParameter.IGNORE_NONREADABLE, false));
    }

    private static String chmod(ModuleParameters from, KnownParameter name) throws ConfigurationException {
        String changes = from.text(name, "");
        try {
            if (!changes.isEmpty()) {
                ModeChange.parse(List.of(changes));
            }
            return changes;
        } catch (IllegalArgumentException e) {
            from.fault(name, "chmod: " + e.getMessage());
            return "";
        }
    }

    private static FilterRules filters(ModuleParameters from) {
        return new FilterRules(
                from.text(KnownParameter.FILTER, ""),
                from.text(KnownParameter.INCLUDE, ""),
                from.file(KnownParameter.INCLUDE_FROM, ""),
                from.text(KnownParameter.EXCLUDE, ""),
                from.file(KnownParameter.EXCLUDE_FROM, ""));
    }

    private static LimitRules limits(ModuleParameters from) throws ConfigurationException {
        return new LimitRules(
                from.number(KnownParameter.MAX_CONNECTIONS, 0),
                from.file(KnownParameter.LOCK_FILE, DEFAULT_LOCK_FILE),
                Math.max(0, from.number(KnownParameter.TIMEOUT, 0)),
                Math.max(0, from.number(KnownParameter.MAX_VERBOSITY, DEFAULT_MAX_VERBOSITY)),
                Math.max(0, from.number(KnownParameter.BANDWIDTH_LIMIT, 0)));
    }

    private static HookRules hooks(ModuleParameters from) {
        return new HookRules(
                from.raw(KnownParameter.EARLY_EXEC),
                from.raw(KnownParameter.PRE_XFER_EXEC),
                from.raw(KnownParameter.POST_XFER_EXEC),
                from.variables(),
                from.text(KnownParameter.DAEMON_CHROOT, ""));
    }

    private static LogRules log(ModuleParameters from) throws ConfigurationException {
        return new LogRules(
                LogTarget.of(from),
                from.flag(KnownParameter.TRANSFER_LOGGING, false),
                from.text(KnownParameter.LOG_FORMAT, DEFAULT_LOG_FORMAT));
    }
}
