package io.driftwood.inference.model;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.List;

/** The O-ring regression's parameters: columns (gamma, beta) with gamma = alpha + 69.57 beta; people read alpha and beta. */
final class InterceptAtZero implements ParameterSpace {

    /** Mean temperature of the launches, to which the columns are centred. */
    static final double CENTRE = 69.57;

    private static final List<String> COLUMNS = List.of("gamma", "beta");
    private static final List<Parameter> PARAMETERS = List.of(Parameter.of("alpha"), new Parameter("beta", "1/°F"));

    /** alpha column of (gamma, beta) columns. */
    static void alpha(double[] columns, double[] alpha, int stride) {
        for (int i = 0; i < stride; i++) {
            alpha[i] = columns[i] - CENTRE * columns[stride + i];
        }
    }

    @Override
    public int dimension() { return 2; }

    @Override
    public List<String> unconstrainedNames() { return COLUMNS; }

    @Override
    public List<Parameter> parameters() { return PARAMETERS; }

    @Override
    public void constrain(Particles theta, double[] out, Scratch scratch) {
        alpha(theta.values, out, theta.stride);
        System.arraycopy(theta.values, theta.stride, out, theta.stride, theta.stride);
    }

    @Override
    public void constrain(double[] unconstrained, double[] constrained) {
        constrained[0] = unconstrained[0] - CENTRE * unconstrained[1];
        constrained[1] = unconstrained[1];
    }

    @Override
    public void unconstrain(double[] constrained, double[] unconstrained) {
        unconstrained[0] = constrained[0] + CENTRE * constrained[1];
        unconstrained[1] = constrained[1];
    }
}
