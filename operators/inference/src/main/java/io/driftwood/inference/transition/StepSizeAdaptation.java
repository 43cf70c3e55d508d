package io.driftwood.inference.transition;

/**
 * Adapts the step size between moves from the population's mean acceptance probability a:
 * <pre>   log h += g (a - a*),   g = max(0.5, 2 / (1 + n / 4)) after n moves   </pre>
 * The mean is over N particles and hence precise, so the gain stays finite: the step follows a posterior that sharpens.
 *
 * <p>Adaptation by the population makes log-evidence consistent (bias O(1/N)) rather than unbiased.
 */
public final class StepSizeAdaptation {

    private StepSizeAdaptation() {}

    /** @param acceptance of the last move; nothing is adapted for a transition that has no accept step */
    public static void update(Tuning tuning, double acceptance, Transition transition, int dimension) {
        double targetAcceptance = transition.targetAcceptance();
        if (Double.isNaN(targetAcceptance)) {
            return;
        }
        double gain = Math.max(0.5, 2.0 / (1 + tuning.adaptations / 4.0));
        double next = tuning.stepSize * StrictMath.exp(gain * (acceptance - targetAcceptance));
        tuning.stepSize = Math.min(transition.largestStepSize(dimension), Math.max(1e-6 * transition.initialStepSize(dimension), next));
        tuning.adaptations++;
    }
}
