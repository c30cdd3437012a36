package io.sluice.daemon.log;

/** How much a line matters, as syslog(3) counts; a log file does not tell it. */
public enum LogSeverity {
    WARNING(4),
    INFORMATION(6);

    private final int value;

    LogSeverity(int value) {
        this.value = value;
    }

    int value() {
        return value;
    }
}
