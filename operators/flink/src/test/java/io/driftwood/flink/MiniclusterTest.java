package io.driftwood.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.flink.type.RecordTypes;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.summary.PosteriorSummary;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The operator in a running cluster: strict types, both backends, any parallelism, failures. */
class MiniclusterTest {

    private static final int OBSERVATIONS = 400;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(
            new MiniClusterResourceConfiguration.Builder().setNumberTaskManagers(1).setNumberSlotsPerTaskManager(4).build());

    private static final AtomicInteger FAILURES_LEFT = new AtomicInteger();

    /** Observation n of the stream: 11 keys, event times out of order by up to 70 ms, a missing and an infinite value now and then. */
    private static final class Generator implements GeneratorFunction<Long, Observation> {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public Observation map(Long n) {
            double y = n % 37 == 5 ? Double.NaN : n % 41 == 7 ? Double.NEGATIVE_INFINITY : Math.sin(n);
            return new Observation("key-" + n % 11, 10 * n + 10 * (n * 7 % 8), new double[] {y}, "generated", n);
        }
    }

    /** Throws after every completed checkpoint until no failures are left. */
    private static final class Saboteur implements MapFunction<Observation, Observation>, CheckpointListener {
        @Serial
        private static final long serialVersionUID = 1;

        private boolean armed;

        @Override
        public Observation map(Observation y) {
            if (armed && FAILURES_LEFT.getAndDecrement() > 0) {
                throw new IllegalStateException("injected failure");
            }
            return y;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) { armed = true; }
    }

    private record Outcome(Map<String, List<String>> summaries, Map<String, Object> accumulators) {
        long count(String name) { return (Long) accumulators.get(name); }
    }

    private static Outcome run(Backend backend, int parallelism, int failures) throws Exception {
        FAILURES_LEFT.set(failures);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration(backend));
        environment.setParallelism(parallelism);
        var observations = environment
                .fromSource(new DataGeneratorSource<>(new Generator(), OBSERVATIONS, RateLimiterStrategy.perCheckpoint(60), RecordTypes.OBSERVATION),
                        WatermarkStrategy.<Observation>forBoundedOutOfOrderness(Duration.ofMillis(200)).withTimestampAssigner((y, time) -> y.eventTime()),
                        "source", RecordTypes.OBSERVATION)
                .setParallelism(1).uid("source")
                .map(new Saboteur()).returns(RecordTypes.OBSERVATION).setParallelism(1).uid("saboteur");
        var summaries = observations.keyBy(Observation::key, Types.STRING)
                .process(new PosteriorFunction<>(DriftingPosterior::new, PosteriorOptions.defaults())).uid("posterior");
        Map<String, List<String>> byKey = new TreeMap<>();
        try (CloseableIterator<PosteriorSummary> results = summaries.collectAsync()) {
            JobClient job = environment.executeAsync();
            results.forEachRemaining(s -> byKey.computeIfAbsent(s.key(), key -> new ArrayList<>()).add(OperatorRun.encoded(s)));
            JobExecutionResult result = job.getJobExecutionResult().get();
            return new Outcome(byKey, result.getAllAccumulatorResults());
        }
    }

    private static Configuration configuration(Backend backend) {
        Configuration configuration = new Configuration();
        configuration.setString("pipeline.generic-types", "false");
        configuration.setString("state.backend.type", backend == Backend.HEAP ? "hashmap" : "rocksdb");
        configuration.setString("execution.checkpointing.interval", "50 ms");
        configuration.setString("restart-strategy.type", "fixed-delay");
        configuration.setString("restart-strategy.fixed-delay.attempts", "10");
        configuration.setString("restart-strategy.fixed-delay.delay", "0 s");
        return configuration;
    }

    /** The same stream in a test harness, straight. */
    private static Map<String, List<String>> expected() throws Exception {
        try (OperatorRun run = new OperatorRun(DriftingPosterior::new, PosteriorOptions.defaults(), Backend.HEAP, 1)) {
            for (long n = 0; n < OBSERVATIONS; n++) {
                run.feed(new Generator().map(n));
            }
            run.feed(Streams.END);
            Map<String, List<String>> summaries = new TreeMap<>();
            run.outputs().forEach((name, records) -> {
                if (name.startsWith("summary of ")) {
                    summaries.put(name.substring("summary of ".length()), records);
                }
            });
            return summaries;
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void anyParallelism_givesTheSameSummariesOfAKey_andTheBooksClose(Backend backend) throws Exception {
        Map<String, List<String>> expected = expected();
        for (int parallelism : new int[] {1, 2, 4}) {
            Outcome outcome = run(backend, parallelism, 0);
            assertThat(outcome.summaries()).as("parallelism %d", parallelism).isEqualTo(expected);
            assertBooksClose(outcome);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void failures_changeNeitherSummariesNorBooks(Backend backend) throws Exception {
        Outcome outcome = run(backend, 2, 3);

        assertThat(FAILURES_LEFT.get()).as("failures left to inject").isNotPositive();
        assertThat(outcome.summaries()).isEqualTo(expected());
        assertBooksClose(outcome);
    }

    private static void assertBooksClose(Outcome outcome) {
        assertThat(outcome.count("late")).isZero();
        assertThat(outcome.count("rejected")).isEqualTo(10);
        assertThat(outcome.count("assimilated")).isEqualTo(OBSERVATIONS - 10);
    }
}
