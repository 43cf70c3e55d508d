package io.driftwood.jobs.reference;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.catalogue.ShapeWords;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Options as a table: a row for every key, those of nested mappings too. */
final class OptionTable {

    static final List<String> HEAD = List.of("key", "value", "default", "meaning");

    private final List<List<String>> rows = new ArrayList<>();

    private OptionTable() {}

    /** @param path before the names of the keys, such as {@code sampler.}, or empty */
    static List<List<String>> rows(String path, List<Option> options) {
        OptionTable table = new OptionTable();
        table.add(path, options);
        return table.rows;
    }

    private void add(String path, List<Option> options) {
        for (Option option : options) {
            String key = path + option.name();
            String fallback = option.required() ? "required" : Markdown.value(option.fallback(), "");
            rows.add(List.of("`" + key + "`", words(option.shape()), fallback, Markdown.sentence(option.help())));
            inside(key, option.shape());
        }
    }

    private void inside(String key, Shape shape) {
        if (shape instanceof Shape.Struct struct) {
            add(key + ".", struct.options());
        } else if (shape instanceof Shape.ListOf list) {
            inside(key + "[]", list.element());
        } else if (shape instanceof Shape.MapOf map) {
            inside(key + ".NAME", map.value());
        } else if (shape instanceof Shape.Either either) {
            either.alternatives().forEach(alternative -> inside(key, alternative));
        }
    }

    /** As {@link ShapeWords}, with a link to the page of a catalogue in the place of its entries. */
    static String words(Shape shape) {
        if (shape instanceof Shape.Variant variant) {
            String kind = variant.catalogue().kind();
            return "a [" + kind + "](" + CataloguePage.file(variant.catalogue()) + ")" + (variant.openToClasses() ? ", or the name of a class" : "");
        } else if (shape instanceof Shape.ListOf list) {
            return "a list, each element " + words(list.element());
        } else if (shape instanceof Shape.MapOf map) {
            return map.value() instanceof Shape.Anything ? "a mapping" : "a mapping of names, each to " + words(map.value());
        } else if (shape instanceof Shape.Either either) {
            return either.alternatives().stream().map(OptionTable::words).collect(Collectors.joining(", or "));
        }
        return ShapeWords.of(shape);
    }
}
