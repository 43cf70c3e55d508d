package io.driftwood.bench;

import io.driftwood.inference.assimilate.Histories;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.Posteriors;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.SummaryOptions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One observation into one key's posterior, rejuvenations included: logistic regression with 8 features, 1000 particles, a sliding
 * window of 64 rows so that the state stays of one size. {@code step} allocates nothing; {@code stepAndSummarise} allocates the summary it hands on.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class StepBenchmark {

    private final Streams stream = Streams.simulated(8, 768);
    private SequentialPosterior posterior;
    private PosteriorState state;
    private Scratch scratch;
    private int next;

    @Setup
    public void setUp() {
        posterior = Posteriors.build(stream.model(), IbisBench.settings(1000, true, 1),
                Optional.of(Histories.CATALOGUE.find("sliding-window").orElseThrow().build().apply(Settings.of("length", 64L))),
                SummaryOptions.of("bench"));
        state = posterior.start("all");
        scratch = new Scratch();
    }

    @Benchmark
    public StepInfo step() { return posterior.step(state, stream.observations().get(next++ % 768), scratch); }

    @Benchmark
    public PosteriorSummary stepAndSummarise() {
        int now = next++ % 768;
        StepInfo info = posterior.step(state, stream.observations().get(now), scratch);
        return posterior.summarise(state, stream.observations().get(now), info, scratch);
    }
}
