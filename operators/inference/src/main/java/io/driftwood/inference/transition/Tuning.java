package io.driftwood.inference.transition;

/**
 * Tuning of a transition: step size and mass matrix. Its own type because it is neither posterior state nor information:
 * it is saved with the state, and is frozen while a kernel must be exact.
 *
 * <p>The mass matrix is the inverse of the population covariance C = L L^T, held as L, lower triangular, row-major d x d
 * (a diagonal mass matrix is a diagonal L). Kernels move in the whitened coordinates u = L^-1 x.
 */
public final class Tuning {

    /** Step size in whitened coordinates. */
    public double stepSize;
    /** L, length d*d. */
    public double[] lower;
    /** Moves the step size has been adapted to. */
    public long adaptations;

    /** To start from in d dimensions: the transition's own first step, and unit mass. */
    public static Tuning initial(Transition transition, int dimension) {
        Tuning tuning = new Tuning();
        tuning.stepSize = transition.initialStepSize(dimension);
        tuning.lower = new double[dimension * dimension];
        for (int j = 0; j < dimension; j++) {
            tuning.lower[j * dimension + j] = 1;
        }
        return tuning;
    }
}
