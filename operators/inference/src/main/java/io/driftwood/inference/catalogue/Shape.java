package io.driftwood.inference.catalogue;

import java.util.List;

/**
 * What a configuration value may look like. One tree of shapes describes the whole configuration; the same tree checks a
 * file, fills in defaults, writes the JSON Schema, the reference pages and {@code driftwood list}.
 *
 * <p>Plain values carry YAML's own types: {@code String, Long, Double, Boolean, List<?>, Map<String, ?>}.
 */
public sealed interface Shape {

    String FILE = "a file path";

    /** A finite number in {@code [min, max]}; an end marked open is excluded. */
    record Number(double min, double max, boolean minOpen, boolean maxOpen) implements Shape {}

    /** A whole number in {@code [min, max]}. */
    record Integer(long min, long max) implements Shape {}

    record Flag() implements Shape {}

    /** Any text; {@code what} says what it stands for, in words ("a file path", "a field name"). */
    record Text(String what) implements Shape {}

    /** One of some words. */
    record Choice(List<String> words) implements Shape {}

    /** A duration in words such as {@code 500 ms, 30 s, 5 min, 1 h, 2 d}; read as {@link java.time.Duration}. */
    record Duration() implements Shape {}

    /** Rows of numbers, inline or as the path of a CSV file; read as {@link io.driftwood.inference.catalogue.Table}. */
    record Table() implements Shape {}

    record ListOf(Shape element) implements Shape {}

    /** A mapping whose keys the user chooses. */
    record MapOf(Shape value) implements Shape {}

    /** A mapping with fixed keys. */
    record Struct(List<Option> options) implements Shape {}

    /**
     * A struct chosen by its {@code type} from a catalogue. A type with a dot in it, where {@code openToClasses} is set, names
     * a class on the class path and its other keys are passed on unchecked. A lone word stands for {@code {type: word}}.
     */
    record Variant(Catalogue<?> catalogue, boolean openToClasses) implements Shape {}

    /** The first alternative that fits; problems are reported against the one of the same YAML kind. */
    record Either(List<Shape> alternatives) implements Shape {}

    /** Anything, handed on untouched. */
    record Anything() implements Shape {}

    static Shape number() { return new Number(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, true, true); }

    static Shape positive() { return new Number(0, Double.POSITIVE_INFINITY, true, true); }

    /** {@code [0, inf)}. */
    static Shape nonNegative() { return new Number(0, Double.POSITIVE_INFINITY, false, true); }

    static Shape between(double min, double max) { return new Number(min, max, false, false); }

    /** {@code (0, 1]}. */
    static Shape fraction() { return new Number(0, 1, true, false); }

    /** {@code (0, 1)}. */
    static Shape openFraction() { return new Number(0, 1, true, true); }

    static Shape integer(long min, long max) { return new Integer(min, max); }

    static Shape count() { return new Integer(1, java.lang.Integer.MAX_VALUE); }

    static Shape flag() { return new Flag(); }

    static Shape text(String what) { return new Text(what); }

    /** A file's path; one that is relative counts from the directory of the configuration. */
    static Shape file() { return new Text(FILE); }

    static Shape choice(String... words) { return new Choice(List.of(words)); }

    static Shape duration() { return new Duration(); }

    static Shape table() { return new Table(); }

    static Shape listOf(Shape element) { return new ListOf(element); }

    static Shape mapOf(Shape value) { return new MapOf(value); }

    static Shape struct(Option... options) { return new Struct(List.of(options)); }

    static Shape variant(Catalogue<?> catalogue) { return new Variant(catalogue, false); }

    static Shape variantOrClass(Catalogue<?> catalogue) { return new Variant(catalogue, true); }

    static Shape either(Shape... alternatives) { return new Either(List.of(alternatives)); }

    static Shape anything() { return new Anything(); }
}
