package io.driftwood.inference.variational;

import java.util.Arrays;

/**
 * What is tuned of paths with K bridges in d dimensions, one vector in parts: a step (delta, or epsilon of overdamped dynamics) &gt; 0; a friction, eta in
 * [0, 1) or gamma &gt; 0 as the method has it, without meaning for overdamped dynamics; increments of the inverse temperatures, positive, of which only the
 * ratios matter; mean and log standard deviations of the start; and whatever else the {@link PathPlan} has. Immutable.
 */
public final class PathParameters {

    final Layout layout;
    private final double[] flat;

    PathParameters(Layout layout, double[] flat) {
        if (flat.length != layout.total()) {
            throw new IllegalArgumentException(flat.length + " numbers are not parameters for " + layout);
        }
        this.layout = layout;
        this.flat = flat;
    }

    /** A standard normal start and evenly spaced bridges, and no more. */
    public static PathParameters standard(int dimension, int bridges, double step, double friction) {
        return PathPlan.of(Method.UHA, dimension, bridges).first(step, friction);
    }

    public double step() { return flat[0]; }

    public double friction() { return flat[1]; }

    public double[] increments() { return section(Section.INCREMENTS); }

    public double[] mean() { return section(Section.MEAN); }

    public double[] logSd() { return section(Section.LOG_SD); }

    public PathParameters withSteps(double newStep, double newFriction) {
        return with(Section.STEP, new double[] {newStep}).with(Section.FRICTION, new double[] {newFriction});
    }

    public PathParameters withStart(double[] newMean, double[] newLogSd) { return with(Section.MEAN, newMean).with(Section.LOG_SD, newLogSd); }

    public PathParameters withIncrements(double[] newIncrements) { return with(Section.INCREMENTS, newIncrements); }

    public int dimension() { return layout.dimension; }

    /** All parts one after another; step first, then friction, increments, mean and log sd. */
    public double[] flat() { return flat.clone(); }

    /** The inverse of {@link #flat}, for parameters of the same sizes as these. */
    public PathParameters unflatten(double[] numbers) { return new PathParameters(layout, numbers.clone()); }

    /** The numbers themselves, not to be written to. */
    double[] raw() { return flat; }

    double[] section(Section section) { return Arrays.copyOfRange(flat, layout.offset(section), layout.offset(section) + layout.length(section)); }

    PathParameters with(Section section, double[] numbers) {
        double[] changed = flat.clone();
        System.arraycopy(numbers, 0, changed, layout.offset(section), layout.length(section));
        return new PathParameters(layout, changed);
    }
}
