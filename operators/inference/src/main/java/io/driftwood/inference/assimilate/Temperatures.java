package io.driftwood.inference.assimilate;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;

/** How far a population goes along a path before it is moved again: fixed beforehand, or by what the weights allow. */
public interface Temperatures {

    /**
     * The next step from beta, in (0, 1 - beta]; 0 when there is none to be had, and the walk is given up.
     *
     * @param u log-ratio of the path at the particles, length stride
     * @param stage counts the steps of one walk from 0
     */
    double step(LogWeights weights, double[] u, double beta, int stage, Scratch scratch);
}
