package io.driftwood.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftwood.connectors.EncodeFunction;
import io.driftwood.connectors.Intake;
import io.driftwood.connectors.Sinks;
import io.driftwood.connectors.Sources;
import io.driftwood.connectors.TriageOperator;
import io.driftwood.connectors.Watermarks;
import io.driftwood.connectors.WrongInputException;
import io.driftwood.connectors.contract.ConnectorContext;
import io.driftwood.connectors.contract.SourceConnector;
import io.driftwood.connectors.testkit.Checked;
import io.driftwood.connectors.testkit.Jobs;
import io.driftwood.connectors.testkit.PacedFailures;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.wire.DeadLetterEncoder;
import io.driftwood.wire.DecodeSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From file to file through Flink: every record once and in order, whatever fails on the way. */
class FileToFileTest {

    private static final ConnectorContext CONTEXT = new ConnectorContext("file-test", Map.of());

    @TempDir
    Path directory;

    private JobExecutionResult run(Configuration configuration, String input, PacedFailures<Observation> failures, Object... sinkOptions)
            throws Exception {
        StreamExecutionEnvironment environment = Jobs.local(2, configuration);
        SourceConnector source = Checked.build(Sources.CATALOGUE, "file", "path", directory.resolve(input).toString());
        DecodeSpec spec = new DecodeSpec(
                List.of("y"), new DecodeSpec.KeySource.Field("k"),
                new DecodeSpec.TimeSource.Field("t", new io.driftwood.wire.TimeFormat.EpochMillis()));
        Intake<Observation> intake = new Intake<>(
                source, spec, Watermarks.strategy(source.bounded(), Duration.ZERO, Optional.empty()), 1000,
                TypeInformation.of(Observation.class));
        SingleOutputStreamOperator<Observation> observations = intake.open(environment, CONTEXT, "file");
        Object[] letters = {"path", directory.resolve("dead.jsonl").toString()};
        Checked.build(Sinks.CATALOGUE, "file", letters).write(
                EncodeFunction.encode(observations.getSideOutput(Intake.DEAD_LETTERS), DeadLetterEncoder::new, "letters"),
                "dead", CONTEXT);
        var failing = observations.map(failures, TypeInformation.of(Observation.class)).setParallelism(1).name("fails").uid("fails");
        Checked.build(Sinks.CATALOGUE, "file", sinkOptions).write(Jobs.asJson(failing, List.of("y")), "out", CONTEXT);
        return environment.execute();
    }

    private static String line(int i) {
        return "{\"k\":\"a\",\"t\":" + i + ",\"y\":" + i + "}";
    }

    @Test
    void everyRecord_isWrittenOnceAndInOrderOverThreeFailures() throws Exception {
        StringBuilder text = new StringBuilder();
        int records = 20_000;
        for (int i = 0; i < records; i++) {
            text.append(i % 100 == 7 ? "not json\n" : line(i) + "\n");
        }
        Files.writeString(directory.resolve("in.jsonl"), text);
        String out = directory.resolve("out.jsonl").toString();
        PacedFailures<Observation> failures = new PacedFailures<>("file-to-file", 3);
        JobExecutionResult result = run(Jobs.restarting(10), "in.jsonl", failures, "path", out);

        assertThat(PacedFailures.thrown("file-to-file")).isEqualTo(3);
        List<String> written = Files.readAllLines(Path.of(out));
        List<String> dead = Files.readAllLines(directory.resolve("dead.jsonl"));
        assertThat(dead).hasSize(records / 100);
        assertThat(written).hasSize(records - records / 100).doesNotHaveDuplicates();
        assertThat(written.get(7)).contains("\"values\":{\"y\":8.0}", "\"offset\":9");
        assertThat(written).isSortedAccordingTo((a, b) -> Long.compare(offset(a), offset(b)));
        assertThat((Long) result.getAccumulatorResult(TriageOperator.RECORDS_IN)).isEqualTo(records);
        assertThat((Long) result.getAccumulatorResult(TriageOperator.DEAD_LETTERS)).isEqualTo(dead.size());
    }

    private static long offset(String line) {
        return Long.parseLong(line.replaceAll(".*\"offset\":(\\d+)}", "$1"));
    }

    @Test
    void files_areReadInTheOrderOfTheirNamesAndEachUnderItsOwnHeader() throws Exception {
        Files.createDirectories(directory.resolve("in/sub"));
        Files.writeString(directory.resolve("in/b.csv"), "k,t,y\na,3,3\na,4,4\n");
        Files.writeString(directory.resolve("in/a.csv"), "y,k,t\r\n1,a,1\r\n2,a,2");
        Files.writeString(directory.resolve("in/c.csv"), "");
        Files.writeString(directory.resolve("in/.hidden.csv"), "k,t,y\na,9,9\n");
        Files.writeString(directory.resolve("in/sub/d.csv"), "t,y,k\n5,5,a\n");
        Files.writeString(directory.resolve("in/notes.txt"), "no data");
        String out = directory.resolve("out.jsonl").toString();
        run(Jobs.strict(), "in/**.csv", new PacedFailures<>("none", 0), "path", out);
        assertThat(Files.readAllLines(Path.of(out)))
                .extracting(line -> line.replaceAll(".*\"y\":(\\d).*origin\":\".*/(.*)\",\"offset\":(\\d)}", "$1 $2 $3"))
                .containsExactly("1 a.csv 2", "2 a.csv 3", "3 b.csv 2", "4 b.csv 3", "5 d.csv 2");
    }

    @Test
    void emptyFile_isAStreamWithoutRecords() throws Exception {
        Files.writeString(directory.resolve("in.csv"), "");
        String out = directory.resolve("out.jsonl").toString();
        JobExecutionResult result = run(Jobs.strict(), "in.csv", new PacedFailures<>("none", 0), "path", out);
        assertThat(Path.of(out)).isEmptyFile();
        assertThat((Long) result.getAccumulatorResult(TriageOperator.RECORDS_IN)).isZero();
    }

    @Test
    void newJob_replacesTheFileUnlessToldToAppend() throws Exception {
        Files.writeString(directory.resolve("in.jsonl"), line(1) + "\n");
        Path out = Files.writeString(directory.resolve("out.jsonl"), "old\n".repeat(1000));
        run(Jobs.strict(), "in.jsonl", new PacedFailures<>("none", 0), "path", out.toString());
        assertThat(Files.readAllLines(out)).singleElement().asString().startsWith("{\"schema\"");
        run(Jobs.strict(), "in.jsonl", new PacedFailures<>("none", 0), "path", out.toString(), "append", true);
        assertThat(Files.readAllLines(out)).hasSize(2);
    }

    @Test
    void wrongInput_endsTheJobAtOnceAlthoughItWouldRestart() throws Exception {
        Files.writeString(directory.resolve("in.csv"), "k,t,why\na,1,1\na,2,2\n");
        assertThatThrownBy(() -> run(
                        Jobs.restarting(100), "in.csv", new PacedFailures<>("none", 0),
                        "path", directory.resolve("out.jsonl").toString()))
                .satisfies(thrown -> assertThat(ExceptionUtils.findThrowable(thrown, WrongInputException.class))
                        .get().extracting(Throwable::getMessage).asString()
                        .startsWith("None of the first 2 records could be read. The last, ")
                        .endsWith("in.csv 3: The field `y` is missing: the columns are k, t, why."));
    }
}
