package io.driftwood.bench;

import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Models;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
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
 * The generalised linear model as the sampler calls it, for 1024 particles and 351 rows: nanoseconds per particle and row of log-likelihood with
 * score, of log-likelihood alone, of a Hessian-vector product, and of one row after the other as a stream brings them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(GlmBenchmark.PARTICLES * GlmBenchmark.ROWS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class GlmBenchmark {

    static final int PARTICLES = 1024;
    static final int ROWS = 351;

    @Param({"bernoulli", "poisson", "gaussian", "student-t", "negative-binomial"})
    public String family;

    /** With the intercept, 35 coefficients or 9. */
    @Param({"34", "8"})
    public int features;

    private final Scratch scratch = new Scratch();
    private Model model;
    private Particles theta;
    private Rows rows;
    private double[] logDensity;
    private double[] score;
    private double[] product;

    @Setup
    public void setUp() {
        List<String> names = IntStream.rangeClosed(1, features).mapToObj(j -> "x" + j).toList();
        model = Models.build(Settings.of("type", "glm", "family", family, "response", "y", "features", names, "intercept", true,
                "prior", Map.of("default", Settings.of("type", "normal", "mean", 0.0, "sd", 0.2))));
        Randomness random = Randomness.of(1, "benchmark");
        theta = new Particles(PARTICLES, model.parameters().dimension());
        model.samplePrior(theta, random, 0, scratch);
        rows = new Rows(model.rowWidth());
        double[] row = new double[model.rowWidth()];
        double[] values = new double[model.fields().size()];
        for (int r = 0; r < ROWS; r++) {
            model.simulateCovariates(values, random, r);
            model.simulate(theta, 0, values, random, r, 0);
            model.encode(values, row);
            rows.append(row, 1);
        }
        logDensity = new double[theta.stride];
        score = new double[theta.length()];
        product = new double[theta.length()];
    }

    @Benchmark
    public double[] score() {
        model.addLogLikelihood(theta, rows, 0, ROWS, logDensity, score, scratch);
        return score;
    }

    @Benchmark
    public double[] density() {
        model.addLogLikelihood(theta, rows, 0, ROWS, logDensity, null, scratch);
        return logDensity;
    }

    @Benchmark
    public double[] rowByRow() {
        for (int r = 0; r < ROWS; r++) {
            model.addLogLikelihood(theta, rows, r, r + 1, logDensity, null, scratch);
        }
        return logDensity;
    }

    @Benchmark
    public double[] hessianVector() {
        model.addLikelihoodHessianVector(theta, theta.values, rows, 0, ROWS, product, scratch);
        return product;
    }
}
