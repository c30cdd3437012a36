package io.sluice.daemon.config;

/**
 * Where lines are logged.
 *
 * @param file {@code log file}; empty: to syslog
 * @param facility {@code syslog facility}, as syslog(3) has it
 * @param tag {@code syslog tag}
 */
public record LogTarget(String file, int facility, String tag) {
    /** One that the daemon has open already is where it is; another is opened inside of the daemon's root. */
    private static String file(ModuleParameters from) {
        String file = from.text(KnownParameter.LOG_FILE, "");
        boolean open = file.equals(from.text(KnownParameter.DAEMON_LOG_FILE, file));
        return open ? file : from.file(KnownParameter.LOG_FILE, "");
    }

    static LogTarget of(ModuleParameters from) {
        return new LogTarget(
                file(from),
                SyslogFacility.of(from.text(KnownParameter.SYSLOG_FACILITY, "")).orElse(SyslogFacility.DAEMON),
                from.text(KnownParameter.SYSLOG_TAG, "rsyncd"));
    }
}
