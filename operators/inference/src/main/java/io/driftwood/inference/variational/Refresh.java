package io.driftwood.inference.variational;

/**
 * How a momentum is partly forgotten on the way forward, and guessed on the way back:
 * <pre>
 *   F  rho' = aF rho + sF xi,  xi ~ N(0, I)          B  rho ~ N(aB rho' + 2 (1 - aB) s, vB I),   s the score network or 0
 *
 *                    parameter   aF        sF^2           aB        vB            with h = gamma delta
 *   PARTIAL          eta         eta       1 - eta^2      eta       1 - eta^2
 *   EULER            gamma       1 - h     2h             1 - h     2h
 *   EXACT_THEN_EULER gamma       e^-h      1 - e^-2h      1 - h     2h
 *   EXACT            gamma       e^-h      1 - e^-2h      e^-h      1 - e^-2h
 *   KEPT, COOLED     (beta_0)    1         0              1         0
 * </pre>
 * Only where both have the same spread can the log-weight be free of loss in equilibrium: EXACT_THEN_EULER loses
 * <pre>   ((r - 1 - log r) + (e^-h - 1 + h)^2 / (2h)) / 2   nats a coordinate and step,   r = (1 - e^-2h) / (2h)   </pre>
 * COOLED is in units in which cooling does not show: sqrt(beta) times the momentum, so that kicks have sqrt(beta) times the step, and drifts the step over it,
 * <pre>   1/sqrt(beta_k) = s + (1 - s) k^2/K^2,   s = 1/sqrt(beta_0),   step k with beta_(k-1)   </pre>
 */
enum Refresh {
    PARTIAL, EULER, EXACT_THEN_EULER, EXACT, KEPT, COOLED;

    /** The numbers of the table, or a cotangent of each. */
    record Coefficients(double keptForward, double spreadForward, double keptBackward, double varianceBackward) {

        /** Factor of the score network in the backward mean. */
        double guided() { return 2 * (1 - keptBackward); }
    }

    /**
     * @param step delta
     * @param parameter eta in [0, 1) or gamma &gt; 0
     */
    Coefficients at(double step, double parameter) {
        double h = parameter * step;
        double decay = StrictMath.exp(-h);
        double lost = -StrictMath.expm1(-2 * h);
        return switch (this) {
            case PARTIAL -> symmetric(parameter, (1 - parameter) * (1 + parameter));
            case EULER -> symmetric(1 - h, 2 * h);
            case EXACT_THEN_EULER -> new Coefficients(decay, Math.sqrt(lost), 1 - h, 2 * h);
            case EXACT -> symmetric(decay, lost);
            case KEPT, COOLED -> symmetric(1, 0);
        };
    }

    private static Coefficients symmetric(double kept, double variance) { return new Coefficients(kept, Math.sqrt(variance), kept, variance); }

    /** Derivative in the parameter itself (PARTIAL) or in h of what has the cotangents {@code bar}. */
    double derivative(double step, double parameter, Coefficients bar) {
        Coefficients c = at(step, parameter);
        double kept = bar.keptForward + bar.keptBackward;
        double decay = StrictMath.exp(-parameter * step);
        return switch (this) {
            case PARTIAL -> kept - parameter / c.spreadForward * bar.spreadForward - 2 * parameter * bar.varianceBackward;
            case EULER -> -kept + bar.spreadForward / c.spreadForward + 2 * bar.varianceBackward;
            case EXACT_THEN_EULER -> -decay * bar.keptForward - bar.keptBackward + decay * decay / c.spreadForward * bar.spreadForward + 2 * bar.varianceBackward;
            case EXACT -> -decay * kept + decay * decay * (bar.spreadForward / c.spreadForward + 2 * bar.varianceBackward);
            case KEPT, COOLED -> 0;
        };
    }

    /** sqrt(beta) of step k of K, both from 0; 1 where nothing cools. */
    double cooling(double coldness, int k, int bridges) {
        double s = 1 / Math.sqrt(coldness);
        return this == COOLED ? 1 / (s + (1 - s) * share(k, bridges)) : 1;
    }

    /** The derivative of {@link #cooling} in beta_0. */
    double coolingDerivative(double coldness, int k, int bridges) {
        double root = cooling(coldness, k, bridges);
        return this == COOLED ? root * root * (1 - share(k, bridges)) * 0.5 / (coldness * Math.sqrt(coldness)) : 0;
    }

    private static double share(int k, int bridges) { return (double) k * k / ((double) bridges * bridges); }

    /** Whether momenta are drawn anew in part; otherwise steps are deterministic. */
    boolean draws() { return this != KEPT && this != COOLED; }

    /** Whether the parameter is a share: eta kept at every step, or beta_0; a rate gamma otherwise. */
    boolean isShare() { return this == PARTIAL || this == COOLED; }
}
