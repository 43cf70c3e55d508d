package io.driftwood.inference.denoise;

import io.driftwood.inference.numeric.Scratch;

/**
 * The posterior of an unknown noise scale s under any law of x that does not know of s, by a quadrature whose every node is exact:
 * <pre>
 *   s^2 ~ InverseGamma(a, b)      y_ij | x, s ~ N(x_j, s^2 rho_ij^2),   rho known,   t = log s
 *   log p(t, y_1..y_m) = log 2 + a log b - log Gamma(a) - (2a + n) t - (b + R/2) e^(-2t) + logConstant + logMass(Lambda e^(-2t), c)
 * </pre>
 * with Lambda, c, R, n and logConstant of the state for the relative scales: all scales share one state of O(d) numbers.
 *
 * <p>As a function of t this is a mixture over x of translates of one smooth bump, the law of log s given x, whose inverse-gamma has shape alpha = a + n/2. The
 * trapezoid rule with a step of a third of 1/sqrt(alpha) therefore gives integrals to about 1e-12, whatever the law of x. Nodes are placed by looking at
 * coarse grids first, and what lies e^-40 below the peak is left out. Reference: [1] Trefethen and Weideman (2014), SIAM Review 56, 385-458.
 */
public final class NoiseScale {

    /** Nodes of a coarse look. */
    private static final int LOOK = 64;
    /** Nodes at the most; wider spaced than they should be where this does not do. */
    private static final int MOST = 4096;
    /** What is left out has a density below e^-40 of the largest. */
    private static final double DEPTH = 40;

    private final DenoisingPrior prior;
    private final double shape;
    private final double rate;
    private final double logPrior;
    private final double[] centres;
    private final double[] spreads;

    /*
     * The nodes of the last answer: t = first + g step, g in [0, count), and the log of the joint density at each.
     */
    private int count;
    private double first;
    private double step;
    private double[] logJoint = new double[LOOK + 1];

    public NoiseScale(DenoisingPrior prior, double shape, double rate) {
        if (!(shape > 0 && rate > 0 && shape < Double.POSITIVE_INFINITY && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("shape and rate must be positive and finite");
        }
        this.prior = prior;
        this.shape = shape;
        this.rate = rate;
        this.logPrior = StrictMath.log(2) + shape * StrictMath.log(rate) - org.hipparchus.special.Gamma.logGamma(shape);
        int d = prior.dimension();
        centres = new double[prior.modes() * d];
        spreads = new double[prior.modes() * d];
        prior.components(new double[d], new double[d], new double[prior.modes()], centres, spreads, new Scratch());
    }

    public DenoisingPrior prior() { return prior; }

    /** Nodes of the last {@link #place}. */
    public int count() { return count; }

    /** log s at node g. */
    public double logScale(int g) { return Math.fma(g, step, first); }

    /** log p(log s, y_1..y_m) at node g. */
    public double logJoint(int g) { return logJoint[g]; }

    /** Of the nodes, in log s. */
    public double step() { return step; }

    /** Places the nodes for a state; returns log p(y_1..y_m). */
    public double place(DenoisingState state, Scratch scratch) {
        double alpha = shape + 0.5 * state.observed;
        double wanted = Math.min(0.1, 0.33 / Math.sqrt(alpha));
        bounds(state, alpha);
        double last = first + (count - 1) * step;
        while (step > wanted) {
            evaluate(state, scratch);
            double reach = DEPTH + 2 * alpha * (StrictMath.expm1(2 * step) - 2 * step);
            double largest = largest();
            int from = 0;
            int to = count - 1;
            while (logJoint[from] < largest - reach) {
                from++;
            }
            while (logJoint[to] < largest - reach) {
                to--;
            }
            double low = logScale(Math.max(0, from - 1));
            double high = logScale(Math.min(count - 1, to + 1));
            boolean narrowed = high - low < 0.5 * (last - first);
            first = low;
            last = high;
            count = narrowed && (high - low) / LOOK > wanted ? LOOK + 1 : (int) Math.min(MOST, 2 + Math.floor((high - low) / wanted));
            step = (high - low) / (count - 1);
            if (count == MOST) {
                break;
            }
        }
        evaluate(state, scratch);
        return logSum();
    }

    /** Where log s can be: from that of an x on the measurements to that of an x on the farthest mode, with the tails of the bump. */
    private void bounds(DenoisingState state, double alpha) {
        double least = rate + 0.5 * state.scatter;
        double most = least;
        int d = prior.dimension();
        for (int k = 0; k < prior.modes(); k++) {
            double sum = state.scatter;
            for (int j = 0; j < d; j++) {
                double away = Math.abs(state.centre[j] - centres[k * d + j]) + 3 * Math.sqrt(spreads[k * d + j]);
                sum = Math.fma(state.precision[j] * away, away, sum);
            }
            most = Math.max(most, rate + 0.5 * sum);
        }
        double tail = Math.sqrt(2 * DEPTH / alpha);
        first = 0.5 * (StrictMath.log(least / alpha) - StrictMath.log(1 + tail + 1.2 * DEPTH / alpha));
        double last = 0.5 * (StrictMath.log(most / alpha) + tail + DEPTH / alpha);
        count = LOOK + 1;
        step = (last - first) / LOOK;
    }

    private void evaluate(DenoisingState state, Scratch scratch) {
        if (logJoint.length < count) {
            logJoint = new double[count];
        }
        int mark = scratch.mark();
        double[] modes = scratch.take(prior.modes());
        double[] means = scratch.take(prior.modes() * prior.dimension());
        double[] variances = scratch.take(prior.modes() * prior.dimension());
        for (int g = 0; g < count; g++) {
            logJoint[g] = at(state, logScale(g), modes, means, variances, scratch);
        }
        scratch.release(mark);
    }

    /** log p(t, y_1..y_m); fills the conditional law of x given t as {@link DenoisingPrior#components} does. */
    public double at(DenoisingState state, double t, double[] modes, double[] means, double[] variances, Scratch scratch) {
        int mark = scratch.mark();
        double[] precision = scratch.take(prior.dimension());
        double mass = prior.components(precisions(state, t, precision), state.centre, modes, means, variances, scratch);
        scratch.release(mark);
        return logPrior - (2 * shape + state.observed) * t - (rate + 0.5 * state.scatter) * StrictMath.exp(-2 * t) + state.logConstant + mass;
    }

    /** Lambda_j e^(-2t). */
    public double[] precisions(DenoisingState state, double t, double[] out) {
        double factor = StrictMath.exp(-2 * t);
        for (int j = 0; j < state.precision.length; j++) {
            out[j] = state.precision[j] * factor;
        }
        return out;
    }

    private double largest() {
        double largest = Double.NEGATIVE_INFINITY;
        for (int g = 0; g < count; g++) {
            largest = Math.max(largest, logJoint[g]);
        }
        return largest;
    }

    private double logSum() {
        double largest = largest();
        double sum = 0;
        for (int g = 0; g < count; g++) {
            sum += StrictMath.exp(logJoint[g] - largest);
        }
        return largest + StrictMath.log(step * sum);
    }
}
