package io.sluice.daemon.config;

/**
 * Where lines are logged.
 *
 * @param file {@code log file}; empty: to syslog
 * @param facility {@code syslog facility}, as syslog(3) has it
 * @param tag {@code syslog tag}
 */
public record LogTarget(String file, int facility, String tag) {
    static LogTarget of(ModuleParameters from) {
        return new LogTarget(
                from.text(KnownParameter.LOG_FILE, ""),
                SyslogFacility.of(from.text(KnownParameter.SYSLOG_FACILITY, "")).orElse(SyslogFacility.DAEMON),
                from.text(KnownParameter.SYSLOG_TAG, "rsyncd"));
    }
}
