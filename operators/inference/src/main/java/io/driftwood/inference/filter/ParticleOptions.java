package io.driftwood.inference.filter;

import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.filter.dynamics.GaussianDynamics;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import java.util.List;
import java.util.Locale;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * What a job may ask of a particle filter besides.
 *
 * @param count how many particles are in use; null for all, always
 * @param smoothingLag of which record ago the state is told again with all that was measured since; 0 for none
 */
record ParticleOptions(Recovery recovery, ParticleCount count, int smoothingLag) {

    static final ParticleOptions NONE = new ParticleOptions(Recovery.NONE, null, 0);

    static final Option SMOOTHING = Option.withDefault("smoothing-lag", Shape.integer(0, 1000), 0L,
            "how many records later a summary tells the state again, as x.smoothed[lag], from all that was measured since; 0 for never");

    private static final Option SHARE = Option.withDefault("recover-share", Shape.fraction(), 0.1, "share of the particles that inject replaces");
    private static final Option BELOW = Option.withDefault("recover-below", Shape.between(1, 1e9), 16.0,
            "effective particles below which a record counts as unexplained; reject leaves out only what no particle explains");

    /** For filters whose particles are states. */
    static final List<Option> OPTIONS = List.of(
            Option.withDefault("recover", Shape.choice("reject", "temper", "inject", "reset"), "reject",
                    "what is done about a record that too few particles explain, counted in recoveries: reject leaves it out; temper lets it in by degrees and "
                            + "moves particles (evidence consistent; for models that move with Gaussian noise); inject draws a share of them from the initial "
                            + "law and reset all (evidence biased from then on)"),
            SHARE, BELOW,
            Option.optional("adapt", Shape.struct(
                    Option.required("box", Shape.listOf(Shape.positive()), "widths of the boxes in which particles are counted, in units of the state's columns; one for all, or one each"),
                    Option.withDefault("error", Shape.positive(), 0.05, "the Kullback-Leibler divergence over the boxes, in nats, that is not to be exceeded"),
                    Option.withDefault("confidence", Shape.openFraction(), 0.99, "with this probability"),
                    Option.withDefault("least", Shape.integer(8, 1 << 20), 64L, "particles in use at least; at most it is sampler.particles")),
                    "use as many particles as the boxes that they occupy need, told as particles-in-use; absent: all"),
            SMOOTHING);

    /** For filters whose particles hold moments of the state. */
    static final List<Option> OF_MOMENTS = List.of(
            Option.withDefault("recover", Shape.choice("reject", "inject", "reset"), "reject",
                    "what is done about a record that too few particles explain, counted in recoveries: reject leaves it out; inject draws a share of the "
                            + "particles from the initial law and reset all (evidence biased from then on)"),
            SHARE, BELOW);

    static ParticleOptions of(Settings s, StateSpaceModel model, int particles) {
        Recovery recovery = s.has("recover") ? recovery(s, model) : Recovery.NONE;
        ParticleCount count = s.optionalStruct("adapt").map(adapt -> count(adapt, model, particles)).orElse(null);
        return new ParticleOptions(recovery, count, s.has("smoothing-lag") ? s.count("smoothing-lag") : 0);
    }

    private static Recovery recovery(Settings s, StateSpaceModel model) {
        Recovery.Policy policy = Recovery.Policy.valueOf(s.text("recover").toUpperCase(Locale.ROOT));
        if (policy == Recovery.Policy.TEMPER && !(model instanceof GaussianDynamics)) {
            throw new ConfigurationException(Problem.at(s.pathOf("recover"), "temper", "does not fit this model, which does not move with Gaussian noise")
                    .suggesting("inject and reset fit every model"));
        }
        return new Recovery(policy, s.has("recover-share") ? s.number("recover-share") : 0.1, s.has("recover-below") ? s.number("recover-below") : 16);
    }

    private static ParticleCount count(Settings adapt, StateSpaceModel model, int particles) {
        double[] box = adapt.numbers("box");
        if (box.length != 1 && box.length != model.dimension()) {
            throw adapt.problem("box", "must have one width, or one for each of the state's " + model.dimension() + " columns");
        }
        double quantile = new NormalDistribution().inverseCumulativeProbability(adapt.number("confidence"));
        return new ParticleCount(adapt.number("error"), quantile, box, adapt.count("least"), particles);
    }

    /** Whether a key keeps more than its particles and their ancestors. */
    boolean any() { return recovery.isOn() || count != null || smoothingLag > 0; }
}
