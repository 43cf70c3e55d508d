package io.driftwood.inference.denoise.stream;

import io.driftwood.inference.denoise.DenoisingPrior;
import io.driftwood.inference.denoise.DiagonalPrior;
import io.driftwood.inference.target.GaussianMixture;
import java.util.Optional;

/**
 * The law of x that a configuration names, in the forms that the recursions want.
 *
 * @param prior conditions on measurements in closed form
 * @param mixture the same as a density; empty for points
 * @param signs whether x is a pattern of signs
 * @param worth measurements that a normal law as wide as the noise is worth; 0 where the width has nothing to do with the noise
 */
public record DenoisingLaw(DenoisingPrior prior, Optional<GaussianMixture> mixture, boolean signs, double worth) {

    static DenoisingLaw of(GaussianMixture mixture) { return new DenoisingLaw(DenoisingPrior.of(mixture), Optional.of(mixture), false, 0); }

    static DenoisingLaw ofPoints(double[][] rows, double[] weights) {
        return new DenoisingLaw(DiagonalPrior.atoms(rows, weights, 0), Optional.empty(), false, 0);
    }

    static DenoisingLaw ofSigns(double[][] rows, double[] weights) {
        return new DenoisingLaw(DiagonalPrior.patterns(rows, weights), Optional.empty(), true, 0);
    }

    /** N(mean, s^2 / worth) with s the scale of the noise; as a mixture with s = 1. */
    static DenoisingLaw ofNoise(double[] mean, double worth) {
        GaussianMixture unit = GaussianMixture.isotropic(new double[] {1}, new double[][] {mean}, 1 / Math.sqrt(worth));
        return new DenoisingLaw(DenoisingPrior.of(unit), Optional.of(unit), false, worth);
    }

    int dimension() { return prior.dimension(); }

    /** Whether no component has correlations. */
    static boolean isDiagonal(GaussianMixture mixture) { return DenoisingPrior.of(mixture) instanceof DiagonalPrior; }
}
