package io.driftwood.inference.catalogue;

import java.util.List;
import java.util.function.Function;

/**
 * One line of a catalogue: a name users write, what it is, its options, and how to build it.
 *
 * @param build makes the thing from checked settings; reports what only it can see by throwing {@link ConfigurationException}
 */
public record Entry<T>(String name, String help, List<Option> options, Function<Settings, T> build) {

    public static <T> Entry<T> of(String name, String help, Function<Settings, T> build, Option... options) {
        return new Entry<>(name, help, List.of(options), build);
    }
}
