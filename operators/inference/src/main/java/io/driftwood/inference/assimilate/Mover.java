package io.driftwood.inference.assimilate;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;
import io.driftwood.inference.transition.Cloud;
import io.driftwood.inference.transition.MoveInfo;
import io.driftwood.inference.transition.PopulationMass;
import io.driftwood.inference.transition.StepSizeAdaptation;
import io.driftwood.inference.transition.Transition;
import io.driftwood.inference.transition.Tuning;

/** A transition with its tuning by the population: mass matrix before the moves, step size between them. Owns the buffers of the moves. */
final class Mover {

    private final Transition transition;
    private final PopulationMass mass;
    private final Cloud cloud = new Cloud();
    private final Cloud spare = new Cloud();

    Mover(Transition transition, boolean denseMass) {
        this.transition = transition;
        this.mass = new PopulationMass(denseMass);
    }

    Transition transition() { return transition; }

    /** Tuning of a new population in d dimensions. */
    Tuning initialTuning(int dimension) {
        Tuning tuning = new Tuning();
        tuning.stepSize = transition.initialStepSize(dimension);
        tuning.lower = new double[dimension * dimension];
        return tuning;
    }

    /** Fits the mass matrix to the weighted population; to be called before resampling, which only adds noise. */
    void fitMass(Particles x, LogWeights weights, Tuning tuning, Scratch scratch) { mass.fit(x, weights, tuning, scratch); }

    /** Takes up these positions: evaluates the target at them. */
    void begin(Particles x, Target target, MoveInfo info, Scratch scratch) {
        cloud.over(x);
        target.evaluate(x, cloud.logDensity(), cloud.score(), scratch);
        info.evaluations++;
    }

    /** Moves the positions taken up by {@link #begin} once, in place. */
    void move(Target target, Tuning tuning, Randomness random, long step, int iteration, MoveInfo info, Scratch scratch) {
        double acceptance = transition.move(cloud, spare, target, tuning, random, step, iteration, info, scratch);
        StepSizeAdaptation.update(tuning, acceptance, transition.targetAcceptance(), transition.initialStepSize(cloud.particles().dimension));
    }
}
