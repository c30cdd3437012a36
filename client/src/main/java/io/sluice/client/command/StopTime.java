package io.sluice.client.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a transfer has to end, in seconds since 1970: {@code --stop-after} and {@code --stop-at}. */
final class StopTime {
    private static final Pattern MINUTES = Pattern.compile("\\s*\\+?([0-9]+).*");
    private static final Pattern DATE =
            Pattern.compile("(?:(?:(\\d{2}|\\d{4})[-/])?(\\d{1,2})[-/](\\d{1,2})|(\\d{1,2}))?");
    private static final Pattern TIME = Pattern.compile("(?:(\\d{1,2})?:(\\d{2}))?");

    private StopTime() {}

    /** Reads a number of minutes from {@code now} on. */
    static long after(String minutes, long now) throws UsageException {
        Matcher matcher = MINUTES.matcher(minutes);
        if (!matcher.matches() || matcher.group(1).length() > 15 || Long.parseLong(matcher.group(1)) == 0) {
            throw new UsageException("rsync: invalid --stop-after value: " + minutes);
        }
        return now + Long.parseLong(matcher.group(1)) * 60;
    }

    /** Reads {@code [[YY]YY-]MM-DD[Thh:mm]}, {@code DD[Thh:mm]}, {@code hh:mm} or {@code :mm}: what is left out is the next that fits. */
    static long at(String text, long now) throws UsageException {
        ZonedDateTime present = Instant.ofEpochSecond(now).atZone(ZoneId.systemDefault());
        int split = text.indexOf('T');
        boolean timeOnly = split < 0 && text.contains(":");
        Matcher date = DATE.matcher(timeOnly ? "" : split < 0 ? text : text.substring(0, split));
        Matcher time = TIME.matcher(timeOnly ? text : split < 0 ? "" : text.substring(split + 1));
        if (text.isEmpty() || !date.matches() || !time.matches()) {
            throw new UsageException("rsync: invalid --stop-at format: " + text);
        }
        long at;
        try {
            at = next(date, time, present).atZone(present.getZone()).toEpochSecond();
        } catch (DateTimeException e) {
            throw new UsageException("rsync: invalid --stop-at format: " + text);
        }
        if (at <= now) {
            throw new UsageException("rsync: --stop-at time is not in the future: " + text);
        }
        return at;
    }

    private static LocalDateTime next(Matcher date, Matcher time, ZonedDateTime present) {
        LocalDateTime base = present.toLocalDateTime().withSecond(0).withNano(0);
        boolean hasMinute = time.group(2) != null;
        boolean hasHour = time.group(1) != null;
        boolean hasDay = date.group(3) != null || date.group(4) != null;
        LocalDateTime wanted = base.withMinute(hasMinute ? Integer.parseInt(time.group(2)) : 0);
        if (hasHour || !hasMinute) {
            wanted = wanted.withHour(hasHour ? Integer.parseInt(time.group(1)) : 0);
        }
        if (date.group(3) != null) {
            return dated(date, wanted, base);
        }
        if (hasDay) {
            wanted = wanted.withDayOfMonth(Integer.parseInt(date.group(4)));
            return wanted.isAfter(base) ? wanted : wanted.plusMonths(1);
        }
        if (wanted.isAfter(base)) {
            return wanted;
        }
        return hasHour ? wanted.plusDays(1) : wanted.plusHours(1);
    }

    private static LocalDateTime dated(Matcher date, LocalDateTime time, LocalDateTime base) {
        int year = base.getYear();
        String given = date.group(1);
        if (given != null) {
            year = Integer.parseInt(given) + (given.length() == 2 ? year / 100 * 100 : 0);
        }
        LocalDateTime wanted = LocalDateTime.of(
                year,
                Integer.parseInt(date.group(2)),
                Integer.parseInt(date.group(3)),
                time.getHour(),
                time.getMinute());
        return given == null && !wanted.isAfter(base) ? wanted.plusYears(1) : wanted;
    }
}
