package io.driftwood.inference.denoise;

import io.driftwood.inference.numeric.Scratch;
import java.util.Arrays;

/**
 * All that measurements y_1..y_m of one x say about it, in 2d + 7 numbers whatever m: with lambda_ij the precision of coordinate j of measurement i,
 * 0 where it is missing,
 * <pre>
 *   Lambda_j = sum_i lambda_ij      c_j = sum_i lambda_ij y_ij / Lambda_j      R = sum_ij lambda_ij (y_ij - c_j)^2
 *   p(y_1..y_m | x) = e^(logConstant - R/2) e^(-sum_j Lambda_j (x_j - c_j)^2 / 2)
 * </pre>
 * A commutative monoid: {@link #absorb} adds what another state has seen, {@link #remove} takes it back, an empty state is the unit. Mean and scatter in
 * place of sums of y and y^2, so that no digits are lost when |y| is large beside the noise (Chan, Golub and LeVeque 1983). Saved as it stands.
 */
public final class DenoisingState {

    /** What remains below this share of a precision after a removal is rounding, and nothing. */
    private static final double NOTHING = 0x1p-40;

    /** R is known to this at least, also after an outlier has come and gone, whose square left rounding behind. */
    private static final double DOUBT = 1e-3;

    /** Lambda. */
    public final double[] precision;
    /** c; 0 where nothing has been measured. */
    public final double[] centre;
    /** R. */
    public double scatter;
    /** Sum of the logarithms of the channel's constants. */
    public double logConstant;
    /** m; after discounting their effective number. */
    public double measurements;
    /** Coordinates measured, over all measurements; after discounting their effective number. */
    public double observed;
    /** Steps taken; never falls. The step counter of random addresses. */
    public long steps;
    /** log of the integral of the prior times the last factor above; NaN when it is not known. */
    public double logMass = Double.NaN;
    /** The fingerprint of the prior that {@link #logMass} is of. */
    public double prior;

    public DenoisingState(int dimension) {
        precision = new double[dimension];
        centre = new double[dimension];
    }

    public int dimension() { return precision.length; }

    /** As before the first measurement; the step counter stays. */
    public void clear() {
        Arrays.fill(precision, 0);
        Arrays.fill(centre, 0);
        scatter = 0;
        logConstant = 0;
        measurements = 0;
        observed = 0;
        logMass = Double.NaN;
    }

    /** Numbers that {@link #write} writes. */
    public static int length(int dimension) { return 2 * dimension + 6; }

    /** All but {@link #steps} as numbers in a row. */
    public void write(double[] out) {
        int d = precision.length;
        System.arraycopy(precision, 0, out, 0, d);
        System.arraycopy(centre, 0, out, d, d);
        out[2 * d] = scatter;
        out[2 * d + 1] = logConstant;
        out[2 * d + 2] = measurements;
        out[2 * d + 3] = observed;
        out[2 * d + 4] = logMass;
        out[2 * d + 5] = prior;
    }

    /** What {@link #write} wrote. */
    public void read(double[] in) {
        int d = precision.length;
        System.arraycopy(in, 0, precision, 0, d);
        System.arraycopy(in, d, centre, 0, d);
        scatter = in[2 * d];
        logConstant = in[2 * d + 1];
        measurements = in[2 * d + 2];
        observed = in[2 * d + 3];
        logMass = in[2 * d + 4];
        prior = in[2 * d + 5];
    }

    /** This becomes what one measurement says. Missing coordinates are NaN. */
    public void measure(double[] y, double[] noise, Channel channel, Scratch scratch) {
        int mark = scratch.mark();
        double[] precisions = scratch.take(noise.length);
        double[] constants = scratch.take(noise.length);
        for (int j = 0; j < noise.length; j++) {
            precisions[j] = channel.precision(noise[j]);
        }
        channel.logConstants(precisions, constants, noise.length);
        clear();
        for (int j = 0; j < precision.length; j++) {
            if (!Double.isNaN(y[j])) {
                int own = noise.length == 1 ? 0 : j;
                precision[j] = precisions[own];
                centre[j] = y[j];
                logConstant += constants[own];
                observed++;
            }
        }
        scratch.release(mark);
        measurements = 1;
        steps = 0;
    }

    /** Adds what {@code other}, which stays as it is, has seen of the same x. */
    public void absorb(DenoisingState other) {
        for (int j = 0; j < precision.length; j++) {
            double sum = precision[j] + other.precision[j];
            if (other.precision[j] > 0) {
                double share = other.precision[j] / sum;
                double difference = other.centre[j] - centre[j];
                scatter = Math.fma(precision[j] * share, difference * difference, scatter);
                centre[j] = precision[j] > 0 ? Math.fma(share, difference, centre[j]) : other.centre[j];
                precision[j] = sum;
            }
        }
        scatter += other.scatter;
        logConstant += other.logConstant;
        measurements += other.measurements;
        observed += other.observed;
        steps += other.steps;
        logMass = Double.NaN;
    }

    /** Whether this can have absorbed {@code other}, as far as the sums tell: what it would leave must not be less than nothing. */
    public boolean holds(DenoisingState other) {
        double left = scatter - other.scatter;
        boolean enough = other.measurements <= measurements * (1 + NOTHING);
        for (int j = 0; j < precision.length; j++) {
            if (other.precision[j] > 0) {
                double rest = precision[j] - other.precision[j];
                boolean last = !(rest > NOTHING * precision[j]);
                double square = other.precision[j] * (other.centre[j] - centre[j]) * (other.centre[j] - centre[j]);
                enough &= rest >= -NOTHING * precision[j] && (!last || square <= DOUBT);
                left -= last ? 0 : square * precision[j] / rest;
            }
        }
        return enough && left >= -DOUBT;
    }

    /** Takes back what {@code other} has seen and this has absorbed, to rounding; steps stay. */
    public void remove(DenoisingState other) {
        for (int j = 0; j < precision.length; j++) {
            if (other.precision[j] > 0) {
                double left = precision[j] - other.precision[j];
                left = left > NOTHING * precision[j] ? left : 0;
                double before = left > 0 ? Math.fma(other.precision[j] / left, centre[j] - other.centre[j], centre[j]) : 0;
                double difference = other.centre[j] - before;
                scatter = Math.fma(-left * (other.precision[j] / precision[j]), difference * difference, scatter);
                centre[j] = before;
                precision[j] = left;
            }
        }
        logConstant -= other.logConstant;
        measurements -= other.measurements;
        observed -= other.observed;
        scatter = observed > 0 ? Math.max(0, scatter - other.scatter) : 0;
        logMass = Double.NaN;
    }

    /** The likelihood of everything so far is raised to the power {@code factor}: a window of 1/(1 - factor) measurements when done before each. */
    void discount(double factor) {
        for (int j = 0; j < precision.length; j++) {
            precision[j] *= factor;
        }
        scatter *= factor;
        logConstant *= factor;
        measurements *= factor;
        observed *= factor;
        logMass = Double.NaN;
    }
}
