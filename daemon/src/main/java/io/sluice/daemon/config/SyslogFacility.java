package io.sluice.daemon.config;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** The facilities of syslog(3): names and numbers, those numbers shifted past the eight severities. */
final class SyslogFacility {
    /** By number; those without a name are not used. */
    private static final List<String> NAMES = List.of(
            "kern",
            "user",
            "mail",
            "daemon",
            "auth",
            "syslog",
            "lpr",
            "news",
            "uucp",
            "cron",
            "authpriv",
            "ftp",
            "",
            "",
            "",
            "",
            "local0",
            "local1",
            "local2",
            "local3",
            "local4",
            "local5",
            "local6",
            "local7");

    private static final int SEVERITIES = 8;
    static final int DAEMON = 3 * SEVERITIES;

    private SyslogFacility() {}

    /** The value of a name, or of a number above 0, which is a value itself. */
    static OptionalInt of(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        int index = name.isEmpty() ? -1 : NAMES.indexOf(name.equals("security") ? "auth" : name);
        if (index >= 0) {
            return OptionalInt.of(index * SEVERITIES);
        }
        int number = Flags.number(text);
        return number > 0 ? OptionalInt.of(number) : OptionalInt.empty();
    }
}
