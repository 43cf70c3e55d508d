package io.driftwood.inference.learn;

import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.denoise.learn.Covariances;
import io.driftwood.inference.denoise.learn.MixtureLearner;
import io.driftwood.inference.denoise.learn.OnlineMixture;
import io.driftwood.inference.denoise.learn.RidgeLearner;
import io.driftwood.inference.learned.Learner;
import io.driftwood.inference.variational.PathLearner;
import io.driftwood.inference.variational.TunedPath;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Every learner that a job can name. */
public final class Learners {

    /** What every learner takes. */
    private static final Option NAME = Option.withDefault("name", Shape.text("a name"), "learned", "what is learned is called in summaries; versions are counted by it");
    private static final Option FIELDS = Option.required("fields", Shape.listOf(Shape.text("a field name")), "fields of a training record that are learned from, in order");

    private static final Option[] RIDGE = Stream.concat(Stream.of(NAME, FIELDS,
            Option.withDefault("seed", Shape.integer(Long.MIN_VALUE, Long.MAX_VALUE), 1L, "of the random features and of the noise that records are seen through")),
            RidgeFit.STREAMING.stream()).toArray(Option[]::new);

    public static final Catalogue<Learner> CATALOGUE = Catalogue.of("learner",
            Entry.of("normal", "Mean and covariance of the training records, for a prior that is one normal distribution.",
                    s -> new NormalLearner(s.text("name"), s.texts("fields")), NAME, FIELDS),
            Entry.of("mixture", "A mixture of normals by online expectation-maximisation, for the prior of a denoising job.", Learners::mixture, NAME, FIELDS,
                    Option.required("components", Shape.integer(1, 1000), "how many normals"),
                    Option.withDefault("covariances", Shape.choice("full", "diagonal", "tied"), "full", "one covariance for each component, with correlations or without, or one that all share"),
                    Option.withDefault("first", Shape.integer(2, 1_000_000), 100L, "records that are kept and fitted at once, before learning goes on record by record"),
                    Option.withDefault("decay", Shape.between(0.51, 1), OnlineMixture.DECAY, "of the gain t^-decay; less forgets faster"),
                    Option.withDefault("seed", Shape.integer(Long.MIN_VALUE, Long.MAX_VALUE), 1L, "of the first fit's start")),
            Entry.of("ridge-denoiser", "The mean of x given noisy x, linear in random features, by recursive least squares; O(levels p^2) a record for p features.",
                    Learners::ridge, RIDGE),
            Entry.of("tuned-path", "Goes on tuning paths for the far observations that the job itself has lately seen; for sampler.assimilation tuned-path.",
                    s -> new PathLearner(s.text("name"), TunedPath.methodOf(s.text("method")), s.count("bridges"), s.count("window"), s.count("iterations"),
                            s.number("rate"), s.integer("seed")), NAME,
                    Option.withDefault("method", Shape.choice("ula", "uha", "ldvi", "ldvi-exact", "uha-em"), "uha", "dynamics and how the way back is weighed, as for sampler.assimilation"),
                    Option.withDefault("bridges", Shape.integer(1, 4000), 16L, "bridges on the way, a step on each"),
                    Option.withDefault("conditional-ess", Shape.openFraction(), 0.1,
                            "an observation is far, and learned from, when reweighting the posterior's normal by it would leave less than this share (conditional ESS); 0.1 is a shift of 1.5 sd"),
                    Option.withDefault("window", Shape.integer(1, 1000), 8L, "far observations that are tuned for at once, the last ones"),
                    Option.withDefault("iterations", Shape.count(), 500L, "iterations of tuning with every far observation, at most"),
                    Option.withDefault("rate", Shape.positive(), 0.05, "learning rate at first, with every far observation anew"),
                    Option.withDefault("seed", Shape.integer(Long.MIN_VALUE, Long.MAX_VALUE), 1L, "of the noise of tuning")));

    private Learners() {}

    private static Learner mixture(Settings settings) {
        if (settings.count("first") < settings.count("components")) {
            throw settings.problem("first", "must be at least the number of components");
        }
        return new MixtureLearner(settings.text("name"), settings.texts("fields"), settings.count("components"),
                Covariances.valueOf(settings.text("covariances").toUpperCase(Locale.ROOT)), settings.count("first"), settings.number("decay"), settings.integer("seed"));
    }

    private static Learner ridge(Settings s) {
        List<String> fields = s.texts("fields");
        double length = s.optionalNumber("length").orElse(Math.sqrt(fields.size()));
        if (s.number("least-noise") > s.number("largest-noise")) {
            throw s.problem("least-noise", "must not be above largest-noise");
        }
        return new RidgeLearner(s.text("name"), fields, new RidgeLearner.Options(s.count("features"), length, s.count("levels"), s.number("least-noise"),
                s.number("largest-noise"), s.number("ridge"), s.count("burn-in")), s.integer("seed"));
    }
}
