package io.driftwood.inference.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * The compiled list of what can be chosen under one configuration key. The same list feeds the configuration check, the JSON
 * Schema, {@code driftwood list}, the reference pages and the suites that test every entry.
 *
 * @param kind what the entries are, in the singular: "model", "transition", ...
 */
public record Catalogue<T>(String kind, List<Entry<? extends T>> entries) {

    @SafeVarargs
    public static <T> Catalogue<T> of(String kind, Entry<? extends T>... entries) {
        return new Catalogue<>(kind, List.of(entries));
    }

    public Optional<Entry<? extends T>> find(String name) {
        for (Entry<? extends T> entry : entries) {
            if (entry.name().equals(name)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    public List<String> names() {
        return entries.stream().<String>map(Entry::name).toList();
    }

    /** Builds the entry that {@code settings.type()} names. The settings have been checked, so the entry exists. */
    public T build(Settings settings) {
        Entry<? extends T> entry = find(settings.type())
                .orElseThrow(() -> new IllegalArgumentException("no " + kind + " named " + settings.type()));
        return entry.build().apply(settings);
    }
}
