package io.driftwood.inference.catalogue;

import java.util.List;
import java.util.stream.Collectors;

/** A shape in words, for messages and reference pages: "a number greater than 0", "one of `a`, `b`". */
public final class ShapeWords {

    private ShapeWords() {}

    public static String of(Shape shape) {
        if (shape instanceof Shape.Number number) {
            return number(number);
        } else if (shape instanceof Shape.Integer integer) {
            return integer(integer);
        } else if (shape instanceof Shape.Flag) {
            return "true or false";
        } else if (shape instanceof Shape.Text text) {
            return text.what();
        } else if (shape instanceof Shape.Choice choice) {
            return choice.words().size() == 1 ? "`" + choice.words().get(0) + "`" : "one of " + quoted(choice.words());
        } else if (shape instanceof Shape.Duration) {
            return "a duration such as 30s, 500 ms or 5 min";
        } else if (shape instanceof Shape.Table) {
            return "a table: a list of rows of numbers, or the path of a CSV file with a header";
        } else if (shape instanceof Shape.ListOf list) {
            return "a list, each element " + of(list.element());
        } else if (shape instanceof Shape.MapOf map) {
            return "a mapping of names, each to " + of(map.value());
        } else if (shape instanceof Shape.Struct struct) {
            return "a mapping with the keys " + quoted(struct.options().stream().map(Option::name).toList());
        } else if (shape instanceof Shape.Variant variant) {
            return "a " + variant.catalogue().kind() + ": one of " + quoted(variant.catalogue().names())
                    + (variant.openToClasses() ? ", or the name of a class" : "");
        } else if (shape instanceof Shape.Either either) {
            return either.alternatives().stream().map(ShapeWords::of).collect(Collectors.joining(", or "));
        }
        return "anything";
    }

    static String quoted(List<String> words) {
        return words.stream().map(w -> "`" + w + "`").collect(Collectors.joining(", "));
    }

    private static String number(Shape.Number shape) {
        boolean below = shape.min() > Double.NEGATIVE_INFINITY;
        boolean above = shape.max() < Double.POSITIVE_INFINITY;
        if (!below && !above) {
            return "a number";
        } else if (below && above && !shape.minOpen() && !shape.maxOpen()) {
            return "a number from " + text(shape.min()) + " to " + text(shape.max());
        }
        String low = below ? (shape.minOpen() ? "greater than " : "of at least ") + text(shape.min()) : "";
        String high = above ? (shape.maxOpen() ? "less than " : "at most ") + text(shape.max()) : "";
        return "a number " + low + (below && above ? " and " : "") + high;
    }

    private static String integer(Shape.Integer shape) {
        boolean below = shape.min() > Long.MIN_VALUE;
        boolean above = shape.max() < java.lang.Integer.MAX_VALUE;
        if (!below && !above) {
            return "a whole number";
        } else if (!above) {
            return "a whole number of at least " + shape.min();
        } else if (!below) {
            return "a whole number of at most " + shape.max();
        }
        return "a whole number from " + shape.min() + " to " + shape.max();
    }

    /** Without the trailing .0 of a whole number. */
    static String text(double x) {
        return x == Math.rint(x) && Math.abs(x) < 1e15 ? String.valueOf((long) x) : String.valueOf(x);
    }
}
