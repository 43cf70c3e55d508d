package io.driftwood.inference.sample;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.target.Target;
import io.driftwood.inference.transition.Cloud;
import io.driftwood.inference.transition.MoveInfo;
import io.driftwood.inference.transition.Transition;
import io.driftwood.inference.transition.Transitions;
import io.driftwood.inference.transition.Tuning;
import io.driftwood.inference.transition.WarmUp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parallel Markov chains: every particle is a chain of its own from a draw of the reference. Step size and mass matrix are common to
 * them and learnt in a warm-up, whose draws are thrown away; then nothing adapts any more. Draws are consistent in the length of the
 * chains; of a kernel without an accept step they are biased, and say so. No estimate of the normaliser.
 *
 * <p>Chains do not find modes that are far from where they begin: see the R-hat, and {@link SmcSampler} or {@link SimulatedTempering}.
 */
final class ChainSampler implements Sampler {

    static final List<Option> OPTIONS = List.of(AnnealingOptions.TRANSITION, AnnealingOptions.MASS,
            Option.withDefault("warm-up", Shape.integer(0, 10_000_000), 500L, "moves of each chain, not kept, in which step size and mass matrix are learnt"),
            Option.withDefault("thin", Shape.integer(1, 1_000_000), 1L, "moves from one draw that is kept to the next"));

    private final Transition transition;
    private final boolean dense;
    private final int warmUp;
    private final int thin;

    ChainSampler(Settings s) {
        this.transition = Transitions.CATALOGUE.build(s.struct("transition"));
        this.dense = AnnealingOptions.dense(s);
        this.warmUp = s.count("warm-up");
        this.thin = s.count("thin");
    }

    @Override
    public String refusal(Problem problem) { return Refusals.domain(problem, transition); }

    @Override
    public Draws draw(Problem problem, int size, int length, Randomness random) {
        Run run = new Run(problem, size, random);
        run.warmUp();
        Particles draws = run.keep(length);
        Map<String, Double> facts = new LinkedHashMap<>();
        facts.put(Draws.ACCEPTANCE, run.info.acceptance());
        facts.put(Draws.GRADIENTS, (double) size * run.evaluations);
        facts.put(Draws.NON_FINITE, (double) run.info.rejectedNonFinite);
        facts.put("step-size", run.tuning.stepSize);
        return new Draws(draws, new LogWeights(draws.size), size, Evidence.NONE, transition.exactness().bias(), facts);
    }

    /** The chains of one run. */
    private final class Run {

        private final Scratch scratch = new Scratch();
        private final Target target;
        private final Randomness random;
        private final Particles x;
        private final Tuning tuning;
        private final Cloud cloud = new Cloud();
        private final Cloud spare = new Cloud();
        private final MoveInfo info = new MoveInfo();
        private long evaluations;

        Run(Problem problem, int size, Randomness random) {
            this.target = problem.target();
            this.random = random;
            this.x = Starts.of(problem, size, random, AnnealedWalk.LEARNING, scratch);
            this.tuning = Starts.tuning(problem, transition);
            cloud.over(x);
            target.evaluate(x, cloud.logDensity(), cloud.score(), scratch);
            info.evaluations++;
            transition.refresh(cloud, target, tuning, random, AnnealedWalk.LEARNING, 0, scratch);
        }

        void warmUp() {
            WarmUp learning = new WarmUp(transition, x.dimension, dense, warmUp);
            for (int move = 0; !learning.frozen(); move++) {
                learning.update(x, move(AnnealedWalk.LEARNING, move), tuning, scratch);
            }
            evaluations = info.evaluations;
            info.clear();
        }

        Particles keep(int length) {
            Particles kept = new Particles(x.size * length, x.dimension);
            for (int t = 0; t < length; t++) {
                for (int k = 0; k < thin; k++) {
                    move(AnnealedWalk.MAIN, t * thin + k);
                }
                for (int j = 0; j < x.dimension; j++) {
                    System.arraycopy(x.values, j * x.stride, kept.values, j * kept.stride + t * x.size, x.size);
                }
            }
            kept.pad();
            evaluations += info.evaluations;
            return kept;
        }

        private double move(long step, int iteration) {
            return transition.move(cloud, spare, target, tuning, random, step, iteration, info, scratch);
        }
    }
}
