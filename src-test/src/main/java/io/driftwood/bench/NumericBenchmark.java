package io.driftwood.bench;

import io.driftwood.inference.numeric.LaneMath;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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

/** Nanoseconds per element of the operations of {@link LaneMath} over 1024 lanes, vector and plain, with the JDK's functions beside them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(NumericBenchmark.LANES)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class NumericBenchmark {

    static final int LANES = 1024;

    @Param({"vector", "plain"})
    public String implementation;

    private LaneMath math;
    private double[] x;
    private double[] positive;
    private double[] weight;
    private double[] out;
    private double[] other;

    @Setup
    public void setUp() {
        math = LaneMath.named(implementation);
        SplittableRandom random = new SplittableRandom(1);
        x = random.doubles(LANES, -8, 8).toArray();
        positive = random.doubles(LANES, 0.01, 30).toArray();
        weight = random.doubles(LANES).toArray();
        out = new double[LANES];
        other = new double[LANES];
    }

    @Benchmark
    public void exp() { math.exp(x, 0, out, 0, LANES); }

    @Benchmark
    public void expm1() { math.expm1(x, 0, out, 0, LANES); }

    @Benchmark
    public void log() { math.log(positive, 0, out, 0, LANES); }

    @Benchmark
    public void log1p() { math.log1p(positive, 0, out, 0, LANES); }

    @Benchmark
    public void sigmoid() { math.sigmoid(x, 0, out, 0, LANES); }

    @Benchmark
    public void softplus() { math.softplus(x, 0, out, 0, LANES); }

    @Benchmark
    public void sinCos() { math.sinCos(x, 0, out, 0, other, 0, LANES); }

    @Benchmark
    public void logGamma() { math.logGamma(positive, 0, out, 0, LANES); }

    @Benchmark
    public double sum() { return math.sum(x, 0, LANES); }

    @Benchmark
    public double dot() { return math.dot(x, 0, weight, 0, LANES); }

    @Benchmark
    public double weightedSquares() { return math.weightedSquares(weight, 0, x, 0, 0.3, LANES); }

    @Benchmark
    public double logSumExp() { return math.logSumExp(x, 0, LANES); }

    @Benchmark
    public void axpy() { math.axpy(1e-9, x, 0, out, 0, LANES); }

    @Benchmark
    public void uniforms() { math.uniforms(1, 2, 3, 4, 5, out, 0, LANES); }

    @Benchmark
    public void normals() { math.normals(1, 2, 3, 4, 5, out, 0, LANES); }

    @Benchmark
    public void jdkMathExp() {
        for (int i = 0; i < LANES; i++) {
            out[i] = Math.exp(x[i]);
        }
    }

    @Benchmark
    public void jdkStrictMathExp() {
        for (int i = 0; i < LANES; i++) {
            out[i] = StrictMath.exp(x[i]);
        }
    }

    @Benchmark
    public void jdkMathLog() {
        for (int i = 0; i < LANES; i++) {
            out[i] = Math.log(positive[i]);
        }
    }
}
