package io.driftwood.inference.assimilate;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Bridged;
import io.driftwood.inference.target.Target;

/**
 * A path of densities pi_beta, beta from 0 to 1, log-linear in beta: log pi_beta = log pi_0 + beta u(x). A population is
 * carried along it by {@link Annealer}.
 */
public interface Path extends Bridged {

    /** u(x) = d log pi_beta / d beta, for every particle, over the whole stride; non-finite values mean density zero. */
    void logRatio(Particles x, double[] out, Scratch scratch);

    /** The density at beta, until the next call. */
    Target at(double beta);

    @Override
    default int dimension() { return at(1).dimension(); }

    /** By both ends of the path. The path is at an unknown beta afterwards. */
    @Override
    default void evaluate(Particles x, double[] logDensity, double[] score, double[] logRatio, double[] ratioScore, Scratch scratch) {
        at(0).evaluate(x, logDensity, score, scratch);
        at(1).evaluate(x, logRatio, ratioScore, scratch);
        LaneMath.get().axpy(-1, logDensity, 0, logRatio, 0, x.stride);
        LaneMath.get().axpy(-1, score, 0, ratioScore, 0, x.length());
    }
}
