package io.driftwood.jobs.configuration;

import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The file with environment variables and flags laid over it, and who set what. Later layers win; a value set at a path replaces
 * everything that stood there.
 *
 * <p>The sections that pass through are kept flat, {@code a.b.c: value}, so that both ways of writing them can be overridden.
 */
public final class Layers {

    /** Handed on to others as dotted keys. */
    static final Set<String> FLAT = Set.of("flink", "kafka");

    private final YamlFile file;
    private final Shape root;
    private final Map<String, Object> tree = new LinkedHashMap<>();
    private final Map<String, String> origins = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /** @param root what the configuration may look like */
    Layers(YamlFile file, Shape root) {
        this.file = file;
        this.root = root;
        file.tree().forEach((key, value) -> tree.put(key, FLAT.contains(key) && value instanceof Map<?, ?> m ? flatten(m) : copy(value)));
    }

    Map<String, Object> tree() {
        return tree;
    }

    /** Overrides that point at nothing that can be set. */
    List<Problem> problems() {
        return problems;
    }

    void put(Assignment override) {
        List<String> segments = override.segments();
        String first = segments.get(0);
        if (FLAT.contains(first) && segments.size() > 1) {
            String rest = String.join(".", segments.subList(1, segments.size()));
            String key = override.spelledLoosely() ? rest.replace('_', '-') : rest;
            Object section = tree.computeIfAbsent(first, k -> new LinkedHashMap<String, Object>());
            put(section, Shape.anything(), List.of(key), first, override);
        } else {
            put(tree, root, segments, "", override);
        }
    }

    /** Who set the value at a path: the nearest override at or above it, or else the file's line. */
    String originOf(String path) {
        for (String at = path; !at.isEmpty(); at = parent(at)) {
            if (origins.containsKey(at)) {
                return origins.get(at);
            }
        }
        for (String at = path; !at.isEmpty(); at = parent(at)) {
            if (file.valueAt(at).isPresent()) {
                return file.name() + ":" + file.valueAt(at).get().line();
            }
        }
        return file.name();
    }

    /** Whether a flag or the environment set the value at this path, or something around it. */
    boolean overridden(String path) {
        for (String at = path; !at.isEmpty(); at = parent(at)) {
            if (origins.containsKey(at)) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("unchecked")
    private void put(Object into, Shape shape, List<String> segments, String path, Assignment override) {
        String segment = segments.get(0);
        if (into instanceof List<?> list) {
            putInList((List<Object>) list, ShapeAt.element(shape), segments, path, override);
        } else if (into instanceof Map<?, ?> map) {
            String key = override.spelledLoosely() ? spelled(segment, map) : segment;
            String at = path.isEmpty() ? key : path + "." + key;
            Map<String, Object> entries = (Map<String, Object>) map;
            if (segments.size() == 1) {
                entries.put(key, override.value());
                set(at, override);
            } else {
                Shape below = ShapeAt.key(shape, map, key);
                entries.compute(key, (k, old) -> container(old, below, segments.get(1)));
                put(entries.get(key), below, segments.subList(1, segments.size()), at, override);
            }
        }
    }

    private void putInList(List<Object> list, Shape element, List<String> segments, String path, Assignment override) {
        String segment = segments.get(0);
        boolean position = segment.matches("\\d{1,6}");
        if (!position || Integer.parseInt(segment) > list.size()) {
            String allowed = "there is no element " + segment + "; it has " + list.size() + ", counted from 0, and one may be added";
            problems.add(Problem.at(path, override.origin(), allowed));
            return;
        }
        int index = Integer.parseInt(segment);
        String at = path + "[" + index + "]";
        if (index == list.size()) {
            list.add(null);
        }
        if (segments.size() == 1) {
            list.set(index, override.value());
            set(at, override);
        } else {
            list.set(index, container(list.get(index), element, segments.get(1)));
            put(list.get(index), element, segments.subList(1, segments.size()), at, override);
        }
    }

    /** What stands at a path one goes through: a word that names an entry of a catalogue opens to {@code {type: word}}, anything else plain is replaced. */
    private static Object container(Object old, Shape shape, String next) {
        if (old instanceof Map || old instanceof List) {
            return old;
        }
        Map<String, Object> opened = new LinkedHashMap<>();
        if (old instanceof String word && ShapeAt.isVariant(shape)) {
            opened.put("type", word);
        } else if (next.matches("\\d+")) {
            return new ArrayList<>();
        }
        return opened;
    }

    private void set(String at, Assignment override) {
        origins.keySet().removeIf(path -> path.startsWith(at + ".") || path.startsWith(at + "["));
        origins.put(at, override.origin());
    }

    /** The key of a map that a loosely spelled word means, or the word in kebab-case. */
    private static String spelled(String word, Map<?, ?> map) {
        for (Object key : map.keySet()) {
            if (String.valueOf(key).replace('-', '_').equalsIgnoreCase(word)) {
                return String.valueOf(key);
            }
        }
        return word.replace('_', '-');
    }

    static String parent(String path) {
        int cut = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return cut < 0 ? "" : path.substring(0, cut);
    }

    private static Map<String, Object> flatten(Map<?, ?> section) {
        Map<String, Object> flat = new LinkedHashMap<>();
        section.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner && !inner.isEmpty()) {
                flatten(inner).forEach((rest, leaf) -> flat.put(key + "." + rest, leaf));
            } else {
                flat.put(String.valueOf(key), value);
            }
        });
        return flat;
    }

    private static Object copy(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((k, v) -> copy.put(String.valueOf(k), copy(v)));
            return copy;
        } else if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(v -> copy.add(copy(v)));
            return copy;
        }
        return value;
    }
}
