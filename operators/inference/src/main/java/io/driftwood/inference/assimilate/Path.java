package io.driftwood.inference.assimilate;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Target;

/**
 * A path of densities pi_beta, beta from 0 to 1, log-linear in beta: log pi_beta = log pi_0 + beta u(x). A population is
 * carried along it by {@link Annealer}.
 */
public interface Path {

    /** u(x) = d log pi_beta / d beta, for every particle, over the whole stride; non-finite values mean density zero. */
    void logRatio(Particles x, double[] out, Scratch scratch);

    /** The density at beta, until the next call. */
    Target at(double beta);
}
