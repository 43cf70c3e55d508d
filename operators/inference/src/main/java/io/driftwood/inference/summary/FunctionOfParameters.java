package io.driftwood.inference.summary;

import io.driftwood.inference.model.Predictor;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;

/** A {@link Formula} of the constrained parameters: "odds = exp(alpha)". */
public record FunctionOfParameters(String name, Formula formula) implements Derived {

    @Override
    public void evaluate(Predictor model, Particles theta, double[] constrained, double[] out, Scratch scratch) {
        formula.evaluate(constrained, theta.stride, out, scratch);
    }
}
