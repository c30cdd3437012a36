package io.sluice.protocol.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.function.Supplier;

/** Times as rsync shows them: {@code 2026/11/21 08:00:00}, in the local time zone. */
public final class Timestamps {
    private final Supplier<ZoneId> zone;

    /** @param zone asked for each time shown, so that nothing is loaded when none is */
    public Timestamps(Supplier<ZoneId> zone) {
        this.zone = zone;
    }

    /** Returns {@code YYYY/MM/DD HH:MM:SS} for seconds since 1970; the bare number if no calendar has that time. */
    public String format(long seconds) {
        LocalDateTime time;
        try {
            time = LocalDateTime.ofInstant(Instant.ofEpochSecond(seconds), zone.get());
        } catch (DateTimeException beyondTheCalendar) {
            return Long.toString(seconds);
        }
        StringBuilder text = new StringBuilder(19);
        number(text, time.getYear(), 4).append('/');
        number(text, time.getMonthValue(), 2).append('/');
        number(text, time.getDayOfMonth(), 2).append(' ');
        number(text, time.getHour(), 2).append(':');
        number(text, time.getMinute(), 2).append(':');
        return number(text, time.getSecond(), 2).toString();
    }

    private static StringBuilder number(StringBuilder text, int value, int width) {
        String digits = Integer.toString(value);
        return text.repeat('0', Math.max(0, width - digits.length())).append(digits);
    }
}
