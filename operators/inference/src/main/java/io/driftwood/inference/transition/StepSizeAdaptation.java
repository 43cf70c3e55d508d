package io.driftwood.inference.transition;

/**
 * Adapts the step size between moves from the population's mean acceptance probability a:
 * <pre>   log h += g (a - a*),   g = max(0.5, 2 / (1 + n / 4)) after n moves   </pre>
 * The mean is over N particles and hence precise, so the gain stays finite: the step follows a posterior that sharpens.
 *
 * <p>A kernel without an accept step keeps its step, and shortens it while moves of some particles leave the finite numbers: its a is the share
 * of moves that do not, and its a* is 1.
 *
 * <p>Adaptation by the population makes log-evidence consistent (bias O(1/N)) rather than unbiased.
 */
public final class StepSizeAdaptation {

    private StepSizeAdaptation() {}

    /** @param acceptance what the last move returned */
    public static void update(Tuning tuning, double acceptance, Transition transition, int dimension) {
        double goal = Double.isNaN(transition.targetAcceptance()) ? 1 : transition.targetAcceptance();
        double gain = Math.max(0.5, 2.0 / (1 + tuning.adaptations / 4.0));
        double next = tuning.stepSize * StrictMath.exp(gain * (acceptance - goal));
        tuning.stepSize = Math.min(transition.largestStepSize(dimension), Math.max(1e-6 * transition.initialStepSize(dimension), next));
        tuning.adaptations++;
    }
}
