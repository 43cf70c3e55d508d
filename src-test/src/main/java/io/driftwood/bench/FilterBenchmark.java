package io.driftwood.bench;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.filter.Filters;
import io.driftwood.inference.filter.dynamics.StochasticVolatility;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.SummaryOptions;
import java.util.SplittableRandom;
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
 * One record into a filter of stochastic volatility (phi 0.98, sigma 0.16), resampling included: microseconds a record, so that N particles
 * divided by it are million particle-steps a second. {@code plainLoop} is the filter as one writes it by hand, a particle after the other,
 * with the JDK's fast generator, its own Gaussians and {@code Math.exp}, resampling by the same rule.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class FilterBenchmark {

    private static final double MEAN = -0.5;
    private static final double PERSISTENCE = 0.98;
    private static final double VOLATILITY = 0.16;
    private static final int LENGTH = 1024;

    @Param({"1000", "10000", "100000"})
    public int particles;

    private final Observation[] returns = new Observation[LENGTH];
    private SequentialPosterior bare;
    private SequentialPosterior withScores;
    private PosteriorState bareState;
    private PosteriorState scoredState;
    private final Scratch scratch = new Scratch();
    private PlainLoop plain;
    private int next;

    @Setup
    public void setUp() {
        SplittableRandom random = new SplittableRandom(1);
        double h = MEAN;
        for (int t = 0; t < LENGTH; t++) {
            h = MEAN + PERSISTENCE * (h - MEAN) + VOLATILITY * random.nextGaussian();
            returns[t] = new Observation("all", t, new double[] {Math.exp(h / 2) * random.nextGaussian()}, "bench", t);
        }
        bare = posterior(false);
        withScores = posterior(true);
        bareState = bare.start("all");
        scoredState = withScores.start("all");
        plain = new PlainLoop(particles);
    }

    private SequentialPosterior posterior(boolean scores) {
        Settings sampler = Settings.of("particles", (long) particles, "seed", 1L, "resampler", Settings.of("type", "systematic"),
                "ess-threshold", 0.5, "conditional-ess", 0.8);
        return Filters.build(new StochasticVolatility("y", MEAN, PERSISTENCE, VOLATILITY), sampler,
                Settings.of("type", "bootstrap", "scores", scores), SummaryOptions.of("bench"));
    }

    @Benchmark
    public StepInfo bootstrap() { return bare.step(bareState, returns[next++ % LENGTH], scratch); }

    @Benchmark
    public StepInfo scored() { return withScores.step(scoredState, returns[next++ % LENGTH], scratch); }

    @Benchmark
    public double plainLoop() { return plain.step(returns[next++ % LENGTH].values()[0]); }

    /** The comparison. */
    private static final class PlainLoop {

        private final SplittableRandom random = new SplittableRandom(2);
        private double[] h;
        private double[] spare;
        private final double[] logWeight;
        private final double[] weight;

        PlainLoop(int particles) {
            h = new double[particles];
            spare = new double[particles];
            logWeight = new double[particles];
            weight = new double[particles];
            for (int i = 0; i < particles; i++) {
                h[i] = MEAN + VOLATILITY / Math.sqrt(1 - PERSISTENCE * PERSISTENCE) * random.nextGaussian();
                weight[i] = 1.0 / particles;
            }
        }

        double step(double y) {
            double squares = 0;
            for (double w : weight) {
                squares += w * w;
            }
            if (1 / squares < 0.5 * h.length) {
                resample();
            }
            double max = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < h.length; i++) {
                h[i] = MEAN + PERSISTENCE * (h[i] - MEAN) + VOLATILITY * random.nextGaussian();
                logWeight[i] -= 0.5 * (h[i] + y * y * Math.exp(-h[i]));
                max = Math.max(max, logWeight[i]);
            }
            double sum = 0;
            for (int i = 0; i < h.length; i++) {
                weight[i] = Math.exp(logWeight[i] - max);
                sum += weight[i];
            }
            for (int i = 0; i < h.length; i++) {
                weight[i] /= sum;
                logWeight[i] -= max;
            }
            return max + Math.log(sum);
        }

        private void resample() {
            double u = random.nextDouble();
            double cumulative = weight[0];
            int i = 0;
            for (int k = 0; k < h.length; k++) {
                while (i < h.length - 1 && cumulative < (u + k) / h.length) {
                    cumulative += weight[++i];
                }
                spare[k] = h[i];
                logWeight[k] = 0;
            }
            double[] other = h;
            h = spare;
            spare = other;
        }
    }
}
