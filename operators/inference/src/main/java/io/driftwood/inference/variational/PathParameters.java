package io.driftwood.inference.variational;

import java.util.Arrays;

/**
 * What is tuned of paths with K bridges in d dimensions.
 *
 * @param step delta, or epsilon of overdamped dynamics, &gt; 0
 * @param friction eta in [0, 1) or gamma &gt; 0, as the method has it; without meaning for overdamped dynamics
 * @param increments of the inverse temperatures, min(32, K) + 1 positive numbers of which only the ratios matter
 * @param mean of the start, length d
 * @param logSd log standard deviations of the start, length d
 */
public record PathParameters(double step, double friction, double[] increments, double[] mean, double[] logSd) {

    /** A standard normal start and evenly spaced bridges. */
    public static PathParameters standard(int dimension, int bridges, double step, double friction) {
        return new PathParameters(step, friction, Bridges.even(bridges), new double[dimension], new double[dimension]);
    }

    public PathParameters withSteps(double newStep, double newFriction) { return new PathParameters(newStep, newFriction, increments, mean, logSd); }

    public PathParameters withStart(double[] newMean, double[] newLogSd) { return new PathParameters(step, friction, increments, newMean, newLogSd); }

    public PathParameters withIncrements(double[] newIncrements) { return new PathParameters(step, friction, newIncrements, mean, logSd); }

    public int dimension() { return mean.length; }

    /** (step, friction, increments, mean, logSd). */
    public double[] flat() {
        double[] flat = new double[2 + increments.length + 2 * mean.length];
        flat[0] = step;
        flat[1] = friction;
        System.arraycopy(increments, 0, flat, 2, increments.length);
        System.arraycopy(mean, 0, flat, 2 + increments.length, mean.length);
        System.arraycopy(logSd, 0, flat, 2 + increments.length + mean.length, mean.length);
        return flat;
    }

    /** The inverse of {@link #flat}, for parameters of the same sizes as these. */
    public PathParameters unflatten(double[] flat) {
        int start = 2 + increments.length;
        int scale = start + mean.length;
        return new PathParameters(flat[0], flat[1], Arrays.copyOfRange(flat, 2, start), Arrays.copyOfRange(flat, start, scale),
                Arrays.copyOfRange(flat, scale, scale + mean.length));
    }
}
