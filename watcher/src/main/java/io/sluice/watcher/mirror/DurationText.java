package io.sluice.watcher.mirror;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them: {@code 5ms}, {@code 0.5}, {@code 30s}, {@code 2m}; a number alone is seconds. */
final class DurationText {
    /** What {@link #parse} takes, for messages. */
    static final String EXPECTED = "a time such as 5ms, 0.5, 30s or 2m";

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m)?");

    private DurationText() {}

    /** Empty if the text is no time. */
    static Optional<Duration> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unit = matcher.group(2);
        long nanos =
                unit == null || unit.equals("s") ? 1_000_000_000L : unit.equals("m") ? 60_000_000_000L : 1_000_000L;
        BigDecimal value = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(nanos));
        return Optional.of(Duration.ofNanos(value.longValue()));
    }
}
