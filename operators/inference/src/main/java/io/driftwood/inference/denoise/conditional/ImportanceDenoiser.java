package io.driftwood.inference.denoise.conditional;

import io.driftwood.inference.denoise.function.Denoiser;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;

/**
 * x given y and an observation o, by J draws of x given y weighted by their likelihood:
 * <pre>   x_1, ..., x_J ~ p(x | y)      E[x | y, o] = sum_j w_j x_j,   w_j ~ p(o | x_j)      a draw: x_j with probability w_j   </pre>
 * Consistent in J; the ratio is off by O(1/J), the more the less likely o is under p(x | y). Every call draws anew, addressed by how many there were before: for one run, and
 * from one thread.
 *
 * <p>Reference: sampling importance resampling, Rubin (1988).
 */
public final class ImportanceDenoiser implements Denoiser {

    private final Denoiser prior;
    private final Likelihood likelihood;
    private final int count;
    private final Randomness random;
    private long calls;

    /** @param prior one that draws */
    public ImportanceDenoiser(Denoiser prior, Likelihood likelihood, int count, Randomness random) {
        if (!prior.draws() || prior.dimension() != likelihood.dimension()) {
            throw new IllegalArgumentException("needs a prior with draws of x given y, of the likelihood's dimension");
        }
        this.prior = prior;
        this.likelihood = likelihood;
        this.count = count;
        this.random = random;
    }

    @Override
    public int dimension() { return prior.dimension(); }

    @Override
    public boolean draws() { return true; }

    @Override
    public double leastNoise() { return prior.leastNoise(); }

    @Override
    public double largestNoise() { return prior.largestNoise(); }

    @Override
    public String bias() { return "what is known of x given its measurements and the observation comes from " + count + " weighted draws at every step: consistent in their number"; }

    @Override
    public void posteriorMean(Particles y, double variance, double[] mean, Scratch scratch) { average(y, variance, mean, null, scratch); }

    /** Sums of w_j x_j and of w_j, scaled by the largest weight so far; and where asked for, one x_j kept with probability w_j over the sum so far. */
    private void average(Particles y, double variance, double[] mean, Particles drawn, Scratch scratch) {
        int mark = scratch.mark();
        LaneMath math = LaneMath.get();
        long call = calls++;
        Particles x = new Particles(y.size, y.dimension, scratch.take(y.length()));
        double[] largest = scratch.take(y.stride);
        double[] total = scratch.take(y.stride);
        double[] log = scratch.take(y.stride);
        double[] kept = scratch.take(y.stride);
        double[] uniforms = scratch.take(y.stride);
        Arrays.fill(largest, 0, y.stride, -Double.MAX_VALUE);
        Arrays.fill(total, 0, y.stride, 0.0);
        Arrays.fill(mean, 0, y.length(), 0.0);
        for (int j = 0; j < count; j++) {
            prior.posteriorDraw(y, variance, x, random, call, j, scratch);
            Arrays.fill(log, 0, y.stride, 0.0);
            likelihood.add(x, log, null, scratch);
            for (int i = 0; i < y.stride; i++) {
                // no likelihood at all, or one that is not a number, weighs nothing
                double value = log[i] > -Double.MAX_VALUE ? log[i] : -Double.MAX_VALUE;
                double above = Math.max(largest[i], value);
                kept[i] = Math.max(largest[i] - above, -745);
                log[i] = value == -Double.MAX_VALUE ? -745 : Math.max(value - above, -745);
                largest[i] = above;
            }
            math.exp(kept, 0, kept, 0, y.stride);
            math.exp(log, 0, log, 0, y.stride);
            for (int i = 0; i < y.stride; i++) {
                total[i] = Math.fma(total[i], kept[i], log[i]);
            }
            for (int k = 0; k < y.dimension; k++) {
                for (int i = 0; i < y.stride; i++) {
                    int at = k * y.stride + i;
                    mean[at] = Math.fma(mean[at], kept[i], log[i] * x.values[at]);
                }
            }
            if (drawn != null) {
                random.uniforms(call, Purpose.RESAMPLE, j, uniforms, 0, y.stride);
                take(x, log, total, uniforms, drawn);
            }
        }
        for (int at = 0; at < y.length(); at++) {
            mean[at] /= total[at % y.stride];
        }
        scratch.release(mark);
    }

    private static void take(Particles x, double[] weight, double[] total, double[] uniforms, Particles drawn) {
        for (int i = 0; i < x.size; i++) {
            if (uniforms[i] * total[i] < weight[i]) {
                for (int k = 0; k < x.dimension; k++) {
                    drawn.set(k, i, x.get(k, i));
                }
            }
        }
        drawn.pad();
    }

    /** By this denoiser's own random numbers, as its means. */
    @Override
    public void posteriorDraw(Particles y, double variance, Particles x, Randomness ignored, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        average(y, variance, scratch.take(y.length()), x, scratch);
        scratch.release(mark);
    }
}
