package io.driftwood.inference.sample;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Neuron;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.transition.Transition;
import io.driftwood.inference.transition.Transitions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Log-concave coupling: an auxiliary xi | x ~ N(A x, I / rho) may make both x | xi and xi log-concave where x is not.
 * <pre>
 *   x | xi    proportional to p(x) e^(-rho/2 |xi - A x|^2)
 *   score of xi   = -rho (xi - E[A x | xi])
 *   langevin      xi += h score + sqrt(2h) z, the mean from {@code inner} moves of x | xi, which begin where the last ones ended; then x is the last of them
 *   gibbs         xi = A x + z / sqrt(rho), then {@code inner} moves of x | xi
 * </pre>
 * Gibbs leaves the target invariant if the transition does; Langevin is biased by its step and by the error of the inner mean, and may cross between modes where Gibbs
 * does not. Both reports hold for the points seen: see {@link CouplingChecks}.
 *
 * <p>References: [1] McDonald and Barron (2024), log-concave coupling for sampling neural net posteriors; [2] Lee, Shen and Tian (2021), for Gibbs with
 * A = I, the proximal sampler. Differs from [1]: any linear map.
 */
final class LogConcaveCoupling implements Sampler {

    static final List<Option> OPTIONS = List.of(
            Option.optional("precision", Shape.positive(), "rho, the precision of xi given x; absent for a neuron: what makes x given xi log-concave"),
            Option.optional("map", Shape.table(), "A, one row for each coordinate of xi; absent: the inputs of a neuron, otherwise the identity"),
            Option.withDefault("outer", Shape.choice("langevin", "gibbs"), "langevin",
                    "how xi moves: by Langevin steps with an estimated score, or exactly given x"),
            Option.withDefault("outer-step", Shape.between(1e-6, 2), 0.2, "rho times the step of xi; less is less biased"),
            Option.withDefault("inner", Shape.integer(1, 100_000), 20L, "moves of x for every move of xi"),
            Option.withDefault("transition", Shape.variant(Transitions.CATALOGUE), "mala", "the Markov kernel that moves x given xi"),
            Option.withDefault("warm-up", Shape.integer(0, 10_000_000), 200L, "moves of xi that are not kept, in which the inner step size is learnt"),
            Option.withDefault("thin", Shape.integer(1, 1_000_000), 5L, "moves of xi from one draw that is kept to the next"));

    private final Settings settings;
    private final Transition transition;
    private final Optional<LinearMap> map;

    LogConcaveCoupling(Settings settings) {
        this.settings = settings;
        this.transition = Transitions.CATALOGUE.build(settings.struct("transition"));
        this.map = settings.has("map") ? Optional.of(LinearMap.of(settings.table("map").rows())) : Optional.empty();
    }

    @Override
    public String refusal(Problem problem) {
        int d = problem.target().dimension();
        boolean fits = map.isEmpty() || map.get().columns() == d;
        return Refusals.first(Refusals.realLine(problem, transition),
                settings.has("precision") || problem.target() instanceof Neuron ? "" : "is no neuron, so `precision` must be given",
                fits ? "" : "has " + d + " dimensions, and the rows of `map` have " + map.get().columns() + " numbers");
    }

    private LinearMap map(Problem problem) {
        return map.orElseGet(() -> problem.target() instanceof Neuron neuron ? LinearMap.of(neuron.inputs().rows())
                : LinearMap.identity(problem.target().dimension()));
    }

    private double precision(Problem problem) {
        return settings.optionalNumber("precision").orElseGet(() -> ((Neuron) problem.target()).couplingPrecision());
    }

    @Override
    public Draws draw(Problem problem, int size, int length, Randomness random) {
        boolean gibbs = settings.text("outer").equals("gibbs");
        CoupledChains chains = new CoupledChains(problem, transition, map(problem), precision(problem),
                gibbs ? 0 : settings.number("outer-step"), settings.count("inner"), size, random);
        chains.warmUp(settings.count("warm-up"));
        Particles draws = chains.keep(length, settings.count("thin"));
        Map<String, Double> facts = new LinkedHashMap<>();
        facts.put(Draws.ACCEPTANCE, chains.info().acceptance());
        facts.put("least-curvature", chains.leastCurvature());
        facts.put("marginal-spread", chains.greatestSpread());
        facts.put("inner-error", chains.innerError());
        facts.put(Draws.GRADIENTS, (double) chains.gradients());
        facts.put(Draws.NON_FINITE, (double) chains.info().rejectedNonFinite);
        String bias = gibbs ? transition.exactness().bias()
                : "xi moves by unadjusted Langevin steps with an estimated score: the bias falls with outer-step and with the inner error";
        return new Draws(draws, new LogWeights(draws.size), size, Evidence.NONE, bias, facts);
    }
}
