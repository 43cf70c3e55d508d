package io.driftwood.inference.sample;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.denoise.walk.JointSigns;
import io.driftwood.inference.denoise.walk.SequentialSigns;
import io.driftwood.inference.denoise.walk.Walk;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Domain;
import io.driftwood.inference.target.Patterns;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.transition.MoveInfo;
import io.driftwood.inference.transition.Transition;
import io.driftwood.inference.transition.Transitions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Multimeasurement sampling of patterns of signs, of all measurements together or one after the other; see {@link JointSigns} and {@link SequentialSigns}. */
final class SignsSampler implements Sampler {

    private static final Option TRANSITION = Option.withDefault("transition", Shape.variant(Transitions.CATALOGUE), "two-stage", "the Markov kernel of the walk, on signs");
    private static final Option FINAL = Option.withDefault("final", Shape.choice("draw", "mode"), "draw",
            "what is given in the end: a pattern drawn given all measurements, or the signs of its mean, the guess with the fewest wrong ones");

    static final List<Option> SEQUENTIAL = List.of(
            Option.withDefault("measurements", Shape.integer(1, 1_000_000), 50L, "measurements through the target's noise; their number times alpha is the precision in the end"),
            Option.withDefault("moves", Shape.integer(1, 10_000_000), 20L, "moves of the walk to each measurement"), TRANSITION, FINAL);
    static final List<Option> JOINT = List.of(
            Option.withDefault("measurements", Shape.integer(1, 4096), 1L, "measurements through the target's noise; one makes it walk-jump sampling"),
            Option.withDefault("moves", Shape.integer(1, 10_000_000), 500L, "moves of the walk on all of them"), TRANSITION, FINAL);

    private final Settings settings;
    private final boolean joint;
    private final Transition transition;

    SignsSampler(Settings settings, boolean joint) {
        this.settings = settings;
        this.joint = joint;
        this.transition = Transitions.CATALOGUE.build(settings.struct("transition"));
        if (transition.domain() != Domain.SIGNS) {
            throw settings.problem("transition", "must move on signs, as two-stage, dmala and dula do");
        }
    }

    @Override
    public String refusal(Problem problem) { return problem.target() instanceof Patterns ? "" : "is not the target `patterns`, whose posterior given noisy signs is known"; }

    @Override
    public Draws draw(Problem problem, int size, int length, Randomness random) {
        Patterns patterns = (Patterns) problem.target();
        Particles x = new Particles(size, patterns.dimension());
        Walk walk = new Walk(transition, transition.initialStepSize(x.dimension));
        boolean exact = settings.text("final").equals("draw");
        int measurements = settings.count("measurements");
        int moves = settings.count("moves");
        Scratch scratch = new Scratch();
        MoveInfo info = joint ? new JointSigns(measurements, walk, moves, exact).draw(patterns, x, random, AnnealedWalk.MAIN, scratch)
                : new SequentialSigns(measurements, walk, moves, exact).draw(patterns, x, random, AnnealedWalk.MAIN, scratch);
        Map<String, Double> facts = new LinkedHashMap<>();
        facts.put(Draws.ACCEPTANCE, info.acceptance());
        facts.put(Draws.GRADIENTS, (double) info.evaluations * size);
        String walks = "draws are of the patterns without their noise, as far as walks of finite length go";
        String guess = exact ? "" : "; a draw is the guess with the fewest wrong signs, and need not be a pattern";
        String kernel = transition.exactness().exact() ? "" : "; " + transition.exactness().bias();
        return new Draws(x, new LogWeights(size), size, Evidence.NONE, walks + kernel + guess, facts);
    }
}
