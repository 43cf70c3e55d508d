package io.driftwood.inference.variational;

import java.util.Arrays;
import java.util.Set;

/**
 * Path parameters as a vector without bounds: logs of what is positive (of increments only the ratios matter), logit eta or log gamma, logs of the diagonal of
 * a triangle, weights of networks in units of a half, all else as it is. What is not trained has gradient 0.
 */
final class SafeParameters {

    /** Weights of networks are in units of this, so that they learn that much slower than the rest. */
    private static final double UNIT = 0.5;

    private final Method method;
    private final Set<Trained> trained;

    SafeParameters(Method method, Set<Trained> trained) {
        this.method = method;
        this.trained = trained;
    }

    /** What happens to one number: freeing it, binding it, or the derivative of binding it. */
    private interface Rule {
        double apply(double number, double bound);
    }

    double[] free(PathParameters parameters) {
        double[] x = parameters.flat();
        each(parameters.layout, x, parameters.raw(), x, (v, b) -> StrictMath.log(v), (v, b) -> StrictMath.log(v / (1 - v)), (v, b) -> 0, 1 / UNIT);
        return x;
    }

    /**
     * Overwrites numbers of the layout with what the free vector stands for.
     *
     * @param numbers what is not free stays as it is
     */
    void bind(double[] free, Layout layout, double[] numbers) {
        each(layout, free, numbers, numbers, (v, b) -> StrictMath.exp(v), (v, b) -> 1 / (1 + StrictMath.exp(-v)), (v, b) -> b, UNIT);
    }

    /** The gradient in the parameters becomes that in the free vector. */
    void chain(PathParameters parameters, double[] gradient) {
        each(parameters.layout, gradient, parameters.raw(), gradient, (g, b) -> g * b, (g, b) -> g * b * (1 - b), (g, b) -> 0, UNIT);
        for (Section section : parameters.layout.sections()) {
            if (!trained.contains(section.trained)) {
                int from = parameters.layout.offset(section);
                Arrays.fill(gradient, from, from + parameters.layout.length(section), 0);
            }
        }
    }

    /** out = what the rules make of x, section by section; out may be x or bound. */
    private void each(Layout layout, double[] x, double[] bound, double[] out, Rule positive, Rule share, Rule fixed, double unit) {
        for (Section section : layout.sections()) {
            int from = layout.offset(section);
            int to = from + layout.length(section);
            switch (section.bounds) {
                case POSITIVE -> each(x, bound, out, from, to, positive);
                case FRICTION -> each(x, bound, out, from, to, !method.hasFriction() ? fixed : method.keepsShare() ? share : positive);
                case WEIGHTS -> {
                    for (int k = from; k < to; k++) {
                        out[k] = unit * x[k];
                    }
                }
                case TRIANGLE -> {
                    System.arraycopy(x, from, out, from, to - from);
                    for (int r = 0; r < layout.dimension; r++) {
                        int at = from + r * (r + 3) / 2;
                        each(x, bound, out, at, at + 1, positive);
                    }
                }
                case NONE -> System.arraycopy(x, from, out, from, to - from);
            }
        }
    }

    private static void each(double[] x, double[] bound, double[] out, int from, int to, Rule rule) {
        for (int k = from; k < to; k++) {
            out[k] = rule.apply(x[k], bound[k]);
        }
    }
}
