package io.driftwood.inference.model;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.List;

/**
 * The map from the unconstrained columns that kernels move to the constrained parameters that people read.
 */
public interface ParameterSpace {

    /** Unconstrained dimension d. */
    int dimension();

    /** Names of the unconstrained columns, for diagnostics. */
    List<String> unconstrainedNames();

    /** Constrained parameters, in the order of the output of {@link #constrain}; for a simplex or correlation there are more than dimensions. */
    List<Parameter> parameters();

    /** out column k = constrained parameter k of every particle; out has the stride of theta. */
    void constrain(Particles theta, double[] out, Scratch scratch);

    /** One point: from constrained to unconstrained values, for starting points and tests. */
    void unconstrain(double[] constrained, double[] unconstrained);

    /** One point: from unconstrained to constrained values. */
    void constrain(double[] unconstrained, double[] constrained);
}
