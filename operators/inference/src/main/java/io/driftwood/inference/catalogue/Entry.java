package io.driftwood.inference.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One line of a catalogue: a name users write, what it is, its options, and how to build it.
 *
 * @param notes what the reference page says besides, in this order; may be empty
 * @param build makes the thing from checked settings; reports what only it can see by throwing {@link ConfigurationException}
 */
public record Entry<T>(String name, String help, List<Note> notes, List<Option> options, Function<Settings, T> build) {

    /** One thing worth knowing, such as the cost of a step: a label, and a sentence or the lines of an equation. */
    public record Note(String label, String text) {}

    /** With one note more. */
    public Entry<T> noting(String label, String text) {
        List<Note> more = new ArrayList<>(notes);
        more.add(new Note(label, text));
        return new Entry<>(name, help, List.copyOf(more), options, build);
    }

    /** The values of the options that have a default. */
    public Settings defaults() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("type", name);
        for (Option option : options) {
            option.fallback().ifPresent(value -> values.put(option.name(), value));
        }
        return new Settings("", values);
    }

    public static <T> Entry<T> of(String name, String help, Function<Settings, T> build, Option... options) {
        return new Entry<>(name, help, List.of(), List.of(options), build);
    }
}
