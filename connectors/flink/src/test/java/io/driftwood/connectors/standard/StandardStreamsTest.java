package io.driftwood.connectors.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftwood.connectors.Intake;
import io.driftwood.connectors.Sinks;
import io.driftwood.connectors.Sources;
import io.driftwood.connectors.Watermarks;
import io.driftwood.connectors.contract.ConnectorContext;
import io.driftwood.connectors.contract.SourceConnector;
import io.driftwood.connectors.testkit.Checked;
import io.driftwood.connectors.testkit.Jobs;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.wire.DecodeSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A job between standard input and standard output. */
class StandardStreamsTest {

    private static final ConnectorContext CONTEXT = new ConnectorContext("standard-test", Map.of());

    private final InputStream in = System.in;
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    @AfterEach
    void giveBackTheStreams() {
        System.setIn(in);
        System.setOut(out);
        System.setErr(err);
    }

    private static void run(String input, String sink, Object... sourceOptions) throws Exception {
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        StreamExecutionEnvironment environment = Jobs.local(2, Jobs.restarting(3));
        SourceConnector source = Checked.build(Sources.CATALOGUE, "stdin", sourceOptions);
        DecodeSpec spec = new DecodeSpec(List.of("y"), new DecodeSpec.KeySource.Constant("all"), new DecodeSpec.TimeSource.None());
        Intake<Observation> intake = new Intake<>(
                source, spec, Watermarks.strategy(source.bounded(), Duration.ZERO, Optional.empty()), 1000,
                TypeInformation.of(Observation.class));
        Checked.build(Sinks.CATALOGUE, sink)
                .write(Jobs.asJson(intake.open(environment, CONTEXT, "in"), List.of("y")), "out", CONTEXT);
        environment.execute();
    }

    @Test
    void standardInput_isReadToItsEndAndStandardOutputIsOnlyData() throws Exception {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setOut(new PrintStream(written, true));
        run("{\"y\":1}\n{\"y\":2}", "stdout");
        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("""
                {"schema":"driftwood/set-aside/v1","fate":"late","reason":"to be seen","key":"all","event_time":null,\
                "values":{"y":1.0},"origin":"stdin","offset":1}
                {"schema":"driftwood/set-aside/v1","fate":"late","reason":"to be seen","key":"all","event_time":null,\
                "values":{"y":2.0},"origin":"stdin","offset":2}
                """);
    }

    @Test
    void standardInput_mayBeCsvAndStandardErrorIsASinkToo() throws Exception {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setErr(new PrintStream(written, true));
        run("x;y\n1;2\n", "stderr", "format", "csv", "separator", ";");
        assertThat(written.toString(StandardCharsets.UTF_8)).contains("\"values\":{\"y\":2.0},\"origin\":\"stdin\",\"offset\":2}\n");
    }

    /** As under {@code | head -n 2}: the third write fails, and the job ends without a restart and with a cause that can be told. */
    @Test
    void closedOutput_endsTheJobOnce() {
        ClosedAfter head = new ClosedAfter(2);
        System.setOut(new PrintStream(head));
        assertThatThrownBy(() -> run("{\"y\":1}\n".repeat(5000), "stdout"))
                .satisfies(thrown -> assertThat(ExceptionUtils.findThrowable(thrown, OutputClosedException.class)).isPresent());
        assertThat(head.lines).isEqualTo(2);
        assertThat(head.refused).isEqualTo(1);
    }

    private static final class ClosedAfter extends OutputStream {

        private final int allowed;
        private volatile int lines;
        private volatile int refused;

        ClosedAfter(int allowed) {
            this.allowed = allowed;
        }

        @Override
        public void write(int b) throws IOException {
            throw new IOException("one byte at a time");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (lines == allowed) {
                refused++;
                throw new IOException("Broken pipe");
            }
            lines++;
        }
    }
}
