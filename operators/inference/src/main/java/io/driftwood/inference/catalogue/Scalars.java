package io.driftwood.inference.catalogue;

import java.math.BigDecimal;
import java.util.Optional;

/** Reads single values against their shapes: text, words, durations, flags and numbers within their bounds. */
final class Scalars {

    private Scalars() {}

    /**
     * The value in the type that settings hold, or null when it is none of the shape.
     *
     * @param fromText whether the value came out of the environment, where everything is text
     */
    static Object read(Shape shape, Object raw, boolean fromText) {
        if (shape instanceof Shape.Text) {
            return raw instanceof String ? raw : null;
        } else if (shape instanceof Shape.Choice choice) {
            return raw instanceof String word && choice.words().contains(word) ? word : null;
        } else if (shape instanceof Shape.Duration) {
            boolean zero = raw instanceof java.lang.Number number && number.doubleValue() == 0;
            return raw instanceof String || zero ? DurationWords.parse(zero ? "0" : (String) raw).orElse(null) : null;
        } else if (shape instanceof Shape.Flag) {
            return fromText && (raw.equals("true") || raw.equals("false")) ? Boolean.valueOf((String) raw) : raw instanceof Boolean ? raw : null;
        }
        Optional<BigDecimal> decimal = decimal(raw, fromText);
        if (decimal.isEmpty()) {
            return null;
        } else if (shape instanceof Shape.Integer integer) {
            return integer(integer, decimal.get());
        }
        return number((Shape.Number) shape, decimal.get().doubleValue());
    }

    private static Optional<BigDecimal> decimal(Object raw, boolean fromText) {
        if (raw instanceof java.lang.Number || (fromText && raw instanceof String)) {
            try {
                return Optional.of(new BigDecimal(raw.toString().strip()));
            } catch (NumberFormatException notFinite) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Long integer(Shape.Integer shape, BigDecimal x) {
        // An exponent of this size cannot fit, and expanding it would cost its digits.
        if (Math.abs((long) x.scale()) > 400 || x.stripTrailingZeros().scale() > 0) {
            return null;
        }
        boolean inside = x.compareTo(BigDecimal.valueOf(shape.min())) >= 0 && x.compareTo(BigDecimal.valueOf(shape.max())) <= 0;
        return inside ? x.longValueExact() : null;
    }

    private static Double number(Shape.Number shape, double x) {
        boolean aboveMin = shape.minOpen() ? x > shape.min() : x >= shape.min();
        boolean belowMax = shape.maxOpen() ? x < shape.max() : x <= shape.max();
        return Double.isFinite(x) && aboveMin && belowMax ? x : null;
    }
}
