package io.driftwood.inference.transition;

/**
 * The step size of a warm-up by dual averaging: after move t with acceptance probability a_t,
 * <pre>
 *   H_t = (1 - 1/(t + t0)) H_(t-1) + (a* - a_t) / (t + t0)
 *   log h_(t+1) = mu - sqrt(t) / gamma H_t,     mu = log(10 h_1)
 *   log hbar_t = t^-kappa log h_(t+1) + (1 - t^-kappa) log hbar_(t-1)
 * </pre>
 * with gamma = 0.05, t0 = 10, kappa = 0.75. Moves take h; what is kept when the warm-up ends is the average hbar.
 *
 * <p>Reference: Hoffman and Gelman (2014), JMLR 15, algorithm 5. Differs from it: nothing; a_t may be a mean over chains.
 */
public final class DualAveraging {

    private static final double GAMMA = 0.05;
    private static final double T0 = 10;
    private static final double KAPPA = 0.75;

    private final double goal;
    private double centre;
    private double error;
    private double logAverage;
    private long moves;

    /** @param goal a*, the acceptance probability to reach */
    public DualAveraging(double goal, double initialStepSize) {
        this.goal = goal;
        restart(initialStepSize);
    }

    /** Forgets all moves, as is due when the mass matrix has changed. */
    public void restart(double initialStepSize) {
        centre = StrictMath.log(10 * initialStepSize);
        error = 0;
        logAverage = 0;
        moves = 0;
    }

    /** @return the step size of the next move */
    public double update(double acceptance) {
        moves++;
        double share = 1 / (moves + T0);
        error = (1 - share) * error + share * (goal - acceptance);
        double logStep = centre - Math.sqrt(moves) / GAMMA * error;
        double weight = StrictMath.pow(moves, -KAPPA);
        logAverage = weight * logStep + (1 - weight) * logAverage;
        return StrictMath.exp(logStep);
    }

    /** hbar. */
    public double average() { return StrictMath.exp(logAverage); }
}
