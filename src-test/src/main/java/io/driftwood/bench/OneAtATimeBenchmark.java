package io.driftwood.bench;

import java.util.SplittableRandom;
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
 * MALA and HMC of one particle as a textbook writes them, on a logistic regression with 35 coefficients and 351 rows: nanoseconds of a move of one particle, to
 * hold {@link TransitionBenchmark} against. Identity mass; HMC with four leapfrogs.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class OneAtATimeBenchmark {

    private static final int D = 35;
    private static final int ROWS = 351;
    private static final double STEP = 0.02;

    private final SplittableRandom random = new SplittableRandom(1);
    private final double[][] rows = new double[ROWS][D];
    private final boolean[] response = new boolean[ROWS];
    private double[] x = new double[D];
    private double[] score = new double[D];
    private double logDensity;

    @Setup
    public void setUp() {
        for (int r = 0; r < ROWS; r++) {
            for (int j = 0; j < D; j++) {
                rows[r][j] = random.nextDouble() * 4 - 2;
            }
            response[r] = random.nextBoolean();
        }
        logDensity = evaluate(x, score);
    }

    private double evaluate(double[] theta, double[] gradient) {
        double log = 0;
        for (int j = 0; j < D; j++) {
            log -= theta[j] * theta[j] / 0.5;
            gradient[j] = -theta[j] / 0.25;
        }
        for (int r = 0; r < ROWS; r++) {
            double eta = 0;
            for (int j = 0; j < D; j++) {
                eta += rows[r][j] * theta[j];
            }
            double p = 1 / (1 + Math.exp(-eta));
            log += (response[r] ? eta : 0) - Math.log1p(Math.exp(eta));
            double residual = (response[r] ? 1 : 0) - p;
            for (int j = 0; j < D; j++) {
                gradient[j] += residual * rows[r][j];
            }
        }
        return log;
    }

    private double normal() { return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble()); }

    @Benchmark
    public double mala() {
        double[] next = new double[D];
        double[] nextScore = new double[D];
        double forward = 0;
        for (int j = 0; j < D; j++) {
            double z = normal();
            forward += z * z / 2;
            next[j] = x[j] + STEP * score[j] + Math.sqrt(2 * STEP) * z;
        }
        double nextLog = evaluate(next, nextScore);
        double backward = 0;
        for (int j = 0; j < D; j++) {
            double back = x[j] - next[j] - STEP * nextScore[j];
            backward += back * back / (4 * STEP);
        }
        take(next, nextScore, nextLog, nextLog - logDensity + forward - backward);
        return logDensity;
    }

    @Benchmark
    public double hmc() {
        double[] next = x.clone();
        double[] nextScore = score.clone();
        double[] p = new double[D];
        double before = 0;
        for (int j = 0; j < D; j++) {
            p[j] = normal();
            before += p[j] * p[j] / 2;
        }
        double nextLog = logDensity;
        for (int l = 0; l < 4; l++) {
            for (int j = 0; j < D; j++) {
                p[j] += STEP * 3 * nextScore[j] / 2;
                next[j] += STEP * 3 * p[j];
            }
            nextLog = evaluate(next, nextScore);
            for (int j = 0; j < D; j++) {
                p[j] += STEP * 3 * nextScore[j] / 2;
            }
        }
        double after = 0;
        for (int j = 0; j < D; j++) {
            after += p[j] * p[j] / 2;
        }
        take(next, nextScore, nextLog, nextLog - logDensity + before - after);
        return logDensity;
    }

    private void take(double[] next, double[] nextScore, double nextLog, double logRatio) {
        if (Math.log(random.nextDouble()) < logRatio) {
            x = next;
            score = nextScore;
            logDensity = nextLog;
        }
    }
}
