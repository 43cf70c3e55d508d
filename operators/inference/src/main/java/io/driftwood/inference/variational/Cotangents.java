package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.Arrays;

/** Derivatives of the log-weights on the way back along the paths: in the present positions and momenta, and so far in the parameters. Columns of paths. */
final class Cotangents {

    final double[] position;
    final double[] momentum;
    final double[] step;
    final double[] keptForward;
    final double[] spreadForward;
    final double[] keptBackward;
    final double[] varianceBackward;
    final double[] mean;
    final double[] precision;
    /** Sum over the paths, for each bridge. */
    final double[] beta;
    /** Cotangent of the target's score at the present position, still to be multiplied by the Hessian. */
    private final double[] pending;
    private boolean owed;
    private final double[] lane;
    private final int size;

    Cotangents(int size, int dimension, int bridges) {
        int stride = Particles.strideOf(size);
        this.size = size;
        this.position = new double[dimension * stride];
        this.momentum = new double[dimension * stride];
        this.mean = new double[dimension * stride];
        this.precision = new double[dimension * stride];
        this.pending = new double[dimension * stride];
        this.step = new double[stride];
        this.keptForward = new double[stride];
        this.spreadForward = new double[stride];
        this.keptBackward = new double[stride];
        this.varianceBackward = new double[stride];
        this.lane = new double[stride];
        this.beta = new double[bridges];
    }

    /** At the end of the paths, where L has log p(z) and -|rho|^2/2. */
    void begin(double[] score, double[] lastMomentum) {
        for (double[] a : new double[][] {momentum, mean, precision, pending, step, keptForward, spreadForward, keptBackward, varianceBackward, beta}) {
            Arrays.fill(a, 0);
        }
        owed = false;
        System.arraycopy(score, 0, position, 0, position.length);
        for (int i = 0; lastMomentum != null && i < momentum.length; i++) {
            momentum[i] = -lastMomentum[i];
        }
    }

    /** Takes up the cotangent u of the score S = beta g + (1 - beta) (mean - z) precision of the leg's bridge at z. */
    void bridge(double[] u, Leg leg, Particles z, double[] score) {
        owed = true;
        Arrays.fill(lane, 0);
        for (int j = 0; j < leg.dimension; j++) {
            double iota = leg.start.precision[j];
            double rest = 1 - leg.beta;
            for (int i = 0; i < leg.stride; i++) {
                int at = j * leg.stride + i;
                double away = leg.start.mean[j] - z.values[at];
                pending[at] += leg.beta * u[at];
                position[at] -= rest * iota * u[at];
                mean[at] += rest * iota * u[at];
                precision[at] += rest * away * u[at];
                lane[i] += u[at] * (score[at] - away * iota);
            }
        }
        beta[leg.index] += LaneMath.get().sum(lane, 0, size);
    }

    /** Completes the cotangent of the position: adds the Hessian at z times all that is pending. */
    void settle(Leg leg, Particles z, Scratch scratch) {
        if (!owed) {
            return;
        }
        owed = false;
        int mark = scratch.mark();
        double[] product = scratch.take(pending.length);
        leg.target.hessianVector(z, pending, product, scratch);
        for (int i = 0; i < pending.length; i++) {
            position[i] += product[i];
        }
        Arrays.fill(pending, 0);
        scratch.release(mark);
    }
}
