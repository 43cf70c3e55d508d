package io.driftwood.bench;

import io.driftwood.inference.numeric.LaneMath;
import java.util.Arrays;
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

/**
 * The score of a logistic regression, sum_r x_r (y_r - sigmoid(x_r theta)), for 1024 particles and 351 rows: nanoseconds per particle and row,
 * everything included. {@code blocked} composes the tiles of {@link LaneMath} as a model does; {@code columns} is the plain loop over
 * columns that one writes first.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(LogisticScoreBenchmark.LANES * LogisticScoreBenchmark.ROWS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class LogisticScoreBenchmark {

    static final int LANES = 1024;
    static final int ROWS = 351;

    @Param({"35", "9", "2"})
    public int features;

    private double[] rows;
    private double[] responses;
    private double[] theta;
    private double[] score;
    private double[] tile;
    private double[] predictor;
    private LaneMath vector;
    private LaneMath plain;

    @Param({"64"})
    public int tileLanes;
    @Param({"16"})
    public int tileRows;

    @Setup
    public void setUp() {
        SplittableRandom random = new SplittableRandom(1);
        rows = random.doubles((long) ROWS * features, -2, 2).toArray();
        responses = random.ints(ROWS, 0, 2).asDoubleStream().toArray();
        theta = random.doubles((long) LANES * features, -0.5, 0.5).toArray();
        score = new double[LANES * features];
        tile = new double[tileRows * tileLanes];
        predictor = new double[LANES];
        vector = LaneMath.named("vector");
        plain = LaneMath.named("plain");
    }

    @Benchmark
    public double[] blockedVector() { return blocked(vector); }

    @Benchmark
    public double[] blockedPlain() { return blocked(plain); }

    private double[] blocked(LaneMath math) {
        Arrays.fill(score, 0.0);
        for (int lane = 0; lane < LANES; lane += tileLanes) {
            for (int row = 0; row < ROWS; row += tileRows) {
                int count = Math.min(tileRows, ROWS - row);
                math.rowsTimesColumns(rows, row * features, features, count, features, theta, LANES, lane, tileLanes, tile);
                math.sigmoid(tile, 0, tile, 0, count * tileLanes);
                for (int r = 0; r < count; r++) {
                    double y = responses[row + r];
                    for (int i = r * tileLanes; i < (r + 1) * tileLanes; i++) {
                        tile[i] = y - tile[i];
                    }
                }
                math.addRowsTransposedTimes(rows, row * features, features, count, features, tile, score, LANES, lane, tileLanes);
            }
        }
        return score;
    }

    @Benchmark
    public double[] columns() {
        Arrays.fill(score, 0.0);
        for (int row = 0; row < ROWS; row++) {
            Arrays.fill(predictor, 0.0);
            for (int j = 0; j < features; j++) {
                double x = rows[row * features + j];
                for (int i = 0; i < LANES; i++) {
                    predictor[i] += x * theta[j * LANES + i];
                }
            }
            for (int i = 0; i < LANES; i++) {
                predictor[i] = responses[row] - 1.0 / (1.0 + Math.exp(-predictor[i]));
            }
            for (int j = 0; j < features; j++) {
                double x = rows[row * features + j];
                for (int i = 0; i < LANES; i++) {
                    score[j * LANES + i] += x * predictor[i];
                }
            }
        }
        return score;
    }
}
