package io.driftwood.inference.transition;

/**
 * Tuning of a transition: step size and mass matrix. Its own type because it is neither posterior state nor information:
 * it is saved with the state, and is frozen while a kernel must be exact.
 *
 * <p>The mass matrix is held as the population covariance C = L L^T (its inverse): dense, {@code lower} is L row-major d x d;
 * diagonal, {@code lower} is the diagonal of L, length d.
 */
public final class Tuning {

    public double stepSize;
    public boolean dense;
    public double[] lower;
    /** Moves seen by the step size adaptation. */
    public long adaptations;
    /** Running mean of log step size and of the acceptance error; see {@link StepSizeAdaptation}. */
    public double logStepMean;
    public double errorMean;
}
