package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.Arrays;

/** Derivatives of the log-weights on the way back along the paths: in the present positions and momenta, and in the parameters of the present leg. Columns of paths. */
final class Cotangents {

    /** How much each path counts in the objective; sums to 1. */
    final double[] share;
    /** The same for every coordinate. */
    private final double[] shares;
    final double[] position;
    final double[] momentum;
    /** Of the steps and the normal of the present leg, or of all so far where they are the same for all; of the present inverse temperature. */
    final double[] kick;
    final double[] drift;
    final double[] mean;
    final double[] precision;
    final double[] beta;
    /** Of the numbers of {@link Refresh.Coefficients}, over all legs. */
    final double[] keptForward;
    final double[] spreadForward;
    final double[] keptBackward;
    final double[] varianceBackward;
    /** Cotangent of the target's score at the present position, still to be multiplied by the Hessian. */
    private final double[] pending;
    private boolean owed;

    Cotangents(int size, int dimension) {
        int stride = Particles.strideOf(size);
        this.share = new double[stride];
        this.shares = new double[dimension * stride];
        this.position = new double[dimension * stride];
        this.momentum = new double[dimension * stride];
        this.kick = new double[dimension * stride];
        this.drift = new double[dimension * stride];
        this.mean = new double[dimension * stride];
        this.precision = new double[dimension * stride];
        this.pending = new double[dimension * stride];
        this.beta = new double[dimension * stride];
        this.keptForward = new double[dimension * stride];
        this.spreadForward = new double[dimension * stride];
        this.keptBackward = new double[dimension * stride];
        this.varianceBackward = new double[dimension * stride];
    }

    /** At the end of the paths, where L has log p(z). */
    void begin(double[] score) {
        for (double[] a : new double[][] {momentum, pending, keptForward, spreadForward, keptBackward, varianceBackward, beta}) {
            Arrays.fill(a, 0);
        }
        forgetSteps();
        forgetNormal();
        for (int at = 0; at < shares.length; at += share.length) {
            System.arraycopy(share, 0, shares, at, share.length);
        }
        owed = false;
        System.arraycopy(score, 0, position, 0, position.length);
    }

    void forgetSteps() {
        Arrays.fill(kick, 0);
        Arrays.fill(drift, 0);
    }

    void forgetNormal() {
        Arrays.fill(mean, 0);
        Arrays.fill(precision, 0);
    }

    /** The mean over the paths of all coordinates together. */
    double total(double[] columns) { return LaneMath.get().dot(shares, 0, columns, 0, shares.length); }

    /** The mean over the paths of coordinate j. */
    double total(double[] columns, int j) { return LaneMath.get().dot(share, 0, columns, j * share.length, share.length); }

    /** The mean of the inverse temperature's, which begins anew. */
    double takeBeta() {
        double total = total(beta);
        Arrays.fill(beta, 0);
        return total;
    }

    /** Takes up the cotangent u of the score S = beta g + (1 - beta) (mean - z) precision + (what is learned) of the leg's bridge at z. */
    void bridge(double[] u, Leg leg, Particles z, double[] score, Scratch scratch) { bridge(u, 1, leg, z, score, scratch); }

    /** The same where what is learned has this sign. */
    void bridge(double[] u, double sign, Leg leg, Particles z, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        mixture(leg.control == null ? u : throughControl(u, sign, leg, z, score, scratch), leg, z, score);
        scratch.release(mark);
    }

    /** The cotangent of the mixture of the scores, on which the control looks too. */
    private double[] throughControl(double[] u, double sign, Leg leg, Particles z, double[] score, Scratch scratch) {
        double[] mixed = scratch.take(pending.length);
        double[] controlBar = scratch.take(pending.length);
        double[] mixedBar = scratch.take(pending.length);
        leg.mixScores(z.values, score, mixed);
        for (int i = 0; i < pending.length; i++) {
            controlBar[i] = sign * u[i];
            mixedBar[i] = u[i];
        }
        leg.control.reverse(leg, z.values, z.values, mixed, controlBar, position, null, mixedBar, share, scratch);
        return mixedBar;
    }

    private void mixture(double[] u, Leg leg, Particles z, double[] score) {
        owed = true;
        double rest = 1 - leg.beta;
        for (int i = 0; i < pending.length; i++) {
            double away = leg.mean[i] - z.values[i];
            double pull = rest * leg.precision[i] * u[i];
            pending[i] += leg.beta * u[i];
            position[i] -= pull;
            mean[i] += pull;
            precision[i] += rest * away * u[i];
            beta[i] += u[i] * (score[i] - away * leg.precision[i]);
        }
    }

    /** Completes the cotangent of the position: adds the Hessian at z times all that is pending. */
    void settle(Leg leg, Particles z, double[] score, Scratch scratch) {
        if (!owed) {
            return;
        }
        owed = false;
        int mark = scratch.mark();
        double[] product = scratch.take(pending.length);
        if (leg.frame == null) {
            leg.target.hessianVector(z, pending, product, scratch);
        } else {
            leg.frame.reverse(z, score, pending, product, share, scratch);
        }
        for (int i = 0; i < pending.length; i++) {
            position[i] += product[i];
        }
        Arrays.fill(pending, 0);
        scratch.release(mark);
    }
}
