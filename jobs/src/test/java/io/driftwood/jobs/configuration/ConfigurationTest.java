package io.driftwood.jobs.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Effective;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.transition.Transitions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

    private static final String JOB = """
            name: launches
            model: {type: glm, response: failure, features: [temp_f]}
            source: {type: file, path: data.csv}
            sampler:
              particles: 512
            """;

    private static Configuration check(String yaml, String... assignments) {
        return check(yaml, Map.of(), assignments);
    }

    private static Configuration check(String yaml, Map<String, String> environment, String... assignments) {
        List<Assignment> flags = Arrays.stream(assignments).map(a -> Assignment.ofFlag(a).orElseThrow()).toList();
        return Configuration.check(YamlFile.parse("job.yaml", yaml), JobShape.ROOT, flags, environment);
    }

    private static String origin(Configuration configuration, String path) {
        return configuration.effective().stream().filter(e -> e.path().equals(path)).map(Effective::origin).findFirst().orElse("absent");
    }

    private static List<String> report(Configuration configuration) {
        return new ProblemReport(configuration).lines();
    }

    @Test
    void aSmallJobIsCompletedByDefaults() {
        Settings settings = check(JOB).orThrow();
        assertThat(settings.struct("sampler").count("particles")).isEqualTo(512);
        assertThat(settings.struct("sampler").struct("resampler").type()).isEqualTo("systematic");
        assertThat(settings.list("sinks", Settings.class)).singleElement().satisfies(sink -> {
            assertThat(sink.type()).isEqualTo("stdout");
            assertThat(sink.text("of")).isEqualTo("summaries");
        });
    }

    @Test
    void threePlantedMistakesAreReportedAtOnce_eachWithLineAndColumn() {
        Configuration configuration = check("""
                name: launches
                model: {type: glm, response: failure, featurs: [temp_f]}
                source: {type: file, path: data.csv}
                sampler:
                  particles: -5
                  transition: hcm
                """);
        assertThat(report(configuration)).containsExactly(
                "error: model.featurs is not a known key in `model`; allowed are `family`, `response`, `features`, `intercept`, `standardise`,"
                        + " `prior`, `trials`, `scale`, `degrees-of-freedom`, `dispersion`",
                "  --> job.yaml:2:39",
                "  |",
                "1 | name: launches",
                "2 | model: {type: glm, response: failure, featurs: [temp_f]}",
                "  |                                       ^^^^^^^",
                "help: did you mean `features`?",
                "",
                "error: sampler.particles must be a whole number from 8 to 1048576, got -5",
                "  --> job.yaml:5:14",
                "  |",
                "4 | sampler:",
                "5 |   particles: -5",
                "  |              ^^",
                "",
                "error: sampler.transition must be a transition: one of " + names() + ", got hcm",
                "  --> job.yaml:6:15",
                "  |",
                "5 |   particles: -5",
                "6 |   transition: hcm",
                "  |               ^^^",
                "help: did you mean `hmc`?",
                "",
                "3 problems. Nothing was started.");
    }

    private static String names() {
        return String.join(", ", Transitions.CATALOGUE.names().stream().map(name -> "`" + name + "`").toList());
    }

    @Test
    void whatIsMissingIsShownAtTheNearestKeyAround() {
        assertThat(report(check(JOB.replace(", response: failure", "")))).contains(
                "error: model.response is missing; it must be a field name", "  --> job.yaml:2:1");
    }

    @Test
    void flagsWinOverEnvironment_overFile_overDefault() {
        Map<String, String> environment = Map.of("DRIFTWOOD__SAMPLER__PARTICLES", "600", "DRIFTWOOD__SAMPLER__ESS_THRESHOLD", "0.7",
                "DRIFTWOOD_HOME", "ignored", "PATH", "ignored");
        Configuration configuration = check(JOB, environment, "sampler.particles=700");
        assertThat(configuration.orThrow().struct("sampler").count("particles")).isEqualTo(700);
        assertThat(configuration.orThrow().struct("sampler").number("ess-threshold")).isEqualTo(0.7);
        assertThat(origin(configuration, "sampler.particles")).isEqualTo("--set sampler.particles");
        assertThat(origin(configuration, "sampler.ess-threshold")).isEqualTo("DRIFTWOOD__SAMPLER__ESS_THRESHOLD");
        assertThat(origin(configuration, "model.response")).isEqualTo("job.yaml:2");
        assertThat(origin(configuration, "sampler.seed")).isEqualTo("default");
    }

    @Test
    void overridesReachIntoListsAndOpenLoneWords() {
        Configuration configuration = check(JOB + "history: full\nsinks: [stdout]\n", "sinks[1].type=stderr", "sinks.1.of=late",
                "history={type: discount, lambda: 0.9}", "predict=[{name: p, at: {temp_f: 31}}]");
        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.settings().list("sinks", Settings.class)).extracting(Settings::type).containsExactly("stdout", "stderr");
        assertThat(configuration.settings().struct("history").number("lambda")).isEqualTo(0.9);
        assertThat(check(JOB + "history: sliding-window\n", "history.length=9").orThrow().struct("history").count("length")).isEqualTo(9);
    }

    @Test
    void anOverrideBelowATextReplacesIt_whereATextNamesNothingOfACatalogue() {
        Settings key = check(JOB + "key: pump\n", "key.constant=all").orThrow().struct("key");
        assertThat(key.values()).containsExactly(Map.entry("constant", "all"));
        String prior = JOB.replace("features: [temp_f]", "features: [temp_f], prior: {temp_f: normal}");
        assertThat(check(prior, "model.prior.temp_f.sd=3").problems()).noneMatch(p -> p.path().endsWith("type"));
        assertThat(check(JOB + "questions: {source: {type: file, path: q.csv}, key: pump}\n", "questions.key.constant=all").orThrow()
                .struct("questions").struct("key").text("constant")).isEqualTo("all");
        assertThat(check(JOB + "sinks: [stdout]\n", "sinks.0.of=late").orThrow().list("sinks", Settings.class).get(0).type()).isEqualTo("stdout");
        assertThat(check(JOB + "  rejuvenate: waste-free\n", "sampler.rejuvenate.length=9").problems()).noneMatch(p -> p.path().endsWith("type"));
    }

    @Test
    void environmentVariablesFindKeysThatAreSpelledWithUnderscores() {
        Configuration configuration = check(JOB + "predict: [{name: p, at: {temp_f: 31}}]\n", Map.of("DRIFTWOOD__PREDICT__0__AT__TEMP_F", "40"));
        assertThat(configuration.orThrow().list("predict", Settings.class).get(0).map("at", Double.class)).containsEntry("temp_f", 40.0);
    }

    @Test
    void aProblemOfAnOverrideIsShownAtTheOverride() {
        assertThat(report(check(JOB, "sampler.particles=none"))).contains("  --> --set sampler.particles");
        assertThat(check(JOB, "sinks[7].type=stdout").problems()).singleElement()
                .satisfies(p -> assertThat(p.message()).contains("there is no element 7"));
    }

    @Test
    void theSectionsThatPassThroughTakeAnything_nestedOrDotted_andAreOverriddenEitherWay() {
        Configuration configuration = check(JOB + """
                flink: {parallelism: {default: 2}, "taskmanager.memory.process.size": 1g}
                kafka: {security.protocol: SASL_SSL}
                """, "flink.parallelism.default=3");
        assertThat(configuration.orThrow().map("flink", Object.class))
                .containsEntry("parallelism.default", 3L).containsEntry("taskmanager.memory.process.size", "1g");
        assertThat(configuration.orThrow().map("kafka", Object.class)).containsEntry("security.protocol", "SASL_SSL");
    }

    @Test
    void aKeyGivenTwiceIsAProblem() {
        Configuration configuration = check(JOB + "  particles: 9\n");
        assertThat(report(configuration)).contains("error: sampler.particles is given twice; the first is on line 5", "  --> job.yaml:6:3");
    }

    @Test
    void brokenYamlIsOneProblemWithItsPlace() {
        assertThat(report(check("name: [a\nmodel: b"))).first().asString().startsWith("error: the YAML cannot be read:");
        assertThat(report(check("name: [a\nmodel: b"))).anyMatch(line -> line.startsWith("  --> job.yaml:2:"));
        assertThat(report(check("- a\n- b"))).first().isEqualTo("error: a configuration is a mapping of keys to values");
        assertThat(check("").problems()).extracting(Problem::path).containsExactly("name", "model", "source");
    }

    @Test
    void anAliasThatContainsItselfDoesNotHang() {
        assertThat(check("name: &a [*a]").problems()).isNotEmpty();
    }

    @Test
    void secretsAreUsedButNeverShown() {
        Configuration configuration = check(JOB + "kafka: {sasl.jaas.config: 'password=\"${env:BROKER_PASSWORD}\"'}\nflink: {x: '${env:ABSENT}'}\n",
                Map.of("BROKER_PASSWORD", "hunter2"));
        assertThat(configuration.settings().map("kafka", String.class)).containsEntry("sasl.jaas.config", "password=\"hunter2\"");
        assertThat(configuration.effective().toString() + report(configuration)).doesNotContain("hunter2");
        Problem later = Problem.at("kafka.sasl.jaas.config", "password=\"hunter2\"", "must be shorter");
        assertThat(report(configuration.with(List.of(later))).toString()).doesNotContain("hunter2").contains("${env:BROKER_PASSWORD}");
    }

    @Test
    void pathsCountFromTheConfiguration(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("job.yaml"), JOB);
        Configuration configuration = Configuration.load(file, List.of(), Map.of());
        assertThat(configuration.orThrow().struct("source").text("path")).isEqualTo(directory.resolve("data.csv").toString());
    }

    @Test
    void aMissingFileIsToldInOneSentence() {
        assertThatThrownBy(() -> Configuration.load(Path.of("nowhere.yaml"), List.of(), Map.of()))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("there is no file nowhere.yaml");
    }

    @Test
    void controlCharactersOfAFileDoNotReachTheTerminal() {
        assertThat(String.join("\n", report(check("name: \"\u001b[31m\"\nmodle: \u009b1 # \u0007\n" + JOB.substring(JOB.indexOf("model"))))))
                .doesNotContainPattern("[\\p{Cntrl}&&[^\n]]");
    }
}
