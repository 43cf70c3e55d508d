package io.driftwood.inference.sample;

import io.driftwood.inference.assimilate.Mover;
import io.driftwood.inference.assimilate.Rejuvenation;
import io.driftwood.inference.assimilate.Rejuvenations;
import io.driftwood.inference.assimilate.Temperatures;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.particle.Resampler;
import io.driftwood.inference.particle.Resamplers;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.transition.Transition;
import io.driftwood.inference.transition.Transitions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The sequential Monte Carlo sampler: a population is carried from the reference to the target along the geometric bridge, reweighted,
 * resampled and moved at every temperature.
 * <pre>   Z estimate = prod_k sum_i W_i e^((beta_k - beta_(k-1)) u_i)   </pre>
 * With temperatures and kernels fixed beforehand the estimate is unbiased; fitted to the particles that they move it is consistent, of bias
 * O(1/N). {@code unbiased} therefore learns both in a first run, freezes them, and runs again with other random numbers.
 *
 * <p>Reference: [1] Del Moral, Doucet and Jasra (2006), JRSS B 68(3). Differs from [1]: geometric bridge only; the backward kernel is the reversal of
 * the move, so that weights need the bridge's density alone.
 */
final class SmcSampler implements Sampler {

    static final List<Option> OPTIONS = List.of(
            AnnealingOptions.temperatures("adaptive", "inverse temperatures on the way: `adaptive`, how many, or a list that ends with 1"),
            AnnealingOptions.share(0.9), AnnealingOptions.CRITERION, AnnealingOptions.POWER, AnnealingOptions.TRANSITION, AnnealingOptions.MASS,
            Option.withDefault("resampler", Shape.variant(Resamplers.CATALOGUE), Resamplers.DEFAULT, "how ancestors are chosen"),
            Option.withDefault("ess-threshold", Shape.between(0, 1), 1.0,
                    "resample when the effective sample size falls below this share of the particles; 1 resamples at every temperature"),
            Option.withDefault("rejuvenate", Shape.variant(Rejuvenations.CATALOGUE), "until-moved", "what follows a resampling"),
            Option.withDefault("control-variates", Shape.flag(), false,
                    "weigh moved particles so that their mean score is zero, as it is under the target: less noise; not together with `unbiased`"),
            Option.withDefault("unbiased", Shape.flag(), false,
                    "learn temperatures and tuning in a first run, freeze them, and run again: the estimate of the normaliser is unbiased, at twice the cost"),
            Bounds.OPTION);

    private final Transition transition;
    private final boolean dense;
    private final Temperatures temperatures;
    private final Resampler resampler;
    private final Rejuvenations.Builder rejuvenation;
    private final boolean wasteFree;
    private final double essThreshold;
    private final boolean calibrated;
    private final boolean unbiased;
    private final boolean bounds;

    SmcSampler(Settings s) {
        this.transition = Transitions.CATALOGUE.build(s.struct("transition"));
        this.dense = AnnealingOptions.dense(s);
        this.temperatures = AnnealingOptions.temperatures(s);
        this.resampler = Resamplers.CATALOGUE.build(s.struct("resampler"));
        this.rejuvenation = Rejuvenations.CATALOGUE.build(s.struct("rejuvenate"));
        this.wasteFree = s.struct("rejuvenate").type().equals("waste-free");
        this.essThreshold = s.number("ess-threshold");
        this.calibrated = s.flag("control-variates");
        this.unbiased = s.flag("unbiased");
        this.bounds = s.flag(Bounds.OPTION.name());
        if (calibrated && unbiased) {
            throw s.problem("control-variates", "weighs particles by what they are, which an unbiased estimate must not; set one of the two to false");
        }
    }

    @Override
    public String refusal(Problem problem) { return Refusals.first(Refusals.realLine(problem, transition), bounds ? Bounds.refusal(problem) : ""); }

    @Override
    public Draws draw(Problem problem, int size, int length, Randomness random) {
        AnnealedWalk walk = new AnnealedWalk(problem, size, random);
        LadderSearch search = new LadderSearch();
        AnnealedWalk.Outcome outcome = walk.climb(search.heard(temperatures), search.heard(evening(stage -> rejuvenation.with(resampler))),
                new Mover(transition, dense, calibrated), AnnealedWalk.LEARNING);
        Ladder ladder = search.ladder();
        if (unbiased) {
            outcome = walk.climb(new FixedTemperatures(ladder.betas()), evening(stage -> frozen(ladder, stage)),
                    FrozenMover.up(transition, ladder), AnnealedWalk.MAIN);
        }
        Evidence.Kind kind = unbiased ? Evidence.Kind.UNBIASED : Evidence.Kind.CONSISTENT;
        Evidence evidence = Evidence.of(outcome.logEvidence(), outcome.standardError(), kind).biased(transition.exactness().bias());
        evidence = bounds ? Bounds.above(evidence, walk, transition, ladder) : evidence;
        return new Draws(outcome.particles(), outcome.weights(), size, evidence, transition.exactness().bias(), facts(outcome, ladder, walk));
    }

    /** As many moves at every temperature as the first run made there. */
    private Rejuvenation frozen(Ladder ladder, int stage) {
        return (wasteFree ? rejuvenation : Rejuvenations.fixed(ladder.moves()[Math.min(stage, ladder.moves().length - 1)])).with(resampler);
    }

    private Rejuvenation evening(IntFunction<Rejuvenation> byStage) {
        Rejuvenation even = new ByStage(byStage);
        return essThreshold >= 1 ? even : new ResampleWhenUneven(essThreshold, even, CarryWeights.atTimes(1));
    }

    static Map<String, Double> facts(AnnealedWalk.Outcome outcome, Ladder ladder, AnnealedWalk walk) {
        Map<String, Double> facts = new LinkedHashMap<>();
        facts.put(Draws.ACCEPTANCE, outcome.info().moves.acceptance());
        facts.put(Draws.TEMPERATURES, (double) ladder.rungs());
        facts.put(Draws.GRADIENTS, (double) walk.gradients());
        facts.put(Draws.NON_FINITE, (double) outcome.info().moves.rejectedNonFinite);
        return facts;
    }
}
