package io.driftwood.wire;

import io.driftwood.inference.assimilate.Observation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/**
 * Reads epoch milliseconds from one {@link TimeFormat}. What cannot be read, or lies outside the years 1 to 9999 (such as
 * microseconds taken for milliseconds), is {@link Observation#NO_TIME}.
 */
abstract sealed class TimeReader {

    private static final long EARLIEST = LocalDate.of(1, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    private static final long LATEST =
            LocalDate.of(9999, 12, 31).atTime(LocalTime.MAX).toInstant(ZoneOffset.UTC).toEpochMilli();

    private final String wanted;

    private TimeReader(String wanted) {
        this.wanted = wanted;
    }

    static TimeReader of(TimeFormat format) {
        if (format instanceof TimeFormat.EpochMillis) {
            return new Epoch(1, "a whole number of milliseconds since 1970, in the years 1 to 9999,");
        } else if (format instanceof TimeFormat.EpochSeconds) {
            return new Epoch(1000, "a number of seconds since 1970, in the years 1 to 9999,");
        } else if (format instanceof TimeFormat.Iso) {
            return new Written(DateTimeFormatter.ISO_DATE_TIME.withResolverStyle(ResolverStyle.STRICT),
                    "an ISO-8601 date and time such as 1986-01-28T16:39:13Z");
        } else if (format instanceof TimeFormat.Date) {
            return new Written(DateTimeFormatter.ISO_LOCAL_DATE, "a date such as 1986-01-28");
        }
        String letters = ((TimeFormat.Pattern) format).letters();
        return new Written(strict(letters), "a time of the form " + letters);
    }

    /**
     * Strict, so that 31 February is an error; the era is given, so that {@code yyyy} means what people mean by it; a year or
     * a month stands for its first day.
     */
    static DateTimeFormatter strict(String letters) {
        DateTimeFormatterBuilder builder =
                new DateTimeFormatterBuilder().appendPattern(letters).parseDefaulting(ChronoField.ERA, 1);
        if (!containsAny(letters, "MLQqDw")) {
            builder.parseDefaulting(ChronoField.MONTH_OF_YEAR, 1);
        }
        if (!containsAny(letters, "dQqDwWecF")) {
            builder.parseDefaulting(ChronoField.DAY_OF_MONTH, 1);
        }
        return builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
    }

    private static boolean containsAny(String text, String characters) {
        return characters.chars().anyMatch(c -> text.indexOf(c) >= 0);
    }

    /** What the field must be, for a sentence. */
    final String wanted() {
        return wanted;
    }

    abstract long ofText(String text);

    /** @param text how the number was written */
    abstract long ofNumber(double number, String text);

    private static long bounded(long millis) {
        return millis < EARLIEST || millis > LATEST ? Observation.NO_TIME : millis;
    }

    private static final class Epoch extends TimeReader {

        private final int millisPerUnit;

        Epoch(int millisPerUnit, String wanted) {
            super(wanted);
            this.millisPerUnit = millisPerUnit;
        }

        @Override
        long ofText(String text) {
            Spelled number = Spelled.of(text);
            return number.isNumber() ? ofNumber(number.value(), text) : Observation.NO_TIME;
        }

        @Override
        long ofNumber(double number, String text) {
            double millis = number * millisPerUnit;
            if (!(Math.abs(millis) < 1e15) || millisPerUnit == 1 && millis != Math.rint(millis)) {
                return Observation.NO_TIME;
            }
            return bounded(Math.round(millis));
        }
    }

    private static final class Written extends TimeReader {

        private final DateTimeFormatter formatter;

        Written(DateTimeFormatter formatter, String wanted) {
            super(wanted);
            this.formatter = formatter;
        }

        @Override
        long ofText(String text) {
            try {
                return bounded(instant(formatter.parseBest(
                        text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from)).toEpochMilli());
            } catch (DateTimeException | ArithmeticException e) {
                return Observation.NO_TIME;
            }
        }

        private static Instant instant(TemporalAccessor time) {
            if (time instanceof ZonedDateTime zoned) {
                return zoned.toInstant();
            }
            return time instanceof LocalDateTime local
                    ? local.toInstant(ZoneOffset.UTC)
                    : ((LocalDate) time).atStartOfDay(ZoneOffset.UTC).toInstant();
        }

        /** A pattern such as {@code yyyy} or {@code yyyyMMdd} reads what JSON and CSV write as a number. */
        @Override
        long ofNumber(double number, String text) {
            return ofText(text);
        }
    }
}
