package io.driftwood.jobs.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.driftwood.inference.catalogue.Checked;
import io.driftwood.inference.catalogue.Checker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode SCHEMA = JsonSchema.of("Driftwood job", JobShape.ROOT);

    private static final String JOB = """
            name: a
            model: {type: glm, response: y, features: [x]}
            source: {type: file, path: a.csv}
            """;

    private static Set<ValidationMessage> validate(String yaml) {
        YamlFile file = YamlFile.parse("job.yaml", yaml);
        JsonNode schema = SampleShape.describes(file) ? JsonSchema.of("Driftwood target to sample", SampleShape.ROOT) : SCHEMA;
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema).validate(JSON.valueToTree(file.tree()));
    }

    private static boolean checked(String yaml) {
        Map<String, Object> tree = YamlFile.parse("job.yaml", yaml).tree();
        Checked checked = Checker.check(JobShape.ROOT, tree);
        return checked.problems().isEmpty();
    }

    static Stream<Path> examples() throws Exception {
        try (Stream<Path> files = Files.walk(Path.of("..", "examples"))) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".yaml")).toList();
            assertThat(found).isNotEmpty();
            return found.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleFitsTheSchema_andTellsEditorsWhereItIs(Path example) throws Exception {
        String yaml = Files.readString(example);
        assertThat(validate(yaml)).isEmpty();
        assertThat(yaml.lines().limit(2)).first().asString().startsWith("# yaml-language-server: $schema=");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "sampler: {particles: -5}", "sampler: {particels: 50}", "smapler: {}", "sampler: {transition: {type: hcm}}", "sampler: {seed: x}",
        "history: {type: sliding-window}", "sinks: [{type: stdout, of: everything}]", "predict: [{name: a}]", "predict: [{at: {x: 1}}]",
        "time: {field: t, out-of-orderness: 5}", "time: {field: t, late: maybe}", "sampler: {ess-threshold: 1.5}", "sampler: {ess-threshold: 0}",
        "history: sliding-window", "key: {feild: a}"})
    void plantedMistakesAreRefused_byTheSchemaAsByTheCheck(String mistake) {
        assertThat(validate(JOB + mistake)).isNotEmpty();
        assertThat(checked(JOB + mistake)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "key: x", "key: {constant: all}", "time: {field: t, format: date, out-of-orderness: 30 s, idle-after: 5min}", "sampler: {transition: mala}",
        "sampler: {transition: {type: hmc, integration-time: 2}}", "history: full", "history: {type: discount, lambda: 0.99}",
        "sampler: {particles: '${env:N}'}", "sinks: [stdout, {type: file, path: b.jsonl, of: dead-letters}]", "predict: [{name: p, at: {x: 31}}]",
        "predict: [{name: p, of: exp(x)}]", "flink: {anything: [1, {b: c}]}", "sampler: {ttl: off, samples: {every: 10, count: 50}}"})
    void whatTheCheckAcceptsFitsTheSchema(String addition) {
        assertThat(validate(JOB + addition)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "training: {type: mixture, components: 2}; true", "training: {type: mixture}; false", "training: {type: mixtur, components: 2}; false",
        "training: {type: perceptron-denoiser, least-noise: 0.3, largest-noise: 6, width: 16}; true",
        "training: {type: mixture, components: 2}, columns: a; false", "training: {type: mixture, components: 2}, columns: [a], seed: 3; true"})
    void theSchemaOfLearning_refusesWhatTheCheckRefuses(String rest, boolean fits) {
        Map<String, Object> tree = YamlFile.parse("learn.yaml", "{data: [[1, 2], [3, null]], " + rest + "}").tree();
        JsonNode schema = JsonSchema.of("Driftwood learning from a table", LearnShape.ROOT);
        Set<ValidationMessage> found = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema).validate(JSON.valueToTree(tree));
        assertThat(found.isEmpty()).as("%s", found).isEqualTo(fits);
        assertThat(Checker.check(LearnShape.ROOT, tree).problems().isEmpty()).isEqualTo(fits);
    }

    @Test
    void aClassOfTheUsersFitsWithAnyOptions() {
        assertThat(validate(JOB.replace("glm, response: y, features: [x]", "com.example.Mine, scale: 3"))).isEmpty();
    }

    @Test
    void everyDefaultFitsItsOwnProperty() {
        JsonNode properties = SCHEMA.get("properties").get("sampler").get("properties");
        properties.fields().forEachRemaining(property -> {
            if (property.getValue().has("default")) {
                assertThat(validate(JOB + "sampler: {" + property.getKey() + ": " + property.getValue().get("default") + "}"))
                        .as(property.getKey()).isEmpty();
            }
        });
    }
}
