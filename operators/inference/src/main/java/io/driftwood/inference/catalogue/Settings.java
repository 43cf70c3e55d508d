package io.driftwood.inference.catalogue;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checked values of one struct, defaults filled in, read by type. Made by {@link Checker}; a builder that asks for a key its
 * {@link Option} list does not declare is a programming error and throws. Serializable, so that what is built from them can be
 * built where a job runs.
 *
 * <p>Where something stands that is a problem already, or something is missing, there is a value that cannot be read: a builder that gets so far
 * stops without a problem of its own, and one that does not need it finds what else is wrong.
 *
 * @param path where this struct stands in the configuration, for problems found later
 * @param values key to value: {@code Double} for numbers, {@code Long} for whole numbers, {@code Boolean}, {@code String},
 *     {@code Duration}, {@code Table}, {@code List<?>}, {@code Map<String, ?>}, and {@code Settings} for structs and variants
 */
public record Settings(String path, Map<String, Object> values) implements Serializable {

    private enum Unreadable {
        UNREADABLE;

        @Override
        public String toString() { return ""; }
    }

    /** Stands for a value that is a problem already. */
    static final Object UNREADABLE = Unreadable.UNREADABLE;

    public Settings {
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Settings written in code, unchecked: for tests and for programs that build a job without a file. */
    public static Settings of(Object... keysAndValues) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return new Settings("", values);
    }

    /** The same with one value in place of what was there. */
    public Settings with(String key, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(values);
        changed.put(key, value);
        return new Settings(path, changed);
    }

    /** The name of the catalogue entry, of a struct chosen from a catalogue. */
    public String type() { return text("type"); }

    public boolean has(String key) { return values.containsKey(key); }

    public double number(String key) { return ((Number) get(key)).doubleValue(); }

    public long integer(String key) { return ((Number) get(key)).longValue(); }

    public int count(String key) { return Math.toIntExact(integer(key)); }

    public boolean flag(String key) { return (Boolean) get(key); }

    public String text(String key) { return (String) get(key); }

    public Duration duration(String key) { return (Duration) get(key); }

    public Settings struct(String key) { return (Settings) get(key); }

    public Optional<Settings> optionalStruct(String key) { return has(key) ? Optional.of(struct(key)) : Optional.empty(); }

    public Optional<String> optionalText(String key) { return has(key) ? Optional.of(text(key)) : Optional.empty(); }

    public Optional<Double> optionalNumber(String key) { return has(key) ? Optional.of(number(key)) : Optional.empty(); }

    public List<String> texts(String key) { return list(key, String.class); }

    public double[] numbers(String key) {
        return list(key, Number.class).stream().mapToDouble(Number::doubleValue).toArray();
    }

    /** Rows of numbers; in settings written in code also a {@code double[][]} or lists of numbers. */
    public Table table(String key) {
        Object value = get(key);
        return value instanceof Table table ? table
                : value instanceof double[][] rows ? Table.of(rows)
                : Table.ofList((List<?>) value);
    }

    public <T> List<T> list(String key, Class<T> element) {
        List<T> out = new ArrayList<>();
        for (Object value : (List<?>) get(key)) {
            out.add(element.cast(value));
        }
        return out;
    }

    /** A mapping whose keys the user chose, in the order written. */
    public <T> Map<String, T> map(String key, Class<T> element) {
        Map<String, T> out = new LinkedHashMap<>();
        ((Map<?, ?>) get(key)).forEach((k, v) -> out.put((String) k, element.cast(v)));
        return out;
    }

    public Object get(String key) {
        Object value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no value for '" + key + "' under '" + path + "'; it has " + values.keySet());
        }
        if (value == UNREADABLE) {
            throw new ConfigurationException(List.of());
        }
        return value;
    }

    public String pathOf(String key) { return path.isEmpty() ? key : path + "." + key; }

    /** A problem with one of these values that only its builder could see. */
    public ConfigurationException problem(String key, String message) {
        return new ConfigurationException(Problem.at(pathOf(key), values.get(key), message));
    }
}
