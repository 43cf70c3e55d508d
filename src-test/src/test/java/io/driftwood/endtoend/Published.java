package io.driftwood.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.driftwood.wire.PublishedSchema;
import java.util.ArrayList;
import java.util.List;

/** Lines held against the schemas that we publish, by a validator that is not ours. */
final class Published {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Published() {}

    /** Every line parsed; throws on the first that is no JSON, or is not as the schema says. */
    static List<JsonNode> valid(PublishedSchema published, List<String> lines) throws Exception {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(published.text());
        List<JsonNode> records = new ArrayList<>();
        for (String line : lines) {
            JsonNode record = JSON.readTree(line);
            var problems = schema.validate(record);
            if (!problems.isEmpty() || !record.get("schema").asText().equals(published.id())) {
                throw new AssertionError(line + " is no " + published.id() + ": " + problems);
            }
            records.add(record);
        }
        return records;
    }
}
