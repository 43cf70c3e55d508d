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

/** A transition with its tuning by the population: mass matrix before the moves, step size between them. Owns the buffers of the moves. Whoever must not adapt overrides {@link #fitNextMass}, {@link #takeUpNextMass} and {@link #adapt}. */
public class Mover {

    /** Share of earlier populations in the mass matrix: they are independent of where the particles are now, and more draws. */
    private static final double MASS_MEMORY = 0.5;

    private final Transition transition;
    private final PopulationMass mass;
    private final SteinCalibration calibration = new SteinCalibration();
    private final boolean calibrated;
    private final Cloud cloud = new Cloud();
    private final Cloud spare = new Cloud();
    private double[] next = new double[0];
    private boolean evaluated;

    /**
     * @param denseMass mass matrix from the whole covariance of the population; otherwise from its variances
     * @param calibrated whether rejuvenated populations get {@link SteinCalibration calibrated} instead of equal weights
     */
    public Mover(Transition transition, boolean denseMass, boolean calibrated) {
        this.transition = transition;
        this.calibrated = calibrated;
        this.mass = new PopulationMass(denseMass);
    }

    public final Transition transition() { return transition; }

    public final boolean calibrated() { return calibrated; }

    /** Tuning of a new population in d dimensions. */
    public final Tuning initialTuning(int dimension) {
        Tuning tuning = new Tuning();
        tuning.stepSize = transition.initialStepSize(dimension);
        tuning.lower = new double[dimension * dimension];
        return tuning;
    }

    /**
     * Fits the mass matrix of the next rejuvenation to this weighted population, before resampling, which only adds noise. This
     * rejuvenation's is the last one's: a particle moved by a metric fitted to that very particle is drawn towards where it is, a
     * bias of order d/N per rejuvenation that adds up over a stream.
     */
    public void fitNextMass(Particles x, LogWeights weights, Tuning tuning, Scratch scratch) {
        if (next.length < tuning.lower.length) {
            next = new double[tuning.lower.length];
        }
        mass.fit(x, weights, tuning.lower, tuning.adaptations == 0 ? 0 : MASS_MEMORY, next, scratch);
        if (tuning.adaptations == 0) {
            takeUpNextMass(tuning);
        }
    }

    /** After the moves. */
    public void takeUpNextMass(Tuning tuning) { System.arraycopy(next, 0, tuning.lower, 0, tuning.lower.length); }

    /** Takes up these positions: evaluates the target at them and draws what the transition carries besides. */
    public final void begin(Particles x, Target target, Tuning tuning, Randomness random, long step, int iteration, MoveInfo info, Scratch scratch) {
        cloud.over(x);
        evaluate(target, info, scratch);
        transition.refresh(cloud, target, tuning, random, step, iteration, scratch);
    }

    /** The same positions, and what is carried besides, under another target from here on. */
    public final void evaluate(Target target, MoveInfo info, Scratch scratch) {
        target.evaluate(cloud.particles(), cloud.logDensity(), cloud.score(), scratch);
        evaluated = true;
        info.evaluations++;
    }

    /** Moves the positions taken up by {@link #begin} once, in place. */
    public final void move(Target target, Tuning tuning, Randomness random, long step, int iteration, MoveInfo info, Scratch scratch) {
        evaluated = transition.evaluates();
        double acceptance = transition.move(cloud, spare, target, tuning, random, step, iteration, info, scratch);
        adapt(tuning, acceptance, cloud.particles().dimension);
    }

    /** After each move, to its mean acceptance probability. */
    public void adapt(Tuning tuning, double acceptance, int dimension) {
        StepSizeAdaptation.update(tuning, acceptance, transition, dimension);
    }

    /** The score at the positions taken up, after their last move. */
    public final double[] score(Target target, MoveInfo info, Scratch scratch) {
        if (!evaluated) {
            evaluate(target, info, scratch);
        }
        return cloud.score();
    }

    /** Weights of an evenly weighted population with these scores. */
    public final void weigh(Particles x, double[] score, LogWeights weights, Scratch scratch) {
        weights.setUniform();
        if (calibrated) {
            calibration.calibrate(x, score, weights, scratch);
        }
    }
}
