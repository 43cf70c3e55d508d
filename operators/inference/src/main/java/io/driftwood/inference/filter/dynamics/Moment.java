package io.driftwood.inference.filter.dynamics;

/**
 * What a model is told about the time of a step. Mutable and owned by whoever calls the model: not to be kept.
 */
public final class Moment {

    private static final double[] NONE = new double[0];

    /** Time since the previous record of this key, in the model's unit; 0 for several measurements of one moment, never negative. */
    public double elapsed = 1;
    /** Exogenous inputs of this record, in the order of {@link StateSpaceModel#inputs}; a missing one counts as 0. */
    public double[] inputs = NONE;

    public static Moment after(double elapsed) {
        Moment moment = new Moment();
        moment.elapsed = elapsed;
        return moment;
    }

    /** Elapsed time as a number of whole steps, for models that know no other: the nearest whole number. */
    public long wholeSteps() { return Math.round(elapsed); }
}
