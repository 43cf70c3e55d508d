package io.driftwood.inference.sample;

import io.driftwood.inference.assimilate.Temperatures;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.transition.Transition;
import io.driftwood.inference.transition.Transitions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Replica exchange (parallel tempering): every particle is a chain of J + 1 states, one at each level between the reference and the
 * target, that change places with their neighbours, the even pairs and the odd pairs by turns,
 * <pre>   a = min(1, e^((beta_j - beta_k) (u(x_k) - u(x_j))))   </pre>
 * Draws are the states at the top. By turns, not at random, states travel in one direction until they are turned back, J instead of J^2 swaps from end to end. The
 * normaliser is the stepping stone estimate prod_j mean e^((beta_(j+1) - beta_j) u(x_j)). Consistent.
 *
 * <p>References: [1] Geyer (1991); [2] Okabe et al. (2001) for the order of the swaps, Syed et al. (2022), JRSS B 84(2), for what it gains;
 * [3] Xie et al. (2011), Systematic Biology 60(2), stepping stones. Differs from [1]: level 0 is drawn anew from the reference every time.
 */
final class ReplicaExchange implements Sampler {

    static final List<Option> OPTIONS = List.of(
            AnnealingOptions.temperatures("adaptive", "inverse temperatures of the levels above the reference: `adaptive`, how many, or a list that ends with 1"),
            AnnealingOptions.share(0.5), AnnealingOptions.POWER, AnnealingOptions.TRANSITION, AnnealingOptions.MASS,
            Option.withDefault("moves", Shape.integer(1, 4000), 1L, "moves between two rounds of swaps"),
            Option.withDefault("warm-up", Shape.integer(0, 10_000_000), 200L, "rounds that are not kept"));

    private final Transition transition;
    private final boolean dense;
    private final Temperatures temperatures;
    private final int moves;
    private final int warmUp;

    ReplicaExchange(Settings s) {
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
        Replicas replicas = new Replicas(levels, problem, size, random);
        replicas.warmUp(warmUp);
        Particles draws = replicas.keep(length);
        Map<String, Double> facts = new LinkedHashMap<>();
        facts.put(Draws.ACCEPTANCE, levels.info.acceptance());
        facts.put(Draws.TEMPERATURES, levels.count() - 1.0);
        facts.put("swap-acceptance-min", replicas.leastSwapAcceptance());
        facts.put("swap-acceptance-mean", replicas.meanSwapAcceptance());
        facts.put("passages", (double) replicas.passages());
        facts.put(Draws.GRADIENTS, (double) levels.gradients());
        facts.put(Draws.NON_FINITE, (double) levels.info.rejectedNonFinite);
        return new Draws(draws, new LogWeights(draws.size), size, replicas.evidence(transition.exactness().bias()), transition.exactness().bias(), facts);
    }
}
