package io.driftwood.inference.sample;

import io.driftwood.inference.assimilate.Annealer;
import io.driftwood.inference.assimilate.Mover;
import io.driftwood.inference.assimilate.Path;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.ReferencePath;
import io.driftwood.inference.assimilate.Rejuvenation;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.assimilate.Temperatures;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Problem;

/** The walks of a population between a problem's reference and its target: the annealer of the streams, on the geometric bridge. For one run. */
final class AnnealedWalk {

    /** Steps of the random address: walks of one run share nothing. */
    static final long LEARNING = 0;
    static final long MAIN = 1;
    static final long BACKWARD = 2;

    private final Problem problem;
    private final int size;
    private final Randomness random;
    private final CountedTarget target;
    private final Path path;
    private final Scratch scratch = new Scratch();

    AnnealedWalk(Problem problem, int size, Randomness random) {
        this.problem = problem;
        this.size = size;
        this.random = random;
        this.target = new CountedTarget(problem.target());
        this.path = new ReferencePath(problem.reference(), target);
    }

    /**
     * What a walk came to.
     *
     * @param logEvidence log of the ratio of the normalisers, end over start, with its standard error
     */
    record Outcome(Particles particles, LogWeights weights, double logEvidence, double standardError, StepInfo info) {

        /** Mean of the log-weights, the weights being those of independent particles: below the log-evidence in expectation. */
        double meanLogWeight() {
            double total = 0;
            for (int i = 0; i < weights.size; i++) {
                total += weights.log[i] + StrictMath.log(weights.size);
            }
            return logEvidence + total / weights.size;
        }
    }

    /** From draws of the reference to the target. */
    Outcome climb(Temperatures temperatures, Rejuvenation rejuvenation, Mover mover, long step) {
        PosteriorState state = start(mover, step);
        problem.reference().sample(state.particles, random, step, Purpose.START, 0, scratch);
        return carry(state, path, temperatures, rejuvenation, mover);
    }

    /** From exact draws of the target to the reference. */
    Outcome descend(Temperatures temperatures, Rejuvenation rejuvenation, Mover mover) {
        PosteriorState state = start(mover, BACKWARD);
        problem.exactSampler().orElseThrow().sample(state.particles, random, BACKWARD, 0, scratch);
        return carry(state, new BackwardPath(path), temperatures, rejuvenation, mover);
    }

    /** A first walk that adapts its temperatures and its tuning, and writes down both. */
    Ladder learn(Temperatures temperatures, Rejuvenation rejuvenation, Mover mover) {
        LadderSearch search = new LadderSearch();
        climb(search.heard(temperatures), search.heard(rejuvenation), mover, LEARNING);
        return search.ladder();
    }

    long gradients() { return target.gradients(); }

    private PosteriorState start(Mover mover, long step) {
        PosteriorState state = new PosteriorState();
        state.keyBits = random.keyBits();
        state.step = step;
        state.particles = new Particles(size, target.dimension());
        state.weights = new LogWeights(size);
        state.tuning = mover.initialTuning(target.dimension());
        return state;
    }

    /** Moves at the end of the path too, whatever the weights are there. */
    private Outcome carry(PosteriorState state, Path along, Temperatures temperatures, Rejuvenation rejuvenation, Mover mover) {
        Annealer annealer = new Annealer(temperatures, Double.POSITIVE_INFINITY, rejuvenation, mover);
        StepInfo info = new StepInfo();
        if (!annealer.carry(state, along, info, scratch)) {
            throw new SamplingException("the particles cannot be carried from the reference to the target: no step keeps enough of them. "
                    + "Give the target a reference that covers it, or take more particles");
        }
        double variance = state.logEvidenceVariance + annealer.stageVariance(state.weights);
        return new Outcome(state.particles, state.weights, state.logEvidence, Math.sqrt(variance), info);
    }
}
