package io.driftwood.inference.model;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;

/** Predicts a response from particles. */
public interface Predictor {

    /**
     * The response's predictive location at given covariates, for derived quantities: out[i] = E[y | theta_i, covariates] over the whole stride.
     *
     * @param values an observation's values with the response NaN
     */
    void predictMean(Particles theta, double[] values, double[] out, Scratch scratch);
}
