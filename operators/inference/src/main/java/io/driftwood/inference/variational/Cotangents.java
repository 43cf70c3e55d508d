package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.Arrays;

/** Derivatives of the log-weights on the way back along the paths: in the present positions and momenta, and in the parameters of the present leg. Columns of paths. */
final class Cotangents {

    /** How much each path counts in the objective; sums to 1. */
    final double[] share;
    final double[] position;
    final double[] momentum;
    /** Of the steps, normal and inverse temperature of the present leg. */
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
        this.position = new double[dimension * stride];
        this.momentum = new double[dimension * stride];
        this.kick = new double[dimension * stride];
        this.drift = new double[dimension * stride];
        this.mean = new double[dimension * stride];
        this.precision = new double[dimension * stride];
        this.pending = new double[dimension * stride];
        this.beta = new double[stride];
        this.keptForward = new double[stride];
        this.spreadForward = new double[stride];
        this.keptBackward = new double[stride];
        this.varianceBackward = new double[stride];
    }

    /** At the end of the paths, where L has log p(z). */
    void begin(double[] score) {
        for (double[] a : new double[][] {momentum, pending, keptForward, spreadForward, keptBackward, varianceBackward}) {
            Arrays.fill(a, 0);
        }
        beginLeg();
        owed = false;
        System.arraycopy(score, 0, position, 0, position.length);
    }

    /** Forgets what belongs to one leg. */
    void beginLeg() {
        for (double[] a : new double[][] {kick, drift, mean, precision, beta}) {
            Arrays.fill(a, 0);
        }
    }

    /** Takes up the cotangent u of the score S = beta g + (1 - beta) (mean - z) precision + (what is learned) of the leg's bridge at z. */
    void bridge(double[] u, Leg leg, Particles z, double[] score, Scratch scratch) {
        owed = true;
        double rest = 1 - leg.beta;
        for (int j = 0; j < leg.dimension; j++) {
            double iota = leg.precision[j];
            double m = leg.mean[j];
            for (int i = 0; i < leg.stride; i++) {
                int at = j * leg.stride + i;
                double away = m - z.values[at];
                pending[at] += leg.beta * u[at];
                position[at] -= rest * iota * u[at];
                mean[at] += rest * iota * u[at];
                precision[at] += rest * away * u[at];
                beta[i] += u[at] * (score[at] - away * iota);
            }
        }
        if (leg.control != null) {
            leg.control.reverse(leg, z.values, z.values, score, u, position, null, null, share, scratch);
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
