package io.driftwood.inference.denoise.stream;

import io.driftwood.inference.denoise.Denoised;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import io.driftwood.inference.summary.StepFacts;
import io.driftwood.inference.summary.Summariser;
import io.driftwood.inference.summary.SummaryOptions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a summary tells of a denoised x, after mean, sd and exact quantiles of every unknown and what was asked for of draws:
 * <pre>
 *   effective-noise[j]   scale of the noise of a single measurement worth as much as all so far, sigma / sqrt m where all are alike
 *   mode[k]              whether x is of component k: its mean is the component's probability
 *   cov[i,j]             covariance of two coordinates, i &lt;= j, where it is asked for
 * </pre>
 */
final class DenoisingReport {

    private final Summariser summariser;
    private final MixtureQuantiles quantiles;
    private final boolean covariance;
    private final int mostModes;
    private final String[] noises;
    private final String[] modes;

    /** @param mostModes the probabilities of modes are told when there are from two to so many */
    DenoisingReport(List<String> unknowns, int dimension, SummaryOptions options, boolean covariance, int mostModes) {
        this.summariser = new Summariser(Unknowns.space(unknowns), (theta, values, out, scratch) -> Arrays.fill(out, 0, theta.stride, Double.NaN), options);
        this.quantiles = new MixtureQuantiles(options.levels());
        this.covariance = covariance;
        this.mostModes = mostModes;
        this.noises = names("effective-noise", dimension);
        this.modes = names("mode", mostModes);
    }

    private static String[] names(String what, int count) { return Stream.iterate(1, k -> k + 1).limit(count).map(k -> what + "[" + k + "]").toArray(String[]::new); }

    boolean needsDraws(long seq) { return summariser.needsDraws(seq); }

    double[] levels() { return quantiles.levels(); }

    Quantity[] unknowns(Recursion recursion, double[] memory, Denoised answer, Scratch scratch) { return recursion.quantities(memory, answer, quantiles, scratch); }

    PosteriorSummary of(Recursion recursion, double[] memory, Denoised answer, Particles draws, LogWeights weights, StepFacts facts, Scratch scratch) {
        Quantity[] unknowns = recursion.quantities(memory, answer, quantiles, scratch);
        int told = answer.modes.length > 1 && answer.modes.length <= mostModes ? answer.modes.length : 0;
        int d = answer.mean.length;
        Quantity[] more = new Quantity[d + told + (covariance ? d * (d + 1) / 2 : 0)];
        for (int j = 0; j < d; j++) {
            more[j] = known(noises[j], answer.noise[j]);
        }
        for (int k = 0; k < told; k++) {
            more[d + k] = mode(k, answer.modes[k]);
        }
        if (covariance) {
            covariance(recursion, memory, more, d + told, d, scratch);
        }
        return summariser.exact(unknowns, more, draws, weights, facts, scratch);
    }

    private Quantity known(String name, double value) {
        double[] at = quantiles.newResult();
        Arrays.fill(at, value);
        // 0, or missing where the value is
        return new Quantity(name, value, value - value, at);
    }

    /** 1 with the probability, else 0. */
    private Quantity mode(int k, double probability) {
        double[] at = quantiles.newResult();
        for (int q = 0; q < at.length; q++) {
            at[q] = 1 - probability >= quantiles.levels()[q] ? 0 : 1;
        }
        return new Quantity(modes[k], probability, Math.sqrt(Math.max(0, probability * (1 - probability))), at);
    }

    private void covariance(Recursion recursion, double[] memory, Quantity[] out, int from, int d, Scratch scratch) {
        int mark = scratch.mark();
        double[] matrix = scratch.take(d * d);
        recursion.covariance(memory, matrix, scratch);
        for (int i = 0; i < d; i++) {
            for (int j = i; j < d; j++) {
                out[from++] = known("cov[" + (i + 1) + "," + (j + 1) + "]", matrix[i * d + j]);
            }
        }
        scratch.release(mark);
    }
}
