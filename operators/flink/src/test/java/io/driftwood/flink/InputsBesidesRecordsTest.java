package io.driftwood.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.flink.type.RecordTypes;
import io.driftwood.flink.type.RefusedLearned;
import io.driftwood.inference.assimilate.Answer;
import io.driftwood.inference.assimilate.InForce;
import io.driftwood.inference.assimilate.Incoming;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.Question;
import io.driftwood.inference.assimilate.RaisedAlarm;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.PosteriorSummary;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.SerializableTimestampAssigner;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Records, questions and learned versions from three sources at their own paces, each out of order, in a running cluster: what leaves is what a plain
 * loop gives, at any parallelism and over failures.
 */
class InputsBesidesRecordsTest {

    private static final int OBSERVATIONS = 400;
    private static final int QUESTIONS = 90;
    private static final int VERSIONS = 24;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(
            new MiniClusterResourceConfiguration.Builder().setNumberTaskManagers(1).setNumberSlotsPerTaskManager(4).build());

    private static final AtomicInteger FAILURES_LEFT = new AtomicInteger();

    /** 11 keys, event times out of order by up to 70 ms, a missing and an infinite value now and then. */
    private static Observation observation(long n) {
        double y = n % 37 == 5 ? Double.NaN : n % 41 == 7 ? Double.NEGATIVE_INFINITY : Math.sin(n);
        return new Observation("key-" + n % 11, 10 * n + 10 * (n * 7 % 8), new double[] {y}, "generated", n);
    }

    /** Out of order by up to 300 ms, many at the event time of a record of their key; the last asks of a key that nobody has seen; some are negative. */
    private static Question question(long n) {
        Observation beside = observation(4 * (n + 3 * (n * 5 % 3)));
        String key = n % 30 == 29 ? "nobody" : beside.key();
        return new Question(key, beside.eventTime(), "q" + n, new double[] {n % 13 == 12 ? -1 : n}, "asked", n);
    }

    /** About one every 180 ms of event time, out of order by up to 540 ms; two of the same time now and then; every seventh is of another type. */
    private static Learned version(long n) {
        long time = 180 * (n + 3 * (n % 2 == 0 ? 1 : 0)) / 360 * 360 + 3;
        return n % 7 == 6 ? Learned.of("shift", "mixture", n, time, Map.of(), Map.of()) : TaughtPosterior.shift(n, time);
    }

    private static final class Generator<T> implements GeneratorFunction<Long, T> {
        @Serial
        private static final long serialVersionUID = 1;

        private final int kind;

        Generator(int kind) { this.kind = kind; }

        @Override
        @SuppressWarnings("unchecked")
        public T map(Long n) { return (T) (kind == 0 ? observation(n) : kind == 1 ? question(n) : version(n)); }
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

    /** What left, by output and key, in order and encoded. */
    private record Outcome(Map<String, List<String>> left, Map<String, Object> accumulators) {
        long count(String name) { return (Long) accumulators.get(name); }
    }

    private static <T> void put(Map<String, List<String>> left, String output, String key, T record, TypeInformation<T> type) {
        DataOutputSerializer out = new DataOutputSerializer(256);
        try {
            type.createSerializer(new SerializerConfigImpl()).serialize(record, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        left.computeIfAbsent(output + " of " + key, name -> new ArrayList<>()).add(HexFormat.of().formatHex(out.getCopyOfBuffer()));
    }

    private static <T> DataStream<T> source(
            StreamExecutionEnvironment environment, int kind, int count, int each, TypeInformation<T> type, int disorder,
            String uid) {
        WatermarkStrategy<T> watermarks = WatermarkStrategy.<T>forBoundedOutOfOrderness(Duration.ofMillis(disorder))
                .withTimestampAssigner((SerializableTimestampAssigner<T>) (record, before) -> kind == 2 ? ((Learned) record).eventTime() : ((Incoming) record).eventTime());
        return environment.fromSource(new DataGeneratorSource<>(new Generator<T>(kind), count, RateLimiterStrategy.perCheckpoint(each), type),
                watermarks, uid, type).setParallelism(1).uid(uid);
    }

    private static Outcome run(Backend backend, int parallelism, int failures, int versionsPerCheckpoint) throws Exception {
        FAILURES_LEFT.set(failures);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration(backend));
        environment.setParallelism(parallelism);
        DataStream<Incoming> observations = InputsBesidesRecordsTest.<Observation>source(environment, 0, OBSERVATIONS, 60, RecordTypes.OBSERVATION, 200, "records")
                .map(new Saboteur()).returns(RecordTypes.OBSERVATION).setParallelism(1).uid("saboteur")
                .map(y -> (Incoming) y, RecordTypes.INCOMING).setParallelism(1).uid("records-in");
        DataStream<Incoming> questions = InputsBesidesRecordsTest.<Question>source(environment, 1, QUESTIONS, 15, RecordTypes.QUESTION, 400, "questions")
                .map(q -> (Incoming) q, RecordTypes.INCOMING).setParallelism(1).uid("questions-in");
        SingleOutputStreamOperator<Learned> versions = InputsBesidesRecordsTest.<Learned>source(
                        environment, 2, VERSIONS, versionsPerCheckpoint, RecordTypes.LEARNED, 1000, "versions")
                .process(new LearnedGate(TaughtPosterior::new, PosteriorOptions.Order.EVENT_TIME)).setParallelism(1).uid("gate");
        var summaries = observations.union(questions).keyBy(Incoming::key, Types.STRING)
                .connect(versions.broadcast(InformedPosteriorFunction.VERSIONS))
                .process(new InformedPosteriorFunction<>(TaughtPosterior::new, PosteriorOptions.defaults().withQuestions()), RecordTypes.SUMMARY)
                .uid("posterior");
        Map<String, List<String>> left = new TreeMap<>();
        try (CloseableIterator<PosteriorSummary> told = summaries.collectAsync();
                CloseableIterator<Answer> answers = summaries.getSideOutput(PosteriorFunction.ANSWERS).collectAsync();
                CloseableIterator<RaisedAlarm> alarms = summaries.getSideOutput(PosteriorFunction.ALARMS).collectAsync();
                CloseableIterator<RefusedLearned> refused = versions.getSideOutput(LearnedGate.REFUSED).collectAsync()) {
            JobClient job = environment.executeAsync();
            told.forEachRemaining(s -> put(left, "summaries", s.key(), s, RecordTypes.SUMMARY));
            answers.forEachRemaining(a -> put(left, "answers", a.question().key(), a, RecordTypes.ANSWER));
            alarms.forEachRemaining(a -> put(left, "alarms", a.key(), a, RecordTypes.ALARM));
            refused.forEachRemaining(r -> put(left, "refused", r.learned().name(), r, RecordTypes.REFUSED_LEARNED));
            JobExecutionResult result = job.getJobExecutionResult().get();
            return new Outcome(left, result.getAllAccumulatorResults());
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

    /** A loop over everything in its order, without Flink. */
    private static Map<String, List<String>> expected() {
        Map<String, List<String>> left = new TreeMap<>();
        TaughtPosterior own = new TaughtPosterior();
        InForce inForce = new InForce(own);
        for (long n = 0; n < VERSIONS; n++) {
            try {
                own.with(version(n));
                inForce.add(version(n));
            } catch (Learned.UnfitException e) {
                put(left, "refused", "shift", new RefusedLearned(e.getMessage(), version(n)), RecordTypes.REFUSED_LEARNED);
            }
        }
        Stream<Incoming> all = Stream.concat(LongStream.range(0, OBSERVATIONS).mapToObj(InputsBesidesRecordsTest::observation),
                LongStream.range(0, QUESTIONS).mapToObj(InputsBesidesRecordsTest::question));
        Map<String, PosteriorState> states = new HashMap<>();
        Scratch scratch = new Scratch();
        all.sorted(Comparator.comparingLong(Incoming::eventTime).thenComparing(one -> one instanceof Question).thenComparingLong(Incoming::offset))
                .forEach(one -> {
                    SequentialPosterior posterior = inForce.at(one.eventTime());
                    if (one instanceof Observation y) {
                        PosteriorState state = states.computeIfAbsent(y.key(), posterior::start);
                        StepInfo info = posterior.step(state, y, scratch);
                        info.alarms.forEach(alarm -> put(left, "alarms", y.key(), new RaisedAlarm(y.key(), state.assimilated, y.eventTime(), alarm),
                                RecordTypes.ALARM));
                        if (info.rejection == null) {
                            put(left, "summaries", y.key(), posterior.summarise(state, y, info, scratch), RecordTypes.SUMMARY);
                        }
                    } else {
                        PosteriorState state = states.getOrDefault(one.key(), posterior.start(one.key()));
                        put(left, "answers", one.key(), posterior.answer(state, (Question) one, scratch), RecordTypes.ANSWER);
                    }
                });
        return left;
    }

    @ParameterizedTest
    @CsvSource({"HEAP, 1, 0, 3", "HEAP, 4, 0, 3", "HEAP, 2, 0, 24", "HEAP, 4, 0, 2", "ROCKSDB, 4, 0, 3", "HEAP, 1, 3, 3", "HEAP, 4, 3, 3", "ROCKSDB, 2, 3, 5"})
    void whatLeaves_isThatOfThePlainLoop(Backend backend, int parallelism, int failures, int versionsPerCheckpoint) throws Exception {
        Outcome outcome = run(backend, parallelism, failures, versionsPerCheckpoint);

        assertThat(FAILURES_LEFT.get()).as("failures left to inject").isNotPositive();
        assertThat(outcome.left()).isEqualTo(expected());
        assertThat(outcome.count("late")).isZero();
        assertThat(outcome.count("assimilated") + outcome.count("rejected")).isEqualTo(OBSERVATIONS);
        assertThat(outcome.count("questions-answered")).isEqualTo(QUESTIONS - 6);
        assertThat(outcome.count("questions-refused")).isEqualTo(6);
        assertThat(outcome.count("learned-accepted")).isEqualTo(VERSIONS - 3);
        assertThat(outcome.count("learned-refused")).isEqualTo(3);
    }

    /** Or the test above would compare nothing with nothing. */
    @Test
    void theStream_hasAllKindsOfEverything() {
        Map<String, List<String>> left = expected();
        assertThat(left.keySet()).contains("summaries of key-3", "answers of key-3", "answers of nobody", "refused of shift");
        assertThat(left.keySet()).filteredOn(name -> name.startsWith("alarms")).hasSizeGreaterThan(5);
        Set<Long> times = new HashSet<>();
        assertThat(LongStream.range(0, VERSIONS).filter(n -> !times.add(version(n).eventTime())).count()).as("versions of one time").isPositive();
    }
}
