package io.driftwood.inference.summary;

import io.driftwood.inference.model.Predictor;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;

/**
 * E[response | theta, covariates] at fixed covariates: "P(failure at 31 °F)".
 *
 * @param values the model's fields, the response NaN
 */
public record Prediction(String name, double[] values) implements Derived {

    @Override
    public void evaluate(Predictor model, Particles theta, double[] constrained, double[] out, Scratch scratch) {
        model.predictMean(theta, values, out, scratch);
    }
}
