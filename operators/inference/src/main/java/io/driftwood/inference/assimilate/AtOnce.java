package io.driftwood.inference.assimilate;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;

/** All the way in one step, as long as one particle of positive weight has a finite log-ratio. */
final class AtOnce implements Temperatures {

    @Override
    public double step(LogWeights weights, double[] u, double beta, int stage, Scratch scratch) {
        for (int i = 0; i < weights.size; i++) {
            if (weights.normalised[i] > 0 && Math.abs(u[i]) < Double.POSITIVE_INFINITY) {
                return 1 - beta;
            }
        }
        return 0;
    }
}
