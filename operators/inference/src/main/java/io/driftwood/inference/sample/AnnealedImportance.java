package io.driftwood.inference.sample;

import io.driftwood.inference.assimilate.Mover;
import io.driftwood.inference.assimilate.Rejuvenations;
import io.driftwood.inference.assimilate.Temperatures;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.particle.SystematicResampler;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.transition.Transition;
import io.driftwood.inference.transition.Transitions;
import java.util.List;
import java.util.Map;

/**
 * Annealed importance sampling: every particle walks alone from the reference to the target,
 * <pre>   log w = sum_k (beta_k - beta_(k-1)) u(x_k),   x_(k+1) ~ T_k(x_k, .),   T_k leaves pi_(beta_k) invariant,   E w = Z   </pre>
 * Tuning, and temperatures unless they are given, are learnt by a sequential Monte Carlo run beforehand and then frozen, so the mean of the
 * weights is an unbiased estimate of the normaliser; the mean of their logarithms is a lower bound. With a generalised Hamiltonian kernel of one leapfrog, whose
 * momentum lives on from temperature to temperature, it is Hamiltonian annealed importance sampling.
 *
 * <p>References: [1] Neal (2001), Statistics and Computing 11; [2] Sohl-Dickstein and Culpepper (2012), Hamiltonian annealed importance
 * sampling. Differs from [1] and [2]: tuned by a first run.
 */
final class AnnealedImportance implements Sampler {

    static final List<Option> COMMON = List.of(
            AnnealingOptions.temperatures(100L, "inverse temperatures on the way: how many, a list that ends with 1, or `adaptive`"),
            AnnealingOptions.share(0.98), AnnealingOptions.POWER, AnnealingOptions.MASS,
            Option.withDefault("moves", Shape.integer(1, 4000), 1L, "moves at every temperature"), Bounds.OPTION);

    static final Option REFRESH = Option.withDefault("refresh", Shape.openFraction(), 0.9, "share of the momentum that is kept from move to move");

    /** A trajectory of one step is then a step of the tuned size. */
    private static final double UNBOUNDED = 1e9;

    private final Transition transition;
    private final boolean dense;
    private final Temperatures temperatures;
    private final int moves;
    private final boolean bounds;

    AnnealedImportance(Settings s, Transition transition) {
        this.transition = transition;
        this.dense = AnnealingOptions.dense(s);
        this.temperatures = AnnealingOptions.temperatures(s);
        this.moves = s.count("moves");
        this.bounds = s.flag(Bounds.OPTION.name());
    }

    /** p = eta p + sqrt(1 - eta^2) z, one leapfrog, accept or else p = -p. */
    static Transition hamiltonian(double refresh) {
        return Transitions.CATALOGUE.build(Settings.of("type", "hmc", "integration-time", UNBOUNDED, "integrator", "leapfrog", "refresh", refresh, "max-steps", 1L));
    }

    @Override
    public String refusal(Problem problem) { return Refusals.first(Refusals.realLine(problem, transition), bounds ? Bounds.refusal(problem) : ""); }

    @Override
    public Draws draw(Problem problem, int size, int length, Randomness random) {
        AnnealedWalk walk = new AnnealedWalk(problem, size, random);
        Ladder ladder = walk.learn(temperatures, Rejuvenations.fixed(moves).with(new SystematicResampler()), new Mover(transition, dense, false));
        AnnealedWalk.Outcome outcome = walk.climb(new FixedTemperatures(ladder.betas()), CarryWeights.throughout(stage -> moves),
                FrozenMover.up(transition, ladder), AnnealedWalk.MAIN);
        Evidence evidence = Evidence.of(outcome.logEvidence(), outcome.standardError(), Evidence.Kind.UNBIASED)
                .biased(transition.exactness().bias());
        evidence = bounds ? Bounds.above(evidence, walk, transition, ladder) : evidence;
        Map<String, Double> facts = SmcSampler.facts(outcome, ladder, walk);
        facts.put("lower-bound", outcome.meanLogWeight());
        return new Draws(outcome.particles(), outcome.weights(), size, evidence, transition.exactness().bias(), facts);
    }
}
