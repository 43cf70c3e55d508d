package io.driftwood.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that start nothing, run as the process would run them. */
class CommandsTest {

    private static final String ORING = Path.of("..", "examples", "oring", "oring.yaml").toString();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Commands.execute(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    @Test
    void validateSaysThatAValidFileIsValid_onStderr() {
        assertThat(run("validate", ORING)).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("oring.yaml is valid.");
    }

    @Test
    void explainShowsEveryValueAndWhoSetIt() {
        assertThat(run("validate", ORING, "--explain", "--particles", "64", "--set", "sampler.ess-threshold=0.9", "--parallelism", "3")).isZero();
        assertThat(explained()).contains(
                "sampler.particles 64 --particles", "sampler.ess-threshold 0.9 --set sampler.ess-threshold", "sampler.resampler.type systematic default",
                "flink.parallelism.default 3 --parallelism");
        assertThat(out.toString()).containsPattern("sampler\\.seed +1986 +.*oring\\.yaml:\\d+");
    }

    @Test
    void explainShowsOnlyWhatTheJobReads_andWhatWasGivenInVain(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("job.yaml"), """
                name: a
                model: {type: local-level, response: y, noise-variance: 1, level-variance: 1, initial: {mean: 0, variance: 10}}
                source: {type: file, path: in.csv}
                """);
        assertThat(run("validate", file.toString(), "--explain", "--set", "sampler.transition.type=mala", "--set", "sampler.emit-every=2")).isZero();
        assertThat(explained()).contains("sampler.particles 1024 default", "sampler.emit-every 2 --set sampler.emit-every",
                        "sampler.transition.type mala --set sampler.transition.type, of no use in this job")
                .noneMatch(line -> line.matches("sampler\\.(resampler|ess-threshold|mass|rejuvenate|control-variates|conditional-ess|assimilation).*"));
        out.getBuffer().setLength(0);
        assertThat(run("validate", file.toString(), "--explain", "--set", "filter=bootstrap")).isZero();
        assertThat(explained()).contains("sampler.ess-threshold 0.5 default", "sampler.resampler.type systematic default")
                .noneMatch(line -> line.matches("sampler\\.(mass|transition|rejuvenate|control-variates|conditional-ess|assimilation).*"));
    }

    private List<String> explained() {
        return out.toString().lines().map(line -> line.replaceAll(" +", " ")).toList();
    }

    @Test
    void problemsThatOnlyBuildingShowsAreReportedTogether_withTheirPlaces() {
        assertThat(run("validate", ORING, "--set", "predict=[{name: a, at: {temp: 3}}, {name: b, of: epx(intercept)}]",
                "--set", "time.format=isoo", "--set", "model.type=com.example.Absent")).isEqualTo(3);
        assertThat(err.toString()).contains("model.type is not on the class path", "name its jar or directory in DRIFTWOOD_CLASSPATH", "local-level").contains("time.format must be iso, date")
                .contains("did you mean `iso`?").contains("2 problems. Nothing was started.");
        assertThat(run("validate", ORING, "--set", "predict=[{name: a, at: {temp: 3}}, {name: b, of: epx(intercept)}]")).isEqualTo(3);
        assertThat(err.toString()).contains("predict[0].at.temp is no covariate of the model; they are temp_f").contains("did you mean `temp_f`?")
                .contains("predict[0].at needs a value for temp_f").contains("predict[1].of has no function epx").contains("3 problems.");
    }

    @Test
    void aWrongPrediction_doesNotHideAWrongRecursion() {
        String nile = Path.of("..", "examples", "nile", "nile.yaml").toString();
        assertThat(run("validate", nile, "--set", "history=full", "--set", "predict=[{name: p, of: exp(levl)}]")).isEqualTo(3);
        assertThat(err.toString()).contains("predict[0].of has no parameter levl", "history is for a model whose parameters stand still", "2 problems.");
    }

    @Test
    void problemsOfOneValue_doNotHideThoseThatOnlyBuildingShows(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("job.yaml"), """
                name: a
                model: {type: local-level, response: y, noise-variance: 1, level-variance: 1, initial: {mean: 0, variance: 10}}
                source: {type: file}
                history: full
                time: {field: t, format: isoo}
                sampler: {particles: 64, seed: x}
                predict: [{name: p, of: exp(levl)}]
                sinks: [{type: file, path: out.jsonl}, {type: file, path: ./out.jsonl, of: late}, {type: kafka, of: answers}]
                """);
        assertThat(run("validate", file.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("source.path is missing", "history is for a model whose parameters stand still", "time.format must be iso, date",
                "sampler.seed must be", "predict[0].of has no parameter levl", "sinks[1].path is written by another sink", "sinks[2].topic is missing",
                "sinks[2].of needs a `questions` section", "8 problems.");
    }

    @Test
    void aProblemThatIsThereOnlyForAnother_isNotReported(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("job.yaml"), """
                name: a
                model: {type: glm, response: y, featurs: [x]}
                source: {type: file, path: in.csv}
                tmie: {field: t}
                questoins: {source: {type: file, path: q.csv}}
                learn: {source: {type: file, path: l.csv}, learner: nromal, time: {field: t}}
                predict: [{name: p, at: {x: 3}}]
                sinks: [{type: stdout, of: answers}]
                """);
        assertThat(run("validate", file.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("did you mean `features`?", "did you mean `time`?", "did you mean `questions`?", "did you mean `normal`?", "4 problems.");
    }

    @Test
    void aMissingFileIsACodeAndASentence() {
        assertThat(run("replay", "nowhere.yaml")).isEqualTo(3);
        assertThat(err.toString()).isEqualTo("error: there is no file nowhere.yaml" + System.lineSeparator());
    }

    @Test
    void anAbsentInputIsFoundBeforeAnythingStarts(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("job.yaml"), """
                name: a
                model: {type: glm, response: y, features: [x]}
                source: {type: file, path: absent.csv}
                sinks: [{type: file, path: no/such/directory/out.jsonl}]
                """);
        assertThat(run("replay", file.toString())).isEqualTo(4);
        assertThat(err.toString()).contains("source.path cannot be read: there is no such file").contains("sinks[0].path cannot be written")
                .contains("2 problems. Nothing was started.").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model: {type: glm, response: y, features: [x]}\nsource: {type: file, path: in.csv}", "target: banana"})
    void twoSinksOnOneFileAreRefused_alsoBehindALink(String what, @TempDir Path directory) throws Exception {
        Files.createSymbolicLink(directory.resolve("there"), Files.createDirectory(directory.resolve("here")));
        Path file = Files.writeString(directory.resolve("job.yaml"), "name: a\n" + what + """

                sinks: [{type: file, path: out.jsonl}, {type: file, path: ./out.jsonl}, {type: file, path: here/b.jsonl}, {type: file, path: there/b.jsonl}]
                """);
        assertThat(run("validate", file.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("sinks[1].path is written by another sink of this job", "sinks[3].path is written by another sink", "2 problems.");
    }

    @Test
    void aSinkOnAFileThatIsReadIsRefused_beforeItIsOverwritten(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("in.jsonl"), "{\"y\":1,\"x\":2}\n");
        Files.createSymbolicLink(directory.resolve("link.jsonl"), directory.resolve("in.jsonl"));
        Path file = Files.writeString(directory.resolve("job.yaml"), """
                name: a
                model: {type: glm, response: y, features: [x]}
                source: {type: file, path: "*n.jsonl"}
                sinks: [{type: file, path: link.jsonl, append: true}, {type: file, path: out.jsonl}]
                """);
        assertThat(run("replay", file.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("sinks[0].path is a file that this job reads", "1 problem.");
        assertThat(directory.resolve("in.jsonl")).hasContent("{\"y\":1,\"x\":2}");
    }

    @Test
    void aReplayOfWhatHasNoEndIsRefused(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("job.yaml"), """
                name: a
                model: {type: glm, response: y, features: [x]}
                source: {type: kafka, topic: t, servers: "localhost:1"}
                """);
        assertThat(run("replay", file.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("source has no end, and a replay needs one").contains("driftwood run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"replya x.yaml", "replay", "validate x.yaml --partcles 5", "replay x.yaml --particles many", "list modles", "replay x.yaml --set sampler", "schema --sample --learn", ""})
    void wrongUsageIsCodeTwo_andTalksOnlyOnStderr(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void anUnknownWordSuggestsTheNearest() {
        run("replya");
        assertThat(err.toString()).contains("Did you mean: driftwood replay");
        run("list", "modles");
        assertThat(err.toString()).contains("did you mean models?");
    }

    @Test
    void listShowsEveryCatalogue_alsoAsJson() throws Exception {
        assertThat(run("list", "--json")).isZero();
        JsonNode listed = new ObjectMapper().readTree(out.toString());
        for (String kind : new String[] {"models", "transitions", "resamplers", "histories", "sources", "sinks"}) {
            assertThat(listed.get(kind)).as(kind).isNotEmpty();
            listed.get(kind).forEach(entry -> assertThat(entry.get("help").asText()).as(entry.get("name").asText()).isNotBlank());
        }
    }

    @Test
    void theSchemaIsWrittenWhereAsked(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("driftwood.schema.json");
        assertThat(run("schema", "--out", file.toString())).isZero();
        assertThat(run("schema")).isZero();
        assertThat(new ObjectMapper().readTree(out.toString())).isEqualTo(new ObjectMapper().readTree(Files.readString(file)));
    }

    @Test
    void everyCommandHasHelpWithExamples_onFortyLines() {
        for (String command : new String[] {"demo", "replay", "run", "validate", "simulate", "list", "schema", "bench"}) {
            out.getBuffer().setLength(0);
            assertThat(run(command, "--help")).as(command).isZero();
            assertThat(out.toString()).contains("Examples:").contains("driftwood " + command);
            assertThat(out.toString().lines().count()).as(command).isLessThanOrEqualTo(40);
            assertThat(out.toString()).doesNotContain("\u001b");
        }
    }

    @Test
    void theVersionIsTheBuilds() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("driftwood \\d+\\.\\d+\\.\\d+.* \\(Java .*\\)\\R");
    }

    @Test
    void simulateWritesWhatTheSourceReads_theSameForTheSameSeed(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("oring.csv");
        assertThat(run("simulate", ORING, "--count", "50", "--out", file.toString())).isZero();
        assertThat(Files.readAllLines(file)).hasSize(51).first().isEqualTo("launch_date,failure,temp_f");
        assertThat(err.toString()).contains("\"key\":\"key-0\",\"parameters\":{\"intercept\":");
        run("simulate", ORING, "--count", "50");
        assertThat(out.toString().lines()).containsExactlyElementsOf(Files.readAllLines(file));
        out.getBuffer().setLength(0);
        run("simulate", ORING, "--count", "50", "--seed", "5");
        assertThat(out.toString().lines()).isNotEqualTo(Files.readAllLines(file));
        assertThat(run("simulate", ORING, "--keys", "2")).isEqualTo(2);
    }

    @Test
    void benchWithoutBenchmarksSaysWhereTheyAre() {
        assertThat(run("bench")).isEqualTo(1);
        assertThat(err.toString()).contains("from a checkout");
    }
}
