package io.driftwood.bench;

import io.driftwood.flink.PosteriorFunction;
import io.driftwood.flink.PosteriorOptions;
import io.driftwood.flink.PosteriorSupplier;
import io.driftwood.flink.type.RecordTypes;
import io.driftwood.inference.assimilate.Histories;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.Posteriors;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.SummaryOptions;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * What Flink adds to a step: the same observations of 16 keys through the operator on the embedded minicluster (one slot, heap backend,
 * no JSON, no Kafka, summaries discarded) and through step and summary in a loop. The cluster's start is taken off by running two lengths.
 */
final class OperatorBench implements Bench {

    private static final int KEYS = 16;
    private static final int SHORT = 20_000;
    private static final int LONG = 80_000;

    @Override
    public String name() { return "operator"; }

    @Override
    public String help() { return "Cost per event on the minicluster against the bare step in a loop, 8 features, 100 particles, window of 64."; }

    @Override
    public List<Figure> run(PrintWriter talk) throws Exception {
        talk.println("operator: " + LONG + " events in a loop and on the minicluster ...");
        talk.flush();
        loop(SHORT);
        double bare = (loop(LONG) - loop(SHORT)) / (LONG - SHORT);
        cluster(SHORT);
        double flink = (cluster(LONG) - cluster(SHORT)) / (LONG - SHORT);
        return List.of(Figure.alone("step and summary in a loop", bare * 1e6, "us/event"),
                new Figure("operator on the minicluster", flink * 1e6, "us/event", "the loop", bare / flink),
                Figure.alone("what Flink adds", (flink - bare) * 1e6, "us/event"));
    }

    private static double loop(int events) {
        SequentialPosterior posterior = new Supplier().get();
        PosteriorState[] states = new PosteriorState[KEYS];
        for (int k = 0; k < KEYS; k++) {
            states[k] = posterior.start("key-" + k);
        }
        Events make = new Events();
        Scratch scratch = new Scratch();
        PosteriorSummary last = null;
        long begin = System.nanoTime();
        for (long i = 0; i < events; i++) {
            Observation y = make.map(i);
            PosteriorState state = states[(int) (i % KEYS)];
            StepInfo info = posterior.step(state, y, scratch);
            last = posterior.summarise(state, y, info, scratch);
        }
        double seconds = (System.nanoTime() - begin) * 1e-9;
        if (last == null || Double.isNaN(last.logEvidence())) {
            throw new IllegalStateException("no posterior came out of the loop");
        }
        return seconds;
    }

    private static double cluster(int events) throws Exception {
        Configuration configuration = new Configuration();
        configuration.setString("pipeline.object-reuse", "true");
        configuration.setString("pipeline.generic-types", "false");
        configuration.setString("rest.port", "0");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        env.fromSequence(0, events - 1).map(new Events()).returns(RecordTypes.OBSERVATION)
                .keyBy(new ByKey()).process(new PosteriorFunction<>(new Supplier(), PosteriorOptions.defaults().withOrder(PosteriorOptions.Order.ARRIVAL)))
                .sinkTo(new DiscardingSink<>());
        long begin = System.nanoTime();
        env.execute("operator benchmark");
        return (System.nanoTime() - begin) * 1e-9;
    }

    /** Event i: a row of the simulated stream for key i mod 16. */
    private static final class Events implements MapFunction<Long, Observation> {

        private static final long serialVersionUID = 1;
        private transient List<Observation> rows;

        @Override
        public Observation map(Long i) {
            if (rows == null) {
                rows = Streams.simulated(8, 768).observations();
            }
            return new Observation("key-" + i % KEYS, Observation.NO_TIME, rows.get((int) (i % 768)).values(), "bench", i);
        }
    }

    private static final class ByKey implements KeySelector<Observation, String> {

        private static final long serialVersionUID = 1;

        @Override
        public String getKey(Observation y) { return y.key(); }
    }

    private static final class Supplier implements PosteriorSupplier {

        private static final long serialVersionUID = 1;

        @Override
        public SequentialPosterior get() {
            return Posteriors.build(Streams.simulated(8, 1).model(), IbisBench.settings(100, true, 1),
                    Optional.of(Histories.CATALOGUE.find("sliding-window").orElseThrow().build().apply(Settings.of("length", 64L))),
                    SummaryOptions.of("bench"));
        }
    }
}
