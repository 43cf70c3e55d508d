package io.driftwood.bench;

import io.driftwood.flink.PosteriorFunction;
import io.driftwood.flink.PosteriorOptions;
import io.driftwood.flink.PosteriorSupplier;
import io.driftwood.flink.type.RecordTypes;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.filter.Filters;
import io.driftwood.inference.filter.dynamics.StochasticVolatility;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.SummaryOptions;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * A bootstrap filter of stochastic volatility through the operator on the embedded minicluster: one slot, heap backend, order of arrival, a source that
 * makes observations, no JSON, summaries discarded; beside it the same steps in a loop. The cluster's start is taken off by running two lengths. The
 * source has a thread of its own, so that the figures are those of the operator's core.
 */
final class FilterOperatorBench implements Bench {

    private static final int NEVER = 1 << 30;

    @Override
    public String name() { return "filter-operator"; }

    @Override
    public String help() { return "Bootstrap filters through the operator on the minicluster, heap backend, no JSON, against the same steps in a loop."; }

    @Override
    public List<Figure> run(PrintWriter talk) throws Exception {
        List<Figure> figures = new ArrayList<>();
        measure(figures, talk, "1 key x 1000, bare", new Load(1, 1000, false, NEVER, 400_000));
        measure(figures, talk, "1 key x 1000, scores", new Load(1, 1000, true, NEVER, 200_000));
        measure(figures, talk, "1 key x 1000, bare, every summary", new Load(1, 1000, false, 1, 40_000));
        measure(figures, talk, "10000 keys x 100, bare", new Load(10_000, 100, false, NEVER, 3_000_000));
        measure(figures, talk, "10000 keys x 100, scores", new Load(10_000, 100, true, NEVER, 500_000));
        measure(figures, talk, "10000 keys x 100, bare, every summary", new Load(10_000, 100, false, 1, 200_000));
        return figures;
    }

    private static void measure(List<Figure> figures, PrintWriter talk, String name, Load load) throws Exception {
        talk.println("filter-operator: " + name + " ...");
        talk.flush();
        load.loop(load.events / 4);
        double bare = load.perEvent(load::loop);
        load.cluster(load.events / 4);
        double flink = load.perEvent(load::cluster);
        figures.add(Figure.alone(name + ", loop", bare * 1e6, "us/event"));
        figures.add(new Figure(name + ", operator", flink * 1e6, "us/event", "the loop", bare / flink));
        figures.add(Figure.alone(name + ", operator", 1 / flink, "events/s"));
        figures.add(Figure.alone(name + ", operator", 1e-6 * load.particles / flink, "M particle-steps/s"));
    }

    private interface Run {

        /** @return seconds */
        double of(int events) throws Exception;
    }

    private record Load(int keys, int particles, boolean scores, int emitEvery, int events) {

        double perEvent(Run run) throws Exception {
            int few = events / 5;
            return (run.of(events) - run.of(few)) / (events - few);
        }

        double loop(int count) {
            SequentialPosterior posterior = new Supplier(particles, scores).get();
            PosteriorState[] states = new PosteriorState[keys];
            for (int k = 0; k < keys; k++) {
                states[k] = posterior.start("key-" + k);
            }
            Events make = new Events(keys);
            Scratch scratch = new Scratch();
            double evidence = 0;
            long begin = System.nanoTime();
            for (long i = 0; i < count; i++) {
                Observation y = make.map(i);
                PosteriorState state = states[(int) (i % keys)];
                StepInfo info = posterior.step(state, y, scratch);
                evidence = emitEvery == 1 ? posterior.summarise(state, y, info, scratch).logEvidence() : state.logEvidence;
            }
            double seconds = (System.nanoTime() - begin) * 1e-9;
            if (!(Math.abs(evidence) < 1e9)) {
                throw new IllegalStateException("no posterior came out of the loop");
            }
            return seconds;
        }

        double cluster(int count) throws Exception {
            Configuration configuration = new Configuration();
            configuration.setString("pipeline.object-reuse", "true");
            configuration.setString("pipeline.generic-types", "false");
            configuration.setString("rest.port", "0");
            StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
            env.fromSequence(0, count - 1).map(new Events(keys)).returns(RecordTypes.OBSERVATION)
                    .keyBy(new ByKey()).process(new PosteriorFunction<Observation>(new Supplier(particles, scores),
                            PosteriorOptions.defaults().withOrder(PosteriorOptions.Order.ARRIVAL).withEmitEvery(emitEvery)))
                    .sinkTo(new DiscardingSink<>());
            long begin = System.nanoTime();
            env.execute("filter operator benchmark");
            return (System.nanoTime() - begin) * 1e-9;
        }
    }

    /** Event i: the next return of key i mod keys. */
    private static final class Events implements MapFunction<Long, Observation> {

        private static final long serialVersionUID = 1;
        private static final int LENGTH = 1024;
        private final int keys;
        private transient String[] names;
        private transient double[][] returns;

        Events(int keys) { this.keys = keys; }

        @Override
        public Observation map(Long i) {
            if (names == null) {
                prepare();
            }
            return new Observation(names[(int) (i % keys)], Observation.NO_TIME, returns[(int) (i / keys % LENGTH)], "bench", i);
        }

        private void prepare() {
            names = new String[keys];
            for (int k = 0; k < keys; k++) {
                names[k] = "key-" + k;
            }
            returns = new double[LENGTH][];
            SplittableRandom random = new SplittableRandom(1);
            double h = -0.5;
            for (int t = 0; t < LENGTH; t++) {
                h = -0.5 + 0.98 * (h + 0.5) + 0.16 * random.nextGaussian();
                returns[t] = new double[] {Math.exp(h / 2) * random.nextGaussian()};
            }
        }
    }

    private static final class ByKey implements KeySelector<Observation, String> {

        private static final long serialVersionUID = 1;

        @Override
        public String getKey(Observation y) { return y.key(); }
    }

    private record Supplier(int particles, boolean scores) implements PosteriorSupplier {

        @Override
        public SequentialPosterior get() {
            Settings sampler = Settings.of("particles", (long) particles, "seed", 1L, "resampler", Settings.of("type", "systematic"),
                    "ess-threshold", 0.5, "conditional-ess", 0.8);
            return Filters.build(new StochasticVolatility("y", -0.5, 0.98, 0.16), sampler,
                    Settings.of("type", "bootstrap", "scores", scores), SummaryOptions.of("bench"));
        }
    }
}
