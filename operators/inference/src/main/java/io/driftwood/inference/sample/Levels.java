package io.driftwood.inference.sample;

import io.driftwood.inference.assimilate.Mover;
import io.driftwood.inference.assimilate.Rejuvenations;
import io.driftwood.inference.assimilate.Temperatures;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.particle.SystematicResampler;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GeometricBridge;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.transition.Cloud;
import io.driftwood.inference.transition.MoveInfo;
import io.driftwood.inference.transition.Transition;

/**
 * The levels of tempering, 0 = beta_0 &lt; beta_1 &lt; ... &lt; beta_J = 1, and the kernel of each: at level 0 an independent draw of the
 * reference, above it the transition with the ladder's tuning there. For one run.
 */
final class Levels {

    private static final Settings UNTIL_MOVED = Settings.of("type", "until-moved", "share", 0.8, "max-moves", 20L);

    private final Problem problem;
    private final Transition transition;
    private final Ladder ladder;
    private final GeometricBridge bridge;
    private final CountedTarget target;
    private final Randomness random;
    private final int moves;
    private final Cloud cloud = new Cloud();
    private final Cloud spare = new Cloud();
    private final Scratch scratch = new Scratch();
    private final long gradientsOfLearning;
    final MoveInfo info = new MoveInfo();

    /** @param gradientsOfLearning that learning the ladder took */
    Levels(Problem problem, Transition transition, Ladder ladder, int moves, Randomness random, long gradientsOfLearning) {
        this.problem = problem;
        this.transition = transition;
        this.ladder = ladder;
        this.random = random;
        this.moves = moves;
        this.gradientsOfLearning = gradientsOfLearning;
        this.target = new CountedTarget(problem.target());
        this.bridge = new GeometricBridge(problem.reference(), target);
    }

    /** On a ladder learnt by a sequential Monte Carlo run of so many particles. */
    static Levels learn(Problem problem, Transition transition, boolean dense, Temperatures temperatures, int moves, int size, Randomness random) {
        AnnealedWalk first = new AnnealedWalk(problem, size, random);
        Ladder ladder = first.learn(temperatures, Rejuvenations.CATALOGUE.build(UNTIL_MOVED).with(new SystematicResampler()),
                new Mover(transition, dense, false));
        return new Levels(problem, transition, ladder, moves, random, first.gradients());
    }

    /** J + 1. */
    int count() { return ladder.rungs() + 1; }

    double beta(int level) { return level == 0 ? 0 : ladder.betas()[level - 1]; }

    /** log Z_j - log Z_0 as the ladder has it. */
    double logNormaliser(int level) { return level == 0 ? 0 : ladder.logNormalisers()[level - 1]; }

    long gradients() { return gradientsOfLearning + target.gradients(); }

    /**
     * Moves these particles at a level, in place.
     *
     * @param step part of the random address
     * @param iteration too; calls of one step differ in it or in the level
     */
    void move(Particles x, int level, long step, int iteration) {
        int address = iteration * count() + level;
        if (level == 0) {
            problem.reference().sample(x, random, step, Purpose.START, address, scratch);
            return;
        }
        cloud.over(x);
        bridge.at(beta(level)).evaluate(x, cloud.logDensity(), cloud.score(), scratch);
        transition.refresh(cloud, bridge, ladder.tuning(level - 1), random, step, address * moves, scratch);
        for (int k = 0; k < moves; k++) {
            transition.move(cloud, spare, bridge, ladder.tuning(level - 1), random, step, address * moves + k, info, scratch);
        }
    }

    /** u = log p - log q0; minus infinity where that is no number. */
    void logRatio(Particles x, double[] out) {
        bridge.logRatio(x, out, scratch);
        for (int i = 0; i < x.stride; i++) {
            out[i] = out[i] == out[i] ? out[i] : Double.NEGATIVE_INFINITY;
        }
    }
}
