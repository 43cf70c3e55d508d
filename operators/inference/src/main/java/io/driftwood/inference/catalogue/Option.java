package io.driftwood.inference.catalogue;

import java.util.Optional;

/**
 * One key of a configuration section: its name, shape, default and one sentence of help.
 *
 * @param fallback the value used when the key is absent, in YAML's own types; empty with {@code required} unset means that
 *     absence itself has a meaning, which {@code help} states
 */
public record Option(String name, Shape shape, boolean required, Optional<Object> fallback, String help) {

    public static Option required(String name, Shape shape, String help) {
        return new Option(name, shape, true, Optional.empty(), help);
    }

    public static Option optional(String name, Shape shape, String help) {
        return new Option(name, shape, false, Optional.empty(), help);
    }

    public static Option withDefault(String name, Shape shape, Object fallback, String help) {
        return new Option(name, shape, false, Optional.of(fallback), help);
    }
}
