package io.driftwood.inference.sample;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.denoise.function.Denoiser;
import io.driftwood.inference.denoise.walk.Walk;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Domain;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.transition.Transition;
import io.driftwood.inference.transition.Transitions;

/** Options that samplers by denoising have in common, and what they ask of a problem. */
final class DenoisingOptions {

    static final Option SIGMA = Option.optional("sigma", Shape.positive(),
            "noise scale of a measurement: larger makes the walk easier; absent: the largest standard deviation of the target's reference in any direction");
    static final Option FINAL = Option.optional("final", Shape.choice("mean", "draw"),
            "what is given in the end: the mean of x given its measurements, which is biased, or a draw of x given them; absent: a draw where the target has them");
    static final Option TRANSITION = Option.optional("transition", Shape.variant(Transitions.CATALOGUE),
            "the Markov kernel of the walk, its step in units of sigma; absent: aboba with `step` and `friction`");
    static final Option LARGEST = Option.optional("largest-noise", Shape.positive(),
            "noise scale at which the path begins; absent: the largest that the target's denoiser was learned at, or ten of the reference's largest standard deviation");
    static final Option LEAST = Option.optional("least-noise", Shape.positive(),
            "noise scale from which x is given in the end; absent: the least that the target's denoiser was learned at, or a hundredth of the reference's largest standard deviation");

    private DenoisingOptions() {}

    static Option step(double fallback) {
        return Option.withDefault("step", Shape.positive(), fallback, "step of the walk in units of sigma, without a `transition`; longer is faster and more biased");
    }

    static Option friction(double fallback) {
        return Option.withDefault("friction", Shape.positive(), fallback, "friction of one step of the walk, without a `transition`: e^-friction of the momentum is kept");
    }

    static Option steps() { return Option.withDefault("steps", Shape.integer(1, 1_000_000), 300L, "steps of the path, even in the logarithm of the noise"); }

    static Walk walk(Settings s, int dimension) {
        if (!s.has("transition")) {
            return Walk.aboba(s.number("step"), s.number("friction"));
        }
        Transition transition = Transitions.CATALOGUE.build(s.struct("transition"));
        return new Walk(transition, transition.initialStepSize(dimension));
    }

    static double sigma(Settings s, Problem problem) { return s.optionalNumber("sigma").orElseGet(() -> Widths.largest(problem.reference())); }

    /** The noise scales between which a path runs, the larger first. */
    static double[] range(Settings s, Problem problem, Denoiser denoiser) {
        double width = Widths.largest(problem.reference());
        double largest = s.optionalNumber("largest-noise").orElse(Math.min(10 * width, denoiser.largestNoise()));
        double least = s.optionalNumber("least-noise").orElse(Math.max(0.01 * width, denoiser.leastNoise()));
        return new double[] {largest, least};
    }

    static boolean exact(Settings s, Denoiser denoiser) { return s.optionalText("final").map("draw"::equals).orElse(denoiser.draws()); }

    /** Why these settings cannot be used on a problem; the noise scales are asked only where there is a denoiser. */
    static String refusal(Settings s, Problem problem, Noise asked) {
        String realLine = Refusals.domain(problem, Domain.REAL);
        if (!realLine.isEmpty()) {
            return realLine;
        }
        return problem.denoiser(Randomness.of(0, "refusal")).map(denoiser -> {
            double[] scales = asked.scales(denoiser);
            return Refusals.first(
                    exact(s, denoiser) && !denoiser.draws() ? "has no draws of x given its measurements, only their mean; leave out `final` or set it to mean" : "",
                    s.has("transition") ? density(s, problem, denoiser) : "",
                    scales[0] > scales[1] * (1 + 1e-9) ? "is asked at noise from " + scales[1] + " down to " + scales[0] + ", which rises" : "",
                    inRange(scales[0], denoiser), inRange(scales[1], denoiser));
        }).orElse("is not known seen through noise; take a normal, a mixture of normals, an empirical or learned target, or one of these given an observation");
    }

    private static String density(Settings s, Problem problem, Denoiser denoiser) {
        Transition transition = Transitions.CATALOGUE.build(s.struct("transition"));
        boolean fits = transition.domain() == problem.target().domain();
        boolean needed = transition.exactness().exact() || !Double.isNaN(transition.targetAcceptance());
        return Refusals.first(fits ? "" : Refusals.domain(problem, transition),
                needed && !denoiser.hasDensity() ? "has only a score, and the transition accepts by density; take one without an accept step" : "");
    }

    private static String inRange(double sigma, Denoiser denoiser) {
        boolean fits = sigma >= denoiser.leastNoise() * (1 - 1e-9) && sigma <= denoiser.largestNoise() * (1 + 1e-9);
        return fits ? "" : "was learned at noise from " + denoiser.leastNoise() + " to " + denoiser.largestNoise() + ", and is asked at " + sigma;
    }

    /** Noise scales that a run asks of a denoiser, the least and the largest. */
    @FunctionalInterface
    interface Noise {
        double[] scales(Denoiser denoiser);
    }
}
