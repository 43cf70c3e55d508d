package io.driftwood.inference.assimilate;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.particle.Resamplers;
import io.driftwood.inference.transition.Transitions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The options of the {@code sampler} section of a job, with their defaults. */
public final class SamplerOptions {

    public static final List<Option> OPTIONS = List.of(
            Option.withDefault("particles", Shape.integer(8, 1 << 20), 1024L, "particles per key; the error of a posterior mean is about sd/sqrt(particles)"),
            Option.withDefault("seed", Shape.integer(Long.MIN_VALUE, Long.MAX_VALUE), 1L, "the same seed and input give the same output, bit for bit"),
            Option.withDefault("resampler", Shape.variant(Resamplers.CATALOGUE), Resamplers.DEFAULT, "how ancestors are chosen"),
            Option.withDefault("ess-threshold", Shape.fraction(), 0.5, "rejuvenate when the effective sample size falls below this share of the particles"),
            Option.withDefault("conditional-ess", Shape.openFraction(), 0.8, "let an observation in by degrees when taking it whole would leave less than this share (conditional ESS)"),
            Option.withDefault("assimilation", Shape.variant(Assimilations.CATALOGUE), "adaptive-tempering", "how an observation that would leave less is let in"),
            Option.withDefault("transition", Shape.variant(Transitions.CATALOGUE), "hmc", "the Markov kernel that moves the particles"),
            Option.withDefault("mass", Shape.choice("dense", "diagonal"), "dense", "mass matrix taken from the population: its whole covariance, or variances only"),
            Option.withDefault("control-variates", Shape.flag(), true, "weigh rejuvenated particles so that their mean score is zero, as it is under the posterior: less noise in evidence and moments"),
            Option.withDefault("rejuvenate", Shape.variant(Rejuvenations.CATALOGUE), "until-moved", "what follows when the weights have become uneven"));

    /** The names that are read by a recursion whose particles move. */
    public static final Set<String> MOVING = OPTIONS.stream().map(Option::name).collect(Collectors.toUnmodifiableSet());
    /** By one that draws particles from what is known in closed form. */
    public static final Set<String> DRAWING = Set.of("particles", "seed");
    /** By one whose particles are weighed and resampled. */
    public static final Set<String> RESAMPLING = Set.of("particles", "seed", "resampler", "ess-threshold");
    /** By one that besides lets a record in by degrees. */
    public static final Set<String> TEMPERING = Set.of("particles", "seed", "resampler", "ess-threshold", "conditional-ess");

    private SamplerOptions() {}
}
