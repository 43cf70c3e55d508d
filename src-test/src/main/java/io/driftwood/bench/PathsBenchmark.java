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
 * Annealed paths over eight bridges, in milliseconds. Uncorrected Hamiltonian annealing on ionosphere (35 coefficients, 351 rows): one iteration of tuning with
 * five paths, and 1024 paths sampled. Langevin diffusion with its score network on sonar (61 coefficients, 208 rows, 49,500 weights): one iteration of tuning with
 * eight paths. And all by {@link PlainPath}, one path after the other.
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

    /** One iteration of tuning with five paths, or with eight and a network, or a run of 1024. */
    @Param({"tuning-5", "network-8", "sampling-1024"})
    public String work;

    private AnnealedPaths sampling;
    private PathParameters parameters;
    private TuningRun tuning;
    private PlainPath plain;
    private PlainNetwork network;
    private long step;

    @Setup
    public void setUp() throws IOException {
        boolean networks = work.equals("network-8");
        Target target = PublishedBounds.all(Map.of()).get(networks ? 1 : 0).target();
        PathPlan plan = PathPlan.published(networks ? Method.LDVI : Method.UHA, target.dimension(), BRIDGES);
        parameters = plan.first(STEP, networks ? (1 - KEPT) / STEP : KEPT);
        sampling = AnnealedPaths.forSampling(target, plan, 1024);
        int endless = Integer.MAX_VALUE;
        PathTuner.Options options = new PathTuner.Options(networks ? 8 : 5, endless, 1e-6, 8, endless, 1, EnumSet.allOf(Trained.class));
        tuning = new PathTuner(plan, options).begin(target, parameters, Randomness.of(1, "tuning"));
        network = networks ? new PlainNetwork(target.dimension(), BRIDGES) : null;
        plain = of(networks ? Streams.sonar() : Streams.ionosphere(), network);
    }

    private static PlainPath of(Streams data, PlainNetwork network) {
        double[][] rows = new double[data.observations().size()][];
        double[] response = new double[rows.length];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = data.observations().get(r).values().clone();
            response[r] = rows[r][0];
            rows[r][0] = 1;
        }
        return new PlainPath(rows, response, BRIDGES, network);
    }

    @Benchmark
    public double paths() {
        if (work.equals("sampling-1024")) {
            sampling.run(parameters, Randomness.of(1, "sampling"), step++);
            return sampling.meanLogWeight();
        }
        tuning.advance(1);
        return tuning.bestMean();
    }

    @Benchmark
    public double onePathAtATime() {
        double sum = 0;
        boolean sampled = work.equals("sampling-1024");
        int count = sampled ? 1024 : network == null ? 5 : 8;
        for (int i = 0; i < count; i++) {
            sum += sampled ? plain.run(STEP, KEPT) : plain.gradient(STEP, KEPT);
        }
        if (network != null) {
            network.climb(1e-9);
        }
        return sum;
    }
}
