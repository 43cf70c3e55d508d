package io.driftwood.inference.catalogue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks a tree of plain values against a {@link Shape}: finds every problem, fills in defaults, reads {@code ${env:NAME}}, and
 * remembers where each effective value came from.
 *
 * <p>A null value counts as absent. What is wrong or missing cannot be read from the settings ({@link Settings}), so that builders may look for
 * problems besides, and build only when there are none. Not for use by several threads.
 */
public final class Checker {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)}");
    private static final int SHOWN = 60;

    private final Function<String, String> originOf;
    private final Function<String, Optional<String>> environment;
    private final UnaryOperator<String> files;
    private final TableReader tables;
    private final Shape.Struct root;
    private List<Problem> problems = new ArrayList<>();
    private List<Effective> effective = new ArrayList<>();

    private Checker(
            Shape.Struct root, Function<String, String> originOf, Function<String, Optional<String>> environment, UnaryOperator<String> files,
            TableReader tables) {
        this.root = root;
        this.files = files;
        this.tables = tables;
        this.originOf = originOf;
        this.environment = environment;
    }

    /**
     * @param tree values in YAML's own types
     * @param originOf who set the value at a path
     * @param environment looks up the NAME of {@code ${env:NAME}}
     * @param files turns a path as written into one that can be opened
     * @param tables reads the tables that are given as files
     */
    public static Checked check(
            Shape.Struct root, Map<String, ?> tree, Function<String, String> originOf, Function<String, Optional<String>> environment,
            UnaryOperator<String> files, TableReader tables) {
        Checker checker = new Checker(root, originOf, environment, files, tables);
        Settings settings = checker.struct(root.options(), tree, "", Map.of(), true);
        return new Checked(settings, List.copyOf(checker.problems), List.copyOf(checker.effective));
    }

    /** Without tables in files. */
    public static Checked check(
            Shape.Struct root, Map<String, ?> tree, Function<String, String> originOf, Function<String, Optional<String>> environment,
            UnaryOperator<String> files) {
        return check(root, tree, originOf, environment, files, TableReader.NONE);
    }

    /** Without an environment; every value's origin is "given". */
    public static Checked check(Shape.Struct root, Map<String, ?> tree) {
        return check(root, tree, path -> "given", name -> Optional.empty(), UnaryOperator.identity());
    }

    /** The checked value, or null after reporting a problem. */
    private Object value(Shape shape, Object raw, String path, boolean given) {
        if (shape instanceof Shape.Either either) {
            return either(either, raw, path, given);
        } else if (shape instanceof Shape.Struct struct) {
            return raw instanceof Map<?, ?> map ? struct(struct.options(), map, path, Map.of(), given) : wrong(shape, raw, path);
        } else if (shape instanceof Shape.Variant variant) {
            return variant(variant, raw, path, given);
        } else if (shape instanceof Shape.Table) {
            return table(shape, raw, path, given);
        } else if (shape instanceof Shape.ListOf list) {
            return raw instanceof List<?> elements ? list(list.element(), elements, path, given) : wrong(shape, raw, path);
        } else if (shape instanceof Shape.MapOf map) {
            return raw instanceof Map<?, ?> entries ? map(map.value(), entries, path, given) : wrong(shape, raw, path);
        } else if (shape instanceof Shape.Anything) {
            return untouched(raw, path, given);
        }
        Object substituted = substitute(raw, path);
        if (substituted == null) {
            return null;
        }
        Object read = Scalars.read(shape, substituted, raw != substituted);
        if (read == null) {
            return wrong(shape, raw, path);
        }
        keep(path, raw, given);
        return shape.equals(Shape.file()) ? files.apply((String) read) : read;
    }

    private Settings struct(List<Option> options, Map<?, ?> entries, String path, Map<String, Object> first, boolean given) {
        Map<String, Object> values = new LinkedHashMap<>(first);
        List<String> known = options.stream().map(Option::name).toList();
        entries.forEach((key, raw) -> {
            if (!known.contains(String.valueOf(key))) {
                unknown(String.valueOf(key), raw, path, known);
                Spelling.nearest(String.valueOf(key), known).ifPresent(meant -> values.put(meant, Settings.UNREADABLE));
            }
        });
        for (Option option : options) {
            Object raw = entries.get(option.name());
            String at = child(path, option.name());
            if (raw == null && option.required()) {
                problems.add(Problem.at(at, null, "is missing; it must be " + ShapeWords.of(option.shape())));
                values.put(option.name(), Settings.UNREADABLE);
            } else if (raw != null || option.fallback().isPresent() && !values.containsKey(option.name())) {
                Object read = value(option.shape(), raw != null ? raw : option.fallback().get(), at, given && raw != null);
                values.put(option.name(), read != null ? read : Settings.UNREADABLE);
            }
        }
        return new Settings(path, values);
    }

    private Object variant(Shape.Variant shape, Object raw, String path, boolean given) {
        Map<?, ?> entries = raw instanceof Map<?, ?> map ? map : raw instanceof String word ? Map.of("type", word) : null;
        if (entries == null) {
            return wrong(shape, raw, path);
        }
        String at = raw instanceof Map ? child(path, "type") : path;
        Object named = entries.get("type");
        if (named == null) {
            problems.add(Problem.at(child(path, "type"), null, "is missing; it must be " + ShapeWords.of(shape)));
            return null;
        }
        Object substituted = substitute(named, at);
        if (substituted == null) {
            return null;
        }
        String type = String.valueOf(substituted);
        Optional<? extends Entry<?>> entry = shape.catalogue().find(type);
        if (entry.isPresent()) {
            keep(child(path, "type"), named, given);
            return struct(entry.get().options(), without(entries, "type"), path, Map.of("type", type), given);
        } else if (shape.openToClasses() && type.contains(".")) {
            return ofClass(type, entries, path, given);
        }
        problems.add(nearest(Problem.at(at, named, "must be " + ShapeWords.of(shape)), type, shape.catalogue().names()));
        return null;
    }

    private Settings ofClass(String type, Map<?, ?> entries, String path, boolean given) {
        Map<String, Object> values = new LinkedHashMap<>();
        keep(child(path, "type"), type, given);
        values.put("type", type);
        without(entries, "type").forEach((key, raw) -> {
            Object read = untouched(raw, child(path, String.valueOf(key)), given);
            if (read != null) {
                values.put(String.valueOf(key), read);
            }
        });
        return new Settings(path, values);
    }

    private Table table(Shape shape, Object raw, String path, boolean given) {
        Object substituted = substitute(raw, path);
        if (!(substituted instanceof String || substituted instanceof List<?>)) {
            return substituted == null ? null : (Table) wrong(shape, raw, path);
        }
        try {
            Table read = substituted instanceof String file ? tables.read(files.apply(file)) : Table.ofList((List<?>) substituted);
            keep(path, raw, given);
            return read;
        } catch (IOException | IllegalArgumentException e) {
            problems.add(Problem.at(path, show(raw), raw instanceof String ? "cannot be read: " + e.getMessage() : e.getMessage()));
            return null;
        }
    }

    /** Null after a problem with an element itself; one inside of an element stays there. */
    private List<Object> list(Shape element, List<?> raws, String path, boolean given) {
        List<Object> read = new ArrayList<>();
        for (int i = 0; i < raws.size(); i++) {
            String at = path + "[" + i + "]";
            if (raws.get(i) == null) {
                problems.add(Problem.at(at, null, "is empty; it must be " + ShapeWords.of(element)));
                continue;
            }
            Object value = value(element, raws.get(i), at, given);
            if (value != null) {
                read.add(value);
            }
        }
        if (raws.isEmpty()) {
            keep(path, raws, given);
        }
        return read.size() == raws.size() ? read : null;
    }

    /** The same as of a list. */
    private Map<String, Object> map(Shape shape, Map<?, ?> raws, String path, boolean given) {
        Map<String, Object> read = new LinkedHashMap<>();
        raws.forEach((key, raw) -> {
            String at = child(path, String.valueOf(key));
            if (raw == null) {
                problems.add(Problem.at(at, null, "is empty; it must be " + ShapeWords.of(shape)));
                return;
            }
            Object value = value(shape, raw, at, given);
            if (value != null) {
                read.put(String.valueOf(key), value);
            }
        });
        if (raws.isEmpty()) {
            keep(path, raws, given);
        }
        return read.size() == raws.size() ? read : null;
    }

    private Object untouched(Object raw, String path, boolean given) {
        if (raw instanceof Map<?, ?> entries) {
            return map(Shape.anything(), entries, path, given);
        } else if (raw instanceof List<?> elements) {
            return list(Shape.anything(), elements, path, given);
        }
        Object substituted = substitute(raw, path);
        if (substituted != null) {
            keep(path, raw, given);
        }
        return substituted;
    }

    /** Tries every alternative aside and keeps what the first fitting one found, or else the problems of the likeliest one. */
    private Object either(Shape.Either shape, Object raw, String path, boolean given) {
        List<Problem> problemsBefore = problems;
        List<Effective> effectiveBefore = effective;
        List<Problem> likeliest = null;
        for (Shape alternative : shape.alternatives()) {
            problems = new ArrayList<>();
            effective = new ArrayList<>();
            Object read = value(alternative, raw, path, given);
            if (read != null && problems.isEmpty()) {
                effectiveBefore.addAll(effective);
                problems = problemsBefore;
                effective = effectiveBefore;
                return read;
            }
            boolean inside = problems.stream().anyMatch(p -> !p.path().equals(path));
            if (inside && (likeliest == null || problems.size() < likeliest.size())) {
                likeliest = problems;
            }
        }
        problems = problemsBefore;
        effective = effectiveBefore;
        if (likeliest == null) {
            return wrong(shape, raw, path);
        }
        problems.addAll(likeliest);
        return null;
    }

    /** Replaces {@code ${env:NAME}} in a text; returns the same object when there is nothing to replace, null after a problem. */
    private Object substitute(Object raw, String path) {
        if (!(raw instanceof String text) || !text.contains("${env:")) {
            return raw;
        }
        Matcher reference = REFERENCE.matcher(text);
        StringBuilder out = new StringBuilder();
        boolean found = true;
        while (reference.find()) {
            Optional<String> value = environment.apply(reference.group(1));
            if (value.isEmpty()) {
                found = false;
                problems.add(Problem.at(path, raw, "needs the environment variable " + reference.group(1) + ", which is not set"));
            }
            reference.appendReplacement(out, Matcher.quoteReplacement(value.orElse("")));
        }
        reference.appendTail(out);
        return found ? out.toString() : null;
    }

    private Object wrong(Shape shape, Object raw, String path) {
        Problem problem = Problem.at(path, show(raw), "must be " + ShapeWords.of(shape));
        problems.add(raw instanceof String word ? nearest(problem, word, words(shape)) : help(problem, shape, raw));
        return null;
    }

    private static Problem help(Problem problem, Shape shape, Object raw) {
        boolean text = shape instanceof Shape.Text || shape instanceof Shape.Choice;
        if (text && (raw instanceof java.lang.Number || raw instanceof Boolean)) {
            return problem.suggesting("write it in quotes: \"" + raw + "\"");
        } else if (shape instanceof Shape.Duration && raw instanceof java.lang.Number) {
            return problem.suggesting("say the unit: " + raw + "s or " + raw + "ms");
        } else if (shape instanceof Shape.ListOf && !(raw instanceof Map)) {
            return problem.suggesting("write it in brackets: [" + show(raw) + "]");
        }
        return problem;
    }

    private static List<String> words(Shape shape) {
        if (shape instanceof Shape.Choice choice) {
            return choice.words();
        } else if (shape instanceof Shape.Variant variant) {
            return variant.catalogue().names();
        } else if (shape instanceof Shape.Either either) {
            return either.alternatives().stream().flatMap(a -> words(a).stream()).toList();
        }
        return List.of();
    }

    private void unknown(String key, Object raw, String path, List<String> known) {
        String where = path.isEmpty() ? "at the top level" : "in `" + path + "`";
        String allowed = known.isEmpty() ? "none is allowed" : "allowed are " + ShapeWords.quoted(known);
        Problem problem = Problem.at(child(path, key), show(raw), "is not a known key " + where + "; " + allowed);
        Problem near = nearest(problem, key, known);
        Optional<String> elsewhere = near.suggestion().isEmpty() ? sectionWith(key, root, "") : Optional.empty();
        problems.add(elsewhere.map(section -> problem.suggesting("it belongs under `" + section + "`")).orElse(near));
    }

    /** The first struct, from the root, that has an option of this name. */
    private static Optional<String> sectionWith(String key, Shape.Struct struct, String path) {
        for (Option option : struct.options()) {
            if (!path.isEmpty() && option.name().equals(key)) {
                return Optional.of(path);
            } else if (option.shape() instanceof Shape.Struct inner) {
                Optional<String> found = sectionWith(key, inner, child(path, option.name()));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Problem nearest(Problem problem, String typed, List<String> known) {
        return Spelling.nearest(typed, known).map(word -> problem.suggesting("did you mean `" + word + "`?")).orElse(problem);
    }

    private void keep(String path, Object raw, boolean given) {
        effective.add(new Effective(path, show(raw), given ? originOf.apply(path) : Effective.DEFAULT));
    }

    private static Map<Object, Object> without(Map<?, ?> entries, String key) {
        Map<Object, Object> rest = new LinkedHashMap<>(entries);
        rest.remove(key);
        return rest;
    }

    private static String child(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String show(Object raw) {
        String text = raw == null ? "" : raw instanceof Double x ? ShapeWords.text(x) : String.valueOf(raw);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 1) + "…";
    }
}
