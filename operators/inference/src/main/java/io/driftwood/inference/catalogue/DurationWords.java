package io.driftwood.inference.catalogue;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500 ms, 30s, 1.5 min, 1 h, 2 d}. A bare number is refused, except 0. */
public final class DurationWords {

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)\\s*(ms|s|sec|seconds?|min|minutes?|h|hours?|d|days?)");

    /** Largest duration read, so that sums of a few of them stay inside a long of milliseconds. */
    private static final BigDecimal LIMIT = BigDecimal.valueOf(Long.MAX_VALUE / 16);

    private DurationWords() {}

    public static Optional<Duration> parse(String text) {
        if (text.strip().equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        BigDecimal millis = new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(millisOf(form.group(2))));
        return millis.compareTo(LIMIT) > 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis.longValue()));
    }

    /** The shortest exact form in one unit. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0s";
        }
        for (String unit : new String[] {"d", "h", "min", "s"}) {
            if (millis % millisOf(unit) == 0) {
                return millis / millisOf(unit) + unit;
            }
        }
        return millis + "ms";
    }

    private static long millisOf(String unit) {
        if (unit.equals("ms")) {
            return 1;
        }
        return switch (unit.charAt(0)) {
            case 's' -> 1_000;
            case 'm' -> 60_000;
            case 'h' -> 3_600_000;
            default -> 86_400_000;
        };
    }
}
