package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Target;
import java.util.Arrays;

/** What a step of the paths sees. All arrays are columns of paths unless said otherwise; the object is moved along the tape. The bridges lead from a normal, unless a {@link PopulationLeg} has others. */
class Leg {

    final Target target;
    final int dimension;
    final int size;
    final int stride;
    Refresh.Coefficients refresh;
    /** Whether the refreshment draws. */
    boolean draws;
    /** In the mean of the backward kernel, and added to the score of the bridges; null for none. */
    final Guide guide;
    final Guide control;
    /** Sign of the control in an overdamped backward kernel. */
    final double backwardSign;
    final Flow flow;
    /** The target, where it is in coordinates that are tuned; null otherwise. */
    final Frame frame;

    /** Number of the bridge from 0, its inverse temperature, its coupling layer, and the noise of the step. */
    int index;
    double beta;
    int layer;
    double[] noise;
    /** Steps of kicks (or of Euler's overdamped step), and of drifts; the same for all paths, but columns, so that loops run through. */
    final double[] kick;
    final double[] drift;
    /** Mean and precision of the normal that the bridge leads from, likewise. */
    final double[] mean;
    final double[] precision;

    /** z_k and z_(k+1), the target's score there, and the momenta. */
    Particles from;
    Particles to;
    double[] fromScore;
    double[] toScore;
    double[] fromMomentum;
    double[] toMomentum;
    /** rho' of the splitting. */
    double[] refreshed;
    /** log-density of the target at {@code to}. */
    final double[] logDensity;

    Leg(Target target, int size, PathPlan plan) { this(target, target.dimension(), size, plan); }

    /** Without a target, for bridges that have densities of their own. */
    Leg(int size, PathPlan plan) { this(null, plan.dimension(), size, plan); }

    private Leg(Target target, int dimension, int size, PathPlan plan) {
        this.target = target;
        this.dimension = dimension;
        this.size = size;
        this.stride = Particles.strideOf(size);
        this.noise = new double[dimension * stride];
        this.logDensity = new double[stride];
        this.kick = new double[dimension * stride];
        this.drift = new double[dimension * stride];
        this.mean = new double[dimension * stride];
        this.precision = new double[dimension * stride];
        this.guide = plan.guide();
        this.control = plan.control();
        this.backwardSign = plan.has(Extra.CONTROLLED) ? -1 : 1;
        this.flow = plan.flow();
        this.frame = target instanceof Frame tuned ? tuned : null;
    }

    /** Lets what is learned keep a run for its way back. */
    void rememberRuns() {
        if (guide != null) {
            guide.rememberRuns();
        }
        if (control != null) {
            control.rememberRuns();
        }
    }

    final int length() { return dimension * stride; }

    /** Fills column j. */
    void fill(double[] columns, int j, double value) { Arrays.fill(columns, j * stride, (j + 1) * stride, value); }

    void evaluate(Scratch scratch) { target.evaluate(to, logDensity, toScore, scratch); }

    void fromBridgeScore(double[] out, Scratch scratch) { bridgeScore(from.values, fromScore, out, scratch); }

    void toBridgeScore(double[] out, Scratch scratch) { bridgeScore(to.values, toScore, out, scratch); }

    /** The score at {@code to} as an overdamped backward kernel has it: with what is learned taken away where that is a controlled drift. */
    void backwardScore(double[] out, Scratch scratch) {
        if (backwardSign > 0) {
            toBridgeScore(out, scratch);
        } else {
            bridgeScore(to.values, toScore, backwardSign, out, scratch);
        }
    }

    void bridgeScore(double[] z, double[] score, double[] out, Scratch scratch) { bridgeScore(z, score, 1, out, scratch); }

    /** beta grad log p(z) + (1 - beta) (mean - z) precision. */
    void mixScores(double[] z, double[] score, double[] out) {
        double rest = 1 - beta;
        for (int i = 0; i < length(); i++) {
            out[i] = beta * score[i] + rest * precision[i] * (mean[i] - z[i]);
        }
    }

    /** S(z): the mixture of the scores, and with this sign what is learned. */
    private void bridgeScore(double[] z, double[] score, double sign, double[] out, Scratch scratch) {
        mixScores(z, score, out);
        if (control != null) {
            int mark = scratch.mark();
            double[] learned = scratch.take(length());
            control.value(this, z, z, out, learned, scratch);
            for (int i = 0; i < length(); i++) {
                out[i] += sign * learned[i];
            }
            scratch.release(mark);
        }
    }
}
