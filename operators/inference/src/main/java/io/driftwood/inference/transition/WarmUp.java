package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;

/**
 * The tuning of chains that have a warm-up and then stop adapting: the step size by {@link DualAveraging} towards the transition's acceptance
 * rate, the mass matrix from the warm-up's own draws. After the last move of the warm-up nothing adapts any more, so that an exact kernel is
 * exact from there on; draws before it are not used.
 *
 * <pre>
 *   [0, 15 %)     step size only: the chains find the mass of the posterior
 *   [15 %, 90 %)  draws are gathered; mass matrix anew at 30 %, 50 % and 90 %, each from the draws since the one before, and the step size begins anew
 *   [90 %, 100 %) step size only; its average is kept
 * </pre>
 * Of a kernel without an accept step only the mass matrix is adapted, and its step shortened while moves leave the finite numbers.
 *
 * <p>Mutable; one for a group of chains that share their tuning. After the windowed warm-up of Stan, Carpenter et al. (2017). Differs from it: windows
 * are shares of the warm-up, and all chains share one tuning.
 */
public final class WarmUp {

    private final Transition transition;
    private final int length;
    private final double initialStepSize;
    private final DrawnMass mass;
    private final DualAveraging step;
    private int moves;

    /** @param length moves of the warm-up; 0 freezes the tuning at once; below some 100 the windows are too short to help */
    public WarmUp(Transition transition, int dimension, boolean denseMass, int length) {
        this.transition = transition;
        this.length = length;
        this.initialStepSize = transition.initialStepSize(dimension);
        this.mass = new DrawnMass(dimension, denseMass);
        this.step = new DualAveraging(transition.targetAcceptance(), initialStepSize);
    }

    /** Whether the warm-up is over and the tuning stays as it is. */
    public boolean frozen() { return moves >= length; }

    /** After a move of all chains to {@code x} with this mean acceptance probability; does nothing once frozen. */
    public void update(Particles x, double acceptance, Tuning tuning, Scratch scratch) {
        if (frozen()) {
            return;
        }
        moves++;
        adaptStep(x, acceptance, tuning);
        if (moves > share(0.15) && moves <= share(0.9)) {
            mass.add(x, scratch);
        }
        if (moves == share(0.3) || moves == share(0.5) || moves == share(0.9)) {
            mass.factor(tuning.lower);
            mass.clear();
            tuning.stepSize = initialStepSize;
            step.restart(initialStepSize);
        }
        if (frozen() && adaptsStep()) {
            tuning.stepSize = Math.min(step.average(), transition.largestStepSize(x.dimension));
        }
    }

    private void adaptStep(Particles x, double acceptance, Tuning tuning) {
        if (adaptsStep()) {
            tuning.stepSize = Math.min(step.update(acceptance), transition.largestStepSize(x.dimension));
        } else {
            StepSizeAdaptation.update(tuning, acceptance, transition, x.dimension);
        }
    }

    private boolean adaptsStep() { return !Double.isNaN(transition.targetAcceptance()); }

    private int share(double of) { return (int) (of * length); }
}
