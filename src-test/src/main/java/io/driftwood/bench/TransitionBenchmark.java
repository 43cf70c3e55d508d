package io.driftwood.bench;

import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Models;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.LaplaceApproximation;
import io.driftwood.inference.target.PosteriorTarget;
import io.driftwood.inference.target.Target;
import io.driftwood.inference.transition.Cloud;
import io.driftwood.inference.transition.MoveInfo;
import io.driftwood.inference.transition.Transition;
import io.driftwood.inference.transition.Transitions;
import io.driftwood.inference.transition.Tuning;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Transitions on the posterior of a logistic regression with 35 coefficients and 351 rows, 1024 particles: nanoseconds per particle of a move, and of what a move costs
 * beyond its scores, measured by a target that costs nothing. {@code score} is the cost of one score.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(TransitionBenchmark.PARTICLES)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class TransitionBenchmark {

    static final int PARTICLES = 1024;

    @Param({"hmc", "mala", "ula", "obab", "aboba", "baoab", "euler-vu", "sgld", "proximal", "stein"})
    public String transition;

    private final Scratch scratch = new Scratch();
    private final MoveInfo info = new MoveInfo();
    private final Randomness random = Randomness.of(1, "benchmark");
    private Transition kernel;
    private PosteriorTarget target;
    private Free free;
    private Tuning tuning;
    private Cloud cloud;
    private Cloud spare;
    private int iteration;

    @Setup
    public void setUp() {
        target = ionosphereLike(random, scratch);
        free = new Free(target.dimension());
        kernel = Transitions.CATALOGUE.find(transition).orElseThrow().build().apply(Transitions.CATALOGUE.find(transition).orElseThrow().defaults());
        tuning = Tuning.initial(kernel, target.dimension());
        LaplaceApproximation laplace = LaplaceApproximation.of(target, new double[target.dimension()], scratch).orElseThrow();
        GaussianTarget start = laplace.widened(1);
        tuning.lower = laplace.factor();
        Particles x = new Particles(PARTICLES, target.dimension());
        start.sample(x, random, 1, Purpose.START, 0, scratch);
        cloud = new Cloud().over(x);
        spare = new Cloud();
        target.evaluate(x, cloud.logDensity(), cloud.score(), scratch);
        kernel.refresh(cloud, target, tuning, random, 1, 0, scratch);
    }

    /** A logistic regression with an intercept and 34 features, and 351 rows drawn from it. */
    static PosteriorTarget ionosphereLike(Randomness random, Scratch scratch) {
        List<String> names = IntStream.rangeClosed(1, 34).mapToObj(j -> "x" + j).toList();
        Model model = Models.build(Settings.of("type", "glm", "family", "bernoulli", "response", "y", "features", names, "intercept", true,
                "prior", Map.of("default", Settings.of("type", "normal", "mean", 0.0, "sd", 0.5))));
        Particles truth = new Particles(8, model.parameters().dimension());
        model.samplePrior(truth, random, 0, scratch);
        Rows rows = new Rows(model.rowWidth());
        double[] row = new double[model.rowWidth()];
        double[] values = new double[model.fields().size()];
        for (int r = 0; r < 351; r++) {
            model.simulateCovariates(values, random, r);
            model.simulate(truth, 0, values, random, r, 0);
            model.encode(values, row);
            rows.append(row, 1);
        }
        return new PosteriorTarget(model).on(rows);
    }

    @Benchmark
    public double move() {
        return kernel.move(cloud, spare, target, tuning, random, 2, iteration++, info, scratch);
    }

    /** The same on a target that costs nothing: a move beyond its scores. */
    @Benchmark
    public double beyond() {
        return kernel.move(cloud, spare, free, tuning, random, 2, iteration++, info, scratch);
    }

    @Benchmark
    public double score() {
        target.evaluate(cloud.particles(), cloud.logDensity(), cloud.score(), scratch);
        return cloud.logDensity()[0];
    }

    /** A flat density: what stands in the buffers, zeros after the first call, is right. */
    private record Free(int dimension) implements Target {

        @Override
        public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {}

        @Override
        public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) { throw new UnsupportedOperationException(); }
    }
}
