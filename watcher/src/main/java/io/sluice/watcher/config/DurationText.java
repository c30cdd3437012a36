package io.sluice.watcher.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them: {@code 5ms}, {@code 0.5}, {@code 30s}, {@code 2m}, {@code 6h}; a number alone is seconds. */
public final class DurationText {
    /** What {@link #parse} takes, for messages. */
    public static final String EXPECTED = "a time such as 5ms, 0.5, 30s, 2m or 6h";

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h|d)?");

    private static final long SECOND = 1_000_000_000L;
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private DurationText() {}

    /** Empty if the text is no time. */
    public static Optional<Duration> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unit = matcher.group(2);
        long nanos = unit == null ? SECOND : nanos(unit);
        BigDecimal value = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(nanos));
        return Optional.of(Duration.ofNanos(value.min(LONGEST).longValue()));
    }

    private static long nanos(String unit) {
        return switch (unit) {
            case "ms" -> SECOND / 1000;
            case "m" -> 60 * SECOND;
            case "h" -> 3600 * SECOND;
            case "d" -> 24 * 3600 * SECOND;
            default -> SECOND;
        };
    }
}
