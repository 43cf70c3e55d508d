package io.driftwood.jobs.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Shape;
import java.util.Collection;
import java.util.List;

/**
 * The JSON Schema (2020-12) of a shape, for editors. It accepts what {@code Checker} accepts, apart from what depends on the
 * machine: environment variables and classes on the class path.
 */
public final class JsonSchema {

    private static final String DURATION = "^\\s*(0|\\d{1,15}(\\.\\d{1,9})?\\s*(ms|s|sec|seconds?|min|minutes?|h|hours?|d|days?))\\s*$";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode definitions = JSON.createObjectNode();

    private JsonSchema() {}

    public static ObjectNode of(String title, Shape.Struct root) {
        JsonSchema schema = new JsonSchema();
        ObjectNode out = JSON.createObjectNode();
        out.put("$schema", "https://json-schema.org/draft/2020-12/schema").put("title", title);
        schema.definitions.putObject("from-environment").put("type", "string").put("pattern", "\\$\\{env:[A-Za-z_][A-Za-z0-9_]*\\}")
                .put("description", "${env:NAME} stands for the value of an environment variable.");
        out.setAll(schema.struct(root.options(), false));
        out.set("$defs", schema.definitions);
        return out;
    }

    private ObjectNode of(Shape shape) {
        if (shape instanceof Shape.Number number) {
            return orFromEnvironment(number(number));
        } else if (shape instanceof Shape.Integer integer) {
            return orFromEnvironment(type("integer").put("minimum", integer.min()).put("maximum", integer.max()));
        } else if (shape instanceof Shape.Flag) {
            return orFromEnvironment(type("boolean"));
        } else if (shape instanceof Shape.Text) {
            return type("string");
        } else if (shape instanceof Shape.Choice choice) {
            return orFromEnvironment(enumeration(choice.words()));
        } else if (shape instanceof Shape.Duration) {
            ObjectNode words = type("string").put("pattern", DURATION);
            return orFromEnvironment(anyOf(words, JSON.createObjectNode().put("const", 0)));
        } else if (shape instanceof Shape.Table) {
            return table();
        } else if (shape instanceof Shape.ListOf list) {
            return type("array").set("items", of(list.element()));
        } else if (shape instanceof Shape.MapOf map) {
            return type("object").set("additionalProperties", of(map.value()));
        } else if (shape instanceof Shape.Struct struct) {
            return struct(struct.options(), false);
        } else if (shape instanceof Shape.Variant variant) {
            return variant(variant);
        } else if (shape instanceof Shape.Either either) {
            return anyOf(either.alternatives().stream().map(this::of).toArray(ObjectNode[]::new));
        }
        return JSON.createObjectNode();
    }

    /** Rows inline, an element that is a number being a row of its own, or a file; null is a missing value. */
    private static ObjectNode table() {
        ArrayNode cell = JSON.createArrayNode().add("number").add("null");
        ObjectNode row = type("array").set("items", JSON.createObjectNode().set("type", cell));
        ObjectNode rows = type("array").set("items", anyOf(row, JSON.createObjectNode().set("type", cell.deepCopy())));
        return anyOf(rows, type("string"));
    }

    private ObjectNode struct(List<Option> options, boolean typed) {
        ObjectNode out = type("object");
        ObjectNode properties = JSON.createObjectNode();
        ArrayNode required = JSON.createArrayNode();
        if (typed) {
            required.add("type");
        }
        for (Option option : options) {
            ObjectNode property = of(option.shape());
            property.put("description", option.help());
            option.fallback().ifPresent(value -> property.set("default", JSON.valueToTree(value)));
            properties.set(option.name(), property);
            if (option.required()) {
                required.add(option.name());
            }
        }
        out.set("properties", properties);
        if (!required.isEmpty()) {
            out.set("required", required);
        }
        return out.put("additionalProperties", false);
    }

    /** By reference, because the entries of a catalogue may contain the catalogue. */
    private ObjectNode variant(Shape.Variant variant) {
        Catalogue<?> catalogue = variant.catalogue();
        String name = variant.openToClasses() ? catalogue.kind() + "-or-class" : catalogue.kind();
        if (!definitions.has(name)) {
            ArrayNode alternatives = definitions.putObject(name).putArray("anyOf");
            List<String> alone = catalogue.entries().stream()
                    .filter(entry -> entry.options().stream().noneMatch(Option::required)).<String>map(Entry::name).toList();
            if (!alone.isEmpty()) {
                alternatives.add(enumeration(alone));
            }
            catalogue.entries().forEach(entry -> alternatives.add(entry(entry)));
            if (variant.openToClasses()) {
                ObjectNode dotted = type("string").put("pattern", "\\.").put("description", "A class on the class path.");
                alternatives.add(dotted);
                ObjectNode named = type("object");
                named.putObject("properties").set("type", dotted.deepCopy());
                named.putArray("required").add("type");
                alternatives.add(named);
            }
        }
        return JSON.createObjectNode().put("$ref", "#/$defs/" + name);
    }

    private ObjectNode entry(Entry<?> entry) {
        ObjectNode out = struct(entry.options(), true);
        ObjectNode properties = JSON.createObjectNode();
        properties.putObject("type").put("const", entry.name()).put("description", entry.help());
        properties.setAll((ObjectNode) out.get("properties"));
        out.set("properties", properties);
        return out.put("description", entry.help());
    }

    private static ObjectNode number(Shape.Number shape) {
        ObjectNode out = type("number");
        if (shape.min() > Double.NEGATIVE_INFINITY) {
            out.put(shape.minOpen() ? "exclusiveMinimum" : "minimum", shape.min());
        }
        if (shape.max() < Double.POSITIVE_INFINITY) {
            out.put(shape.maxOpen() ? "exclusiveMaximum" : "maximum", shape.max());
        }
        return out;
    }

    private static ObjectNode orFromEnvironment(ObjectNode schema) {
        return anyOf(schema, JSON.createObjectNode().put("$ref", "#/$defs/from-environment"));
    }

    private static ObjectNode anyOf(JsonNode... alternatives) {
        ObjectNode out = JSON.createObjectNode();
        out.putArray("anyOf").addAll(List.of(alternatives));
        return out;
    }

    private static ObjectNode enumeration(Collection<String> words) {
        ObjectNode out = JSON.createObjectNode();
        ArrayNode list = out.putArray("enum");
        words.forEach(list::add);
        return out;
    }

    private static ObjectNode type(String type) {
        return JSON.createObjectNode().put("type", type);
    }
}
