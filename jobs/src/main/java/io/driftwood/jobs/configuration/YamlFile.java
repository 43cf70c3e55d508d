package io.driftwood.jobs.configuration;

import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Problem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * A YAML 1.2 document read to plain values, with the place of every key and value, so that a problem found later can point at it.
 * A key given twice is a problem.
 */
public final class YamlFile {

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setSchema(new CoreSchema()).setMaxAliasesForCollections(50).build();

    private final String name;
    private final List<String> lines;
    private final Map<String, Position> keys = new LinkedHashMap<>();
    private final Map<String, Position> values = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Problem, Position> places = new HashMap<>();
    private Map<String, Object> tree = new LinkedHashMap<>();

    private YamlFile(String name, String text) {
        this.name = name;
        this.lines = text.lines().toList();
    }

    /** Throws {@link ConfigurationException} when there is nothing to read. */
    public static YamlFile read(Path path) {
        try {
            return parse(path.toString(), Files.readString(path));
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(Problem.at("", path, "there is no file " + path));
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(Problem.at("", path, "the file " + path + " is not UTF-8 text"));
        } catch (IOException e) {
            throw new ConfigurationException(Problem.at("", path, "the file " + path + " cannot be read: " + e.getMessage()));
        }
    }

    public static YamlFile parse(String name, String text) {
        YamlFile file = new YamlFile(name, text);
        try {
            file.readDocument(new Compose(SETTINGS).composeString(text));
        } catch (MarkedYamlEngineException e) {
            Problem problem = Problem.at("", null, "the YAML cannot be read: " + e.getProblem());
            file.problems.add(problem);
            e.getProblemMark().ifPresent(mark -> file.places.put(problem, file.at(mark, 1)));
        } catch (YamlEngineException e) {
            file.problems.add(Problem.at("", null, "the YAML cannot be read: " + e.getMessage()));
        }
        return file;
    }

    /** One value, as written after the {@code =} of an override. */
    public static Object parseValue(String text) {
        try {
            YamlFile file = new YamlFile("", text);
            Optional<Node> node = new Compose(SETTINGS).composeString(text);
            return node.map(n -> file.plain(n, "", 0)).orElse(null);
        } catch (YamlEngineException e) {
            // Such as a pattern that begins with % or @: people mean the text itself.
            return text;
        }
    }

    public String name() {
        return name;
    }

    public Map<String, Object> tree() {
        return tree;
    }

    /** What is wrong with the document itself: syntax, keys given twice. */
    public List<Problem> problems() {
        return problems;
    }

    /** Where a value stands. */
    Optional<Position> valueAt(String path) {
        return Optional.ofNullable(values.get(path));
    }

    /** Where a problem is to be shown: an unknown key at the key, a wrong value at the value, what is missing at the nearest key around it. */
    Optional<Position> placeOf(Problem problem) {
        if (places.containsKey(problem)) {
            return Optional.of(places.get(problem));
        }
        boolean ofKey = problem.message().startsWith("is not a known key");
        Position place = ofKey ? keys.get(problem.path()) : values.get(problem.path());
        for (String at = problem.path(); place == null && !at.isEmpty(); at = Layers.parent(at)) {
            place = at.endsWith("]") ? values.get(at) : keys.get(at);
        }
        return Optional.ofNullable(place);
    }

    /** A path as written in this file, which counts from the file's directory. What has a scheme, such as s3://, is left as it is. */
    public String resolve(String written) {
        return written.contains("://") ? written : Path.of(name).resolveSibling(written).toString();
    }

    /** The text of a line, counted from 1; empty outside the file. */
    public String line(int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }

    @SuppressWarnings("unchecked")
    private void readDocument(Optional<Node> root) {
        if (root.isEmpty()) {
            return;
        } else if (root.get() instanceof MappingNode mapping) {
            tree = (Map<String, Object>) plain(mapping, "", 0);
        } else {
            problems.add(Problem.at("", null, "a configuration is a mapping of keys to values"));
        }
    }

    private Object plain(Node node, String path, int depth) {
        if (depth > 50) {
            problems.add(Problem.at(path, null, "is nested more than 50 levels deep"));
            return null;
        }
        node.getStartMark().ifPresent(mark -> values.put(path, at(mark, lengthOf(node))));
        if (node instanceof MappingNode mapping) {
            return mapping(mapping, path, depth);
        } else if (node instanceof SequenceNode sequence) {
            List<Object> list = new ArrayList<>();
            for (Node element : sequence.getValue()) {
                list.add(plain(element, path + "[" + list.size() + "]", depth + 1));
            }
            return list;
        }
        return scalar((ScalarNode) node, path);
    }

    private Map<String, Object> mapping(MappingNode node, String path, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                problems.add(Problem.at(path, null, "has a key that is not plain text"));
                continue;
            }
            String key = keyNode.getValue();
            String at = path.isEmpty() ? key : path + "." + key;
            if (map.containsKey(key)) {
                int first = keys.get(at).line();
                Problem problem = Problem.at(at, null, "is given twice; the first is on line " + first);
                problems.add(problem);
                keyNode.getStartMark().ifPresent(mark -> places.put(problem, at(mark, key.length())));
                continue;
            }
            keyNode.getStartMark().ifPresent(mark -> keys.put(at, at(mark, key.length())));
            map.put(key, plain(tuple.getValueNode(), at, depth + 1));
        }
        return map;
    }

    private Object scalar(ScalarNode node, String path) {
        var construct = SETTINGS.getSchema().getSchemaTagConstructors().get(node.getTag());
        if (construct == null) {
            if (!node.getTag().getValue().equals("tag:yaml.org,2002:str")) {
                problems.add(Problem.at(path, node.getTag(), "has a tag; tags are not supported"));
            }
            return node.getValue();
        }
        Object value = construct.construct(node);
        return value instanceof Integer whole ? Long.valueOf(whole) : value;
    }

    private Position at(Mark mark, int length) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1, Math.max(1, length));
    }

    private int lengthOf(Node node) {
        Mark start = node.getStartMark().get();
        Mark end = node.getEndMark().orElse(start);
        int onLine = line(start.getLine() + 1).stripTrailing().length() - start.getColumn();
        return end.getLine() == start.getLine() ? end.getColumn() - start.getColumn() : onLine;
    }
}
