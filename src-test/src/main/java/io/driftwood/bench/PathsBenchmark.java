package io.driftwood.bench;

import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;
import io.driftwood.inference.variational.AnnealedPaths;
import io.driftwood.inference.variational.Method;
import io.driftwood.inference.variational.PathParameters;
import io.driftwood.inference.variational.PathPlan;
import io.driftwood.inference.variational.PathTuner;
import io.driftwood.inference.variational.Trained;
import io.driftwood.inference.variational.TuningRun;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Uncorrected Hamiltonian annealing on ionosphere (35 coefficients, 351 rows) over eight bridges, in milliseconds: one iteration of tuning with five paths,
 * 1024 paths sampled, and both by {@link PlainPath}, one path after the other.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class PathsBenchmark {

    private static final int BRIDGES = 8;
    private static final double STEP = 0.1;
    private static final double KEPT = 0.5;

    /** One iteration of tuning with five paths, or a run of 1024. */
    @Param({"tuning-5", "sampling-1024"})
    public String work;

    private AnnealedPaths sampling;
    private PathParameters parameters;
    private TuningRun tuning;
    private PlainPath plain;
    private long step;

    @Setup
    public void setUp() throws IOException {
        PublishedBounds ionosphere = PublishedBounds.all(Map.of()).get(0);
        Target target = ionosphere.target();
        PathPlan plan = PathPlan.of(Method.UHA, target.dimension(), BRIDGES);
        parameters = plan.first(STEP, KEPT);
        sampling = AnnealedPaths.forSampling(target, plan, 1024);
        int endless = Integer.MAX_VALUE;
        tuning = new PathTuner(plan, new PathTuner.Options(5, endless, 1e-6, 8, endless, 1, EnumSet.allOf(Trained.class))).begin(target, parameters, Randomness.of(1, "tuning"));
        plain = ofStream(Streams.ionosphere());
    }

    private static PlainPath ofStream(Streams data) {
        double[][] rows = new double[data.observations().size()][];
        double[] response = new double[rows.length];
        for (int r = 0; r < rows.length; r++) {
            double[] values = data.observations().get(r).values();
            rows[r] = values.clone();
            response[r] = values[0];
            rows[r][0] = 1;
        }
        return new PlainPath(rows, response, BRIDGES);
    }

    @Benchmark
    public double paths() {
        if (work.equals("tuning-5")) {
            tuning.advance(1);
            return tuning.bestMean();
        }
        sampling.run(parameters, Randomness.of(1, "sampling"), step++);
        return sampling.meanLogWeight();
    }

    @Benchmark
    public double onePathAtATime() {
        double sum = 0;
        boolean gradients = work.equals("tuning-5");
        for (int i = 0; i < (gradients ? 5 : 1024); i++) {
            sum += gradients ? plain.gradient(STEP, KEPT) : plain.run(STEP, KEPT);
        }
        return sum;
    }
}
