package io.driftwood.jobs.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftwood.wire.OutputRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The fields of what leaves a job, from the published JSON Schemas. */
final class WirePage {

    private static final String RESOURCES = "/io/driftwood/wire/";
    private static final String SOURCES = "../../connectors/wire/src/main/resources/io/driftwood/wire/";
    private static final List<String> SCHEMAS = List.of("posterior-summary-v1", "dead-letter-v1", "set-aside-v1", "answer-v1", "alarm-v1", "learned-v1", "sample-v1");

    private WirePage() {}

    static String text() {
        Markdown page = Markdown.reference("records on the wire");
        page.paragraph("Every record is one JSON object; in files and on standard streams one a line. Fields may be added within a version, never changed or removed.");
        for (String name : SCHEMAS) {
            JsonNode schema = read(name + ".schema.json");
            page.heading("`" + schema.get("title").asText() + "`");
            page.paragraph(schema.get("description").asText() + " JSON Schema: [" + name + ".schema.json](" + SOURCES + name + ".schema.json).");
            page.table(List.of("field", "type", "meaning"), rows("", schema, schema));
        }
        return page.next("[where these records can go](sinks.md).");
    }

    private static List<List<String>> rows(String path, JsonNode at, JsonNode root) {
        List<List<String>> rows = new ArrayList<>();
        at.path("properties").fields().forEachRemaining(field -> {
            String name = path + field.getKey();
            JsonNode given = field.getValue();
            JsonNode resolved = resolve(given, root);
            rows.add(List.of("`" + name + "`" + (required(at, field.getKey()) ? "" : " (optional)"), type(resolved), given.path("description").asText()));
            rows.addAll(rows(name + ".", resolved, root));
            rows.addAll(rows(name + ".NAME.", resolve(resolved.path("additionalProperties"), root), root));
        });
        return rows;
    }

    private static JsonNode resolve(JsonNode node, JsonNode root) {
        return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
    }

    private static boolean required(JsonNode object, String name) {
        return StreamSupport.stream(object.path("required").spliterator(), false).anyMatch(field -> field.asText().equals(name));
    }

    private static String type(JsonNode node) {
        if (node.has("const")) {
            return "`" + node.get("const").asText() + "`";
        } else if (node.has("enum")) {
            return words(node.get("enum"), "`");
        }
        String type = node.get("type").isArray() ? words(node.get("type"), "") : node.get("type").asText();
        return node.has("format") ? type + ", " + node.get("format").asText() : type;
    }

    private static String words(JsonNode array, String quote) {
        return StreamSupport.stream(array.spliterator(), false).map(word -> quote + word.asText() + quote).collect(Collectors.joining(" or "));
    }

    private static JsonNode read(String name) {
        try (InputStream in = OutputRecord.class.getResourceAsStream(RESOURCES + name)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
