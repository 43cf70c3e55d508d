package io.driftwood.bench;

import io.driftwood.inference.denoise.Channel;
import io.driftwood.inference.denoise.Denoised;
import io.driftwood.inference.denoise.DenoisingPrior;
import io.driftwood.inference.denoise.DenoisingState;
import io.driftwood.inference.denoise.StreamingDenoiser;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianMixture;
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
 * One measurement taken up by the streaming denoiser with all its answers but covariance and draws: 16 dimensions, 8 components, nanoseconds a measurement. 1024 keys take turns, so that
 * states come from memory as they do in a stream.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class DenoiseBenchmark {

    private static final int DIMENSION = 16;
    private static final int COMPONENTS = 8;
    private static final int KEYS = 1024;

    @Param({"diagonal", "full"})
    public String covariances;

    private final Scratch scratch = new Scratch();
    private final double[][] y = new double[KEYS][DIMENSION];
    private final double[] noise = {2};
    private final DenoisingState[] states = new DenoisingState[KEYS];
    private StreamingDenoiser denoiser;
    private DenoisingState spare;
    private Denoised out;
    private int next;

    @Setup
    public void setUp() {
        Randomness random = Randomness.of(1, "benchmark");
        double[] weights = new double[COMPONENTS];
        double[][] means = new double[COMPONENTS][DIMENSION];
        double[][] spreads = new double[COMPONENTS][DIMENSION * DIMENSION];
        for (int k = 0; k < COMPONENTS; k++) {
            weights[k] = 1 + k;
            random.normals(0, Purpose.USER, k, means[k], 0, DIMENSION);
            for (int j = 0; j < DIMENSION * DIMENSION; j++) {
                spreads[k][j] = j % (DIMENSION + 1) == 0 ? 1 : covariances.equals("full") ? 0.05 : 0;
            }
        }
        denoiser = new StreamingDenoiser(DenoisingPrior.of(GaussianMixture.full(weights, means, spreads)), Channel.NORMAL, 1);
        spare = denoiser.newState();
        out = denoiser.newAnswer();
        for (int key = 0; key < KEYS; key++) {
            states[key] = denoiser.newState();
            random.normals(1, Purpose.USER, key, y[key], 0, DIMENSION);
        }
    }

    @Benchmark
    public double step() {
        int key = next++ & (KEYS - 1);
        denoiser.step(states[key], y[key], noise, spare, out, scratch);
        return out.logPredictive;
    }
}
