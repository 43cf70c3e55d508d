package io.driftwood.wire;

import com.fasterxml.jackson.core.io.NumberInput;

/**
 * A number spelled as text. Allowed are decimal numbers; {@code true} and {@code false} as 1 and 0; nothing, {@code NaN},
 * {@code NA} and {@code null} for a missing value; {@code inf} and {@code Infinity} with or without a sign. Capitals do not
 * matter. Java's own extras ({@code 1d}, {@code 0x1p3}) are no numbers.
 */
record Spelled(boolean isNumber, double value, boolean overflows) {

    private static final Spelled NO_NUMBER = new Spelled(false, Double.NaN, false);
    private static final Spelled OVERFLOW = new Spelled(false, Double.NaN, true);
    private static final Spelled MISSING = new Spelled(true, Double.NaN, false);
    private static final Spelled PLUS_INFINITY = new Spelled(true, Double.POSITIVE_INFINITY, false);
    private static final Spelled MINUS_INFINITY = new Spelled(true, Double.NEGATIVE_INFINITY, false);

    /** Of a column in a line of values, where everything is text. */
    static Spelled of(String text) {
        if (!isDecimal(text)) {
            return word(text);
        }
        try {
            double value = NumberInput.parseDouble(text, true);
            return Double.isInfinite(value) ? OVERFLOW : new Spelled(true, value, false);
        } catch (NumberFormatException e) {
            return NO_NUMBER;
        }
    }

    /** Of a JSON text: only what JSON has no number for, since many writers put it in quotes. */
    static Spelled nonFinite(String text) {
        return switch (text) {
            case "NaN" -> MISSING;
            case "Infinity" -> PLUS_INFINITY;
            case "-Infinity" -> MINUS_INFINITY;
            default -> NO_NUMBER;
        };
    }

    private static Spelled word(String text) {
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "", "nan", "na", "null" -> MISSING;
            case "true" -> new Spelled(true, 1, false);
            case "false" -> new Spelled(true, 0, false);
            case "inf", "+inf", "infinity", "+infinity" -> PLUS_INFINITY;
            case "-inf", "-infinity" -> MINUS_INFINITY;
            default -> NO_NUMBER;
        };
    }

    private static boolean isDecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E')) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** The rest of "must be a number ...". */
    String butIs(String text) {
        return overflows ? " that a double can hold and is " + text + "." : " and is \"" + text + "\".";
    }
}
