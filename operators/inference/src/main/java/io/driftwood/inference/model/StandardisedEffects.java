package io.driftwood.inference.model;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of {@link RandomEffects}: columns a0, a1, a12, a2, z1..zG, log tau; people read the effects b_g = z_g e^(-log tau/2)
 * and tau in the place of z and log tau.
 */
final class StandardisedEffects implements ParameterSpace {

    private static final List<String> COEFFICIENTS = List.of("a0", "a1", "a12", "a2");

    private final int groups;
    private final List<String> columns;
    private final List<Parameter> parameters;

    StandardisedEffects(int groups) {
        this.groups = groups;
        this.columns = names(groups, "z", "log tau");
        this.parameters = names(groups, "b", "tau").stream().map(Parameter::of).toList();
    }

    private static List<String> names(int groups, String effect, String last) {
        List<String> names = new ArrayList<>(COEFFICIENTS);
        for (int g = 1; g <= groups; g++) {
            names.add(effect + g);
        }
        names.add(last);
        return List.copyOf(names);
    }

    /** 1/sqrt(tau) = e^(-log tau/2): in range where tau itself underflows. */
    static void scale(double[] columns, int logTau, double[] scale, int stride) {
        for (int i = 0; i < stride; i++) {
            scale[i] = -0.5 * columns[logTau + i];
        }
        LaneMath.get().exp(scale, 0, scale, 0, stride);
    }

    @Override
    public int dimension() { return columns.size(); }

    @Override
    public List<String> unconstrainedNames() { return columns; }

    @Override
    public List<Parameter> parameters() { return parameters; }

    @Override
    public void constrain(Particles theta, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        constrain(theta.values, out, theta.stride, scratch.take(theta.stride));
        scratch.release(mark);
    }

    @Override
    public void constrain(double[] unconstrained, double[] constrained) { constrain(unconstrained, constrained, 1, new double[1]); }

    private void constrain(double[] z, double[] x, int stride, double[] scale) {
        int first = COEFFICIENTS.size();
        int last = (first + groups) * stride;
        scale(z, last, scale, stride);
        System.arraycopy(z, 0, x, 0, last);
        for (int g = first; g < first + groups; g++) {
            for (int i = 0; i < stride; i++) {
                x[g * stride + i] *= scale[i];
            }
        }
        LaneMath.get().exp(z, last, x, last, stride);
    }

    @Override
    public void unconstrain(double[] constrained, double[] unconstrained) {
        int first = COEFFICIENTS.size();
        int last = first + groups;
        double root = Math.sqrt(constrained[last]);
        System.arraycopy(constrained, 0, unconstrained, 0, first);
        for (int g = first; g < last; g++) {
            unconstrained[g] = constrained[g] * root;
        }
        unconstrained[last] = StrictMath.log(constrained[last]);
    }
}
