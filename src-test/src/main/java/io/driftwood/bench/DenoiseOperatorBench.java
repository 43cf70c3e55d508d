package io.driftwood.bench;

import com.sun.management.OperatingSystemMXBean;
import io.driftwood.flink.PosteriorFunction;
import io.driftwood.flink.PosteriorOptions;
import io.driftwood.flink.PosteriorSupplier;
import io.driftwood.flink.type.RecordTypes;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.SamplerOptions;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.catalogue.Checker;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.denoise.stream.Denoisings;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.SummaryOptions;
import io.driftwood.wire.SummaryEncoder;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Denoising measurements of 16 coordinates under a mixture of 8 normals, 1024 keys: in a loop, and through the operator on the embedded minicluster (one
 * slot, heap backend, order of arrival, no JSON, no Kafka, summaries discarded). The cluster's start is taken off by running two lengths. Beside the time on
 * the clock stands that of all processors, because source and operator run on two threads.
 */
final class DenoiseOperatorBench implements Bench {

    private static final int DIMENSION = 16;
    private static final int COMPONENTS = 8;
    private static final int KEYS = 1024;
    private static final int SHORT = 500_000;
    private static final int LONG = 2_500_000;
    private static final int LOOP = 1_000_000;
    /** Of loops that take long. */
    private static final int SHORT_LOOP = 100_000;

    @Override
    public String name() { return "denoise-operator"; }

    @Override
    public String help() { return "Denoising in the operator on the minicluster against the bare step in a loop, 16 dimensions, 8 components: nanoseconds a measurement."; }

    @Override
    public List<Figure> run(PrintWriter talk) throws Exception {
        talk.println("denoise-operator: " + LONG + " measurements in loops and on the minicluster ...");
        talk.flush();
        List<Figure> figures = new ArrayList<>();
        // the compiler comes to everything first: loops before it are slower than the cluster
        cluster(new Recipe(0, 1), SHORT);
        loop(new Recipe(0, 1), true, false, LOOP);
        double step = best(() -> loop(new Recipe(0, 1), false, false, LOOP));
        figures.add(Figure.alone("step in a loop", step, "ns"));
        double bare = best(() -> loop(new Recipe(0, 1), true, false, LOOP));
        figures.add(Figure.alone("step and summary in a loop", bare, "ns"));
        figures.add(Figure.alone("step and summary with 3 exact quantiles in a loop", best(() -> loop(new Recipe(3, 1), true, false, SHORT_LOOP)), "ns"));
        figures.add(Figure.alone("step and summary and its JSON in a loop", best(() -> loop(new Recipe(0, 1), true, true, SHORT_LOOP)), "ns"));
        addCluster(figures, "operator on the minicluster", new Recipe(0, 1), bare);
        addCluster(figures, "operator, a summary after every 100th", new Recipe(0, 100), step);
        return figures;
    }

    private static void addCluster(List<Figure> figures, String name, Recipe recipe, double bare) throws Exception {
        double[] few = cluster(recipe, SHORT);
        double[] many = cluster(recipe, LONG);
        double clock = (many[0] - few[0]) * 1e9 / (LONG - SHORT);
        figures.add(new Figure(name, clock, "ns", "the loop", bare / clock));
        figures.add(Figure.alone(name + ": measurements a second", 1e9 / clock, "/s"));
        figures.add(Figure.alone(name + ": of all processors", (many[1] - few[1]) * 1e9 / (LONG - SHORT), "ns"));
    }

    /** The least of three, for loops that the compiler has come to. */
    private static double best(java.util.function.DoubleSupplier run) { return Math.min(run.getAsDouble(), Math.min(run.getAsDouble(), run.getAsDouble())); }

    private static double loop(Recipe recipe, boolean summaries, boolean json, int count) {
        SequentialPosterior posterior = recipe.get();
        PosteriorState[] states = IntStream.range(0, KEYS).mapToObj(k -> posterior.start("key-" + k)).toArray(PosteriorState[]::new);
        SummaryEncoder encoder = new SummaryEncoder();
        Events make = new Events();
        Scratch scratch = new Scratch();
        long bytes = 0;
        PosteriorSummary last = null;
        long begin = System.nanoTime();
        for (long i = 0; i < count; i++) {
            Observation y = make.map(i);
            PosteriorState state = states[(int) (i % KEYS)];
            StepInfo info = posterior.step(state, y, scratch);
            if (summaries) {
                last = posterior.summarise(state, y, info, scratch);
                bytes += json ? encoder.encode(last).value().length : 0;
            }
        }
        double nanos = (double) (System.nanoTime() - begin) / count;
        if (Double.isNaN(states[0].logEvidence) || summaries && last.parameters().length != DIMENSION || json && bytes == 0) {
            throw new IllegalStateException("nothing came out of the loop");
        }
        return nanos;
    }

    /** Seconds on the clock, and of all processors. */
    private static double[] cluster(Recipe recipe, int events) throws Exception {
        Configuration configuration = new Configuration();
        configuration.setString("pipeline.object-reuse", "true");
        configuration.setString("pipeline.generic-types", "false");
        configuration.setString("rest.port", "0");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        PosteriorOptions options = PosteriorOptions.defaults().withOrder(PosteriorOptions.Order.ARRIVAL).withEmitEvery(recipe.emitEvery());
        env.fromSequence(0, events - 1).map(new Events()).returns(RecordTypes.OBSERVATION)
                .keyBy(new ByKey()).process(new PosteriorFunction<>(recipe, options))
                .sinkTo(new DiscardingSink<>());
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long begin = System.nanoTime();
        long cpu = machine.getProcessCpuTime();
        env.execute("denoising benchmark");
        return new double[] {(System.nanoTime() - begin) * 1e-9, (machine.getProcessCpuTime() - cpu) * 1e-9};
    }

    /** Measurement i, of key i mod 1024: one of 4096 that were drawn beforehand. */
    private static final class Events implements MapFunction<Long, Observation> {

        private static final long serialVersionUID = 1;
        private static final int DRAWN = 4096;
        private transient double[][] y;
        private transient String[] keys;

        @Override
        public Observation map(Long i) {
            if (y == null) {
                y = new double[DRAWN][DIMENSION];
                keys = IntStream.range(0, KEYS).mapToObj(k -> "key-" + k).toArray(String[]::new);
                for (int r = 0; r < DRAWN; r++) {
                    Randomness.of(1, "events").normals(r, Purpose.USER, 0, y[r], 0, DIMENSION);
                }
            }
            return new Observation(keys[(int) (i % KEYS)], Observation.NO_TIME, y[(int) (i % DRAWN)], "bench", i);
        }
    }

    private static final class ByKey implements KeySelector<Observation, String> {

        private static final long serialVersionUID = 1;

        @Override
        public String getKey(Observation y) { return y.key(); }
    }

    /** @param levels how many quantiles */
    private record Recipe(int levels, int emitEvery) implements PosteriorSupplier {

        @Override
        public SequentialPosterior get() {
            List<List<Double>> means = new ArrayList<>();
            double[] row = new double[DIMENSION];
            for (int k = 0; k < COMPONENTS; k++) {
                Randomness.of(1, "prior").normals(k, Purpose.USER, 0, row, 0, DIMENSION);
                means.add(IntStream.range(0, DIMENSION).mapToObj(j -> row[j]).toList());
            }
            Settings denoise = Checker.check(new Shape.Struct(Denoisings.OPTIONS), Map.of(
                    "measurements", IntStream.range(0, DIMENSION).mapToObj(j -> "y" + j).toList(), "noise", 2.0,
                    "prior", Map.of("type", "gaussian-mixture", "means", means, "sd", 1.0))).orThrow();
            Settings sampler = Checker.check(new Shape.Struct(SamplerOptions.OPTIONS), Map.of()).orThrow();
            double[] all = levels == 3 ? new double[] {0.05, 0.5, 0.95} : new double[0];
            return Denoisings.build(denoise, sampler, Optional.empty(), new SummaryOptions("bench", all, List.of(), 0, 0));
        }
    }
}
