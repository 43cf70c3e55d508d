package io.driftwood.inference.summary;

import io.driftwood.inference.model.Predictor;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;

/** A quantity computed from every particle and summarised like a parameter. Immutable. */
public interface Derived {

    String name();

    /**
     * out[i] = the quantity at particle i, over the whole stride.
     *
     * @param theta unconstrained
     * @param constrained the model's parameters of every particle, column k at k*stride
     */
    void evaluate(Predictor model, Particles theta, double[] constrained, double[] out, Scratch scratch);
}
