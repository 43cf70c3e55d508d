package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Bridged;
import io.driftwood.inference.target.GaussianTarget;
import java.util.Arrays;

/**
 * A step on bridges between two densities of which the first is no normal, in coordinates u with x = mean + L u:
 * <pre>   S(u, beta) = L^T (grad log pi_0 + beta grad ratio)   </pre>
 * A score is two blocks of d columns, of log pi_0 and of the ratio. The Jacobian of the coordinates is at both ends of a path, and left out.
 */
final class PopulationLeg extends Leg {

    private final Bridged bridged;
    private double[] centre;
    private double[] lower;
    /** log-ratio at {@code to}; log pi_0 is in {@code logDensity}. */
    final double[] logRatio;

    PopulationLeg(Bridged bridged, int size, PathPlan plan) {
        super(size, plan);
        this.bridged = bridged;
        this.logRatio = new double[stride];
    }

    void in(GaussianTarget coordinates) {
        this.centre = coordinates.mean();
        this.lower = coordinates.lower();
    }

    /** u = L^-1 (x - mean), column by column. */
    void whiten(Particles x, Particles white) {
        LaneMath math = LaneMath.get();
        for (int j = 0; j < dimension; j++) {
            int column = j * stride;
            for (int i = 0; i < stride; i++) {
                white.values[column + i] = x.values[column + i] - centre[j];
            }
            for (int k = 0; k < j; k++) {
                math.axpy(-lower[j * dimension + k], white.values, k * stride, white.values, column, stride);
            }
            double scale = lower[j * dimension + j];
            for (int i = 0; i < stride; i++) {
                white.values[column + i] /= scale;
            }
        }
    }

    /** x = mean + L u. */
    void colour(Particles white, Particles x) {
        LaneMath.get().lowerTimesColumns(lower, dimension, white.values, x.values, stride, stride);
        for (int j = 0; j < dimension; j++) {
            for (int i = j * stride; i < (j + 1) * stride; i++) {
                x.values[i] += centre[j];
            }
        }
    }

    @Override
    void evaluate(Scratch scratch) {
        int mark = scratch.mark();
        Particles x = new Particles(to.size, dimension, scratch.take(length()));
        double[] score = scratch.take(length());
        double[] ratioScore = scratch.take(length());
        double[] white = scratch.take(length());
        colour(to, x);
        bridged.evaluate(x, logDensity, score, logRatio, ratioScore, scratch);
        LaneMath math = LaneMath.get();
        math.lowerTransposedTimesColumns(lower, dimension, score, white, stride, stride);
        System.arraycopy(white, 0, toScore, 0, length());
        math.lowerTransposedTimesColumns(lower, dimension, ratioScore, white, stride, stride);
        System.arraycopy(white, 0, toScore, length(), length());
        scratch.release(mark);
    }

    @Override
    void fromBridgeScore(double[] out, Scratch scratch) { mix(fromScore, out); }

    @Override
    void toBridgeScore(double[] out, Scratch scratch) { mix(toScore, out); }

    private void mix(double[] score, double[] out) {
        System.arraycopy(score, 0, out, 0, length());
        LaneMath.get().axpy(beta, score, length(), out, 0, length());
    }
}
