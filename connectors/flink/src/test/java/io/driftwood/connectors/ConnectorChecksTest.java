package io.driftwood.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftwood.connectors.contract.ConnectorContext;
import io.driftwood.connectors.testkit.Checked;
import io.driftwood.connectors.testkit.EmbeddedKafka;
import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.wire.RecordFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot work is said before a job starts, with the place in the configuration and in one sentence. */
class ConnectorChecksTest {

    private static final ConnectorContext CONTEXT = new ConnectorContext("checks", Map.of());

    @TempDir
    Path directory;

    private static void assertProblem(List<Problem> problems, String path, String... words) {
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.message()).contains(words);
        });
    }

    private List<Problem> checkFile(String path, Object... more) {
        Object[] options = java.util.stream.Stream.concat(
                java.util.stream.Stream.of("path", directory.resolve(path).toString()), java.util.stream.Stream.of(more)).toArray();
        return Checked.build(Sources.CATALOGUE, "file", options).check(CONTEXT);
    }

    @Test
    void file_thatIsNotThereIsAProblem() throws Exception {
        assertProblem(checkFile("no.csv"), "path", "there is no such file");
        assertProblem(checkFile("no-*.csv"), "path", "no file fits this pattern");
        Files.createDirectory(directory.resolve("empty"));
        assertProblem(checkFile("empty", "format", "csv"), "path", "the directory holds no files");
        Files.writeString(directory.resolve("[odd] name*.csv"), "y\n1\n");
        assertThat(checkFile("[odd] name*.csv")).isEmpty();
    }

    @Test
    void format_isToldByTheExtensionOrMustBeNamed() {
        assertThat(Checked.build(Sources.CATALOGUE, "file", "path", "a.b/c.CSV").format())
                .isEqualTo(new RecordFormat.Csv(List.of(), ','));
        assertThat(Checked.build(Sources.CATALOGUE, "file", "path", "c.tsv").format())
                .isEqualTo(new RecordFormat.Csv(List.of(), '\t'));
        assertThat(Checked.build(Sources.CATALOGUE, "file", "path", "*.jsonl").format()).isEqualTo(new RecordFormat.Json());
        assertThat(Checked.build(Sources.CATALOGUE, "file", "path", "c.dat", "format", "csv", "columns", List.of("a", "b"), "separator", ";")
                .format()).isEqualTo(new RecordFormat.Csv(List.of("a", "b"), ';'));
        assertThatThrownBy(() -> Checked.build(Sources.CATALOGUE, "file", "path", "c.dat"))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("say `format: csv` or `format: json`");
        assertThatThrownBy(() -> Checked.build(Sources.CATALOGUE, "file", "path", "c.csv", "separator", ", "))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("one character");
        assertThatThrownBy(() -> Checked.build(Sources.CATALOGUE, "stdin", "separator", ";"))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("belongs to CSV");
        assertThatThrownBy(() -> Checked.build(Sources.CATALOGUE, "kafka", "topic", "t", "format", "csv"))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("name their `columns`");
    }

    private List<Problem> checkSink(String path) {
        return Checked.build(Sinks.CATALOGUE, "file", "path", path).check(CONTEXT);
    }

    @Test
    void output_thatCannotBeWrittenIsAProblem() throws Exception {
        assertProblem(checkSink(directory.toString()), "path", "is a directory");
        assertProblem(checkSink(directory.resolve("no/out.jsonl").toString()), "path", "the directory", "does not exist");
        assertProblem(checkSink("s3://bucket/out.jsonl"), "path", "must be a local file");
        assertProblem(checkSink("/dev/null"), "path", "not a regular file");
        assertThat(checkSink(directory.resolve("out.jsonl").toString())).isEmpty();
        assertThat(directory.resolve("out.jsonl")).as("a check writes nothing").doesNotExist();
    }

    @Test
    void broker_thatIsAbsentOrNotNamedIsAProblemWithinSeconds() throws Exception {
        String nobody = "localhost:" + EmbeddedKafka.closedPort();
        Instant start = Instant.now();
        assertProblem(
                Checked.build(Sources.CATALOGUE, "kafka", "topic", "t", "servers", nobody).check(CONTEXT),
                "servers", "no Kafka broker answers at " + nobody + " within 10 s");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(60));
        assertProblem(
                Checked.build(Sources.CATALOGUE, "kafka", "topic", "t").check(CONTEXT),
                "servers", "no brokers are named");
        assertProblem(
                Checked.build(Sinks.CATALOGUE, "kafka", "topic", "t").check(
                        new ConnectorContext("checks", Map.of("bootstrap.servers", "no.such.host.invalid:9092"))),
                "servers", "no.such.host.invalid");
    }

    @Test
    void times_ofKafkaAreWordsOrInstants() {
        assertThat(Checked.build(Sources.CATALOGUE, "kafka", "topic", "t").bounded()).isFalse();
        assertThat(Checked.build(Sources.CATALOGUE, "kafka", "topic", List.of("t", "u"), "until", "latest").bounded()).isTrue();
        assertThat(Checked.build(
                Sources.CATALOGUE, "kafka", "topic", "t", "from", "2026-01-31T12:00:00Z", "until", "2026-02-01T00:00:00Z").bounded()).isTrue();
        assertThatThrownBy(() -> Checked.build(Sources.CATALOGUE, "kafka", "topic", "t", "from", "yesterday"))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("from: must be `earliest`, `latest`, `committed`");
        assertThatThrownBy(() -> Checked.build(Sources.CATALOGUE, "kafka", "topic", "t", "until", "earliest"))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("until: must be `latest`");
    }
}
