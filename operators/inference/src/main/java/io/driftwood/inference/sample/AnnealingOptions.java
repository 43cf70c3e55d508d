package io.driftwood.inference.sample;

import io.driftwood.inference.assimilate.Temperatures;
import io.driftwood.inference.assimilate.Tempering;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.transition.Transitions;
import java.util.List;

/** Options that samplers on a bridge from reference to target have in common. */
final class AnnealingOptions {

    static final Option TRANSITION = Option.withDefault("transition", Shape.variant(Transitions.CATALOGUE), "hmc", "the Markov kernel that moves the particles");
    static final Option MASS = Option.withDefault("mass", Shape.choice("dense", "diagonal"), "dense",
            "mass matrix taken from the particles: their whole covariance, or variances only");
    static final Option POWER = Option.withDefault("power", Shape.positive(), 1.0,
            "of a given number of temperatures the k-th is (k/number)^power: the larger, the finer near the reference");
    static final Option CRITERION = Option.withDefault("criterion", Shape.choice("conditional-ess", "ess"), "conditional-ess",
            "what adaptive temperatures keep: the effective sample size of the step alone, or that of the weights carried so far");

    private AnnealingOptions() {}

    static Option temperatures(Object fallback, String help) {
        return Option.withDefault("temperatures",
                Shape.either(Shape.choice("adaptive"), Shape.integer(1, 100_000), Shape.listOf(Shape.fraction())), fallback, help);
    }

    static Option share(double fallback) {
        return Option.withDefault("share", Shape.openFraction(), fallback, "share of the effective sample size that an adaptive step keeps");
    }

    static boolean dense(Settings settings) { return settings.text("mass").equals("dense"); }

    /** Of settings with {@link #temperatures} and {@link #share}, and perhaps {@link #POWER} and {@link #CRITERION}. */
    static Temperatures temperatures(Settings settings) {
        if (settings.get("temperatures") instanceof Number count) {
            return FixedTemperatures.power(count.intValue(), settings.has("power") ? settings.number("power") : 1);
        } else if (settings.get("temperatures") instanceof List<?>) {
            return new FixedTemperatures(ascending(settings));
        }
        double share = settings.number("share");
        boolean carried = settings.has("criterion") && settings.text("criterion").equals("ess");
        return carried ? new EssTempering(share) : new Tempering(share);
    }

    private static double[] ascending(Settings settings) {
        double[] betas = settings.numbers("temperatures");
        boolean rises = betas.length > 0 && betas[betas.length - 1] == 1;
        for (int k = 1; k < betas.length; k++) {
            rises &= betas[k] > betas[k - 1];
        }
        if (!rises) {
            throw settings.problem("temperatures", "must rise and end with 1: inverse temperatures from the reference, which is 0 and not listed, to the target");
        }
        return betas;
    }
}
