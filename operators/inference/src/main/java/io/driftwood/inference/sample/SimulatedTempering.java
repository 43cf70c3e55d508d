package io.driftwood.inference.sample;

import io.driftwood.inference.assimilate.Temperatures;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.transition.Transition;
import io.driftwood.inference.transition.Transitions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Simulated tempering: every particle is a chain on (x, j), j a level between the reference and the target,
 * <pre>   pi(x, j) proportional to c_j q0(x)^(1 - beta_j) p(x)^beta_j   </pre>
 * A draw is where a chain is when it is at the top level; visits to the bottom, where it is drawn anew from the reference, let it change mode. Weights
 * that make all levels equally likely are learnt in a warm-up, by stochastic approximation, and then frozen:
 * <pre>   log c_j -= gamma_t (mean_i P(j | x_i) - 1/(J + 1)),   gamma_t = min(1, t0 / t)   </pre>
 * Then log Z = log(c_0 / c_J) + log(o_J / o_0), with o_j the mean of P(j | x), which knows more than how often a chain was at j. Consistent.
 *
 * <p>References: [1] Marinari and Parisi (1992), Europhysics Letters 19; [2] Wang and Landau (2001); [3] Tan (2017), optimally adjusted mixture
 * sampling, for the recursion with P(j | x). Differs from [1]: chains share the weights while these are learnt, not afterwards; levels, tuning and first
 * weights come from a sequential Monte Carlo run.
 */
final class SimulatedTempering implements Sampler {

    static final List<Option> OPTIONS = List.of(
            AnnealingOptions.temperatures("adaptive", "inverse temperatures of the levels above the reference: `adaptive`, how many, or a list that ends with 1"),
            AnnealingOptions.share(0.5), AnnealingOptions.POWER, AnnealingOptions.TRANSITION, AnnealingOptions.MASS,
            Option.withDefault("moves", Shape.integer(1, 4000), 1L, "moves between two attempts to change the level"),
            Option.withDefault("warm-up", Shape.integer(0, 10_000_000), 500L, "attempts, not kept, in which the weights of the levels are learnt"));

    private final Transition transition;
    private final boolean dense;
    private final Temperatures temperatures;
    private final int moves;
    private final int warmUp;

    SimulatedTempering(Settings s) {
        this.transition = Transitions.CATALOGUE.build(s.struct("transition"));
        this.dense = AnnealingOptions.dense(s);
        this.temperatures = AnnealingOptions.temperatures(s);
        this.moves = s.count("moves");
        this.warmUp = s.count("warm-up");
    }

    @Override
    public String refusal(Problem problem) { return Refusals.realLine(problem, transition); }

    @Override
    public Draws draw(Problem problem, int size, int length, Randomness random) {
        Levels levels = Levels.learn(problem, transition, dense, temperatures, moves, size, random);
        TemperedChains chains = new TemperedChains(levels, problem, size, random);
        chains.learnWeights(warmUp);
        TemperedChains.Visits visits = chains.untilAtTop(length);
        Evidence evidence = chains.evidence(transition.exactness().bias());
        Map<String, Double> facts = new LinkedHashMap<>();
        facts.put(Draws.ACCEPTANCE, levels.info.acceptance());
        facts.put(Draws.TEMPERATURES, levels.count() - 1.0);
        facts.put("level-acceptance", chains.levelAcceptance());
        facts.put("occupancy-min", chains.leastOccupancy());
        facts.put("occupancy-max", chains.greatestOccupancy());
        facts.put("iterations", (double) visits.iterations());
        facts.put(Draws.GRADIENTS, (double) levels.gradients());
        facts.put(Draws.NON_FINITE, (double) levels.info.rejectedNonFinite);
        return new Draws(visits.particles(), new LogWeights(visits.particles().size), size, evidence, transition.exactness().bias(), facts);
    }
}
