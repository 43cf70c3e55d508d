package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.filter.dynamics.ConditionallyLinear;
import io.driftwood.inference.filter.dynamics.GaussianDynamics;
import io.driftwood.inference.filter.dynamics.GaussianObservation;
import io.driftwood.inference.filter.dynamics.LinearGaussian;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.particle.Resamplers;
import io.driftwood.inference.summary.Summariser;
import io.driftwood.inference.summary.SummaryOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Every filter that a job can name, and the recursion that it makes. */
public final class Filters {

    /** What is used when nothing is said. */
    public static final String DEFAULT = "auto";

    /** What every filter takes. */
    private static final List<Option> COMMON = List.of(
            Option.optional("time-unit", Shape.duration(),
                    "how long one unit of the model's time is, measured in event time; absent: every record of a key is one unit after the one before"),
            Option.withDefault("scores", Shape.flag(), true,
                    "whether a summary says what was expected of each channel before it was seen, with its PIT, CRPS and the evidence of drift"),
            Option.optional("alarm", Shape.between(2, 1e12),
                    "with scores: an alarm is given when the evidence of drift reaches this number of records; while the model is right alarms come on average no more "
                            + "often than once in so many measurements; absent: no alarms"),
            Option.withDefault("ahead", Shape.listOf(Shape.integer(1, 10_000)), List.of(), "how many measurements ahead a summary predicts, such as [1, 12]"));

    public static final Catalogue<FilterMethod> CATALOGUE = Catalogue.of("filter",
            entry("auto", "The best there is: kalman for a linear-Gaussian model, rao-blackwellised for one with regimes, "
                    + "smc-squared for one with unknown constants, bootstrap otherwise.",
                    s -> Filters::best),
            entry("kalman", "Exact moments and evidence; for linear-Gaussian models.",
                    s -> (model, setup) -> kalman(model, setup, s), ParticleOptions.SMOOTHING),
            entry("bootstrap", "Particles move by the model and are weighed by the measurement. Unbiased evidence, any model.",
                    s -> (model, setup) -> particle(model, new BootstrapProposal(model), false, setup, s), ofStates()),
            entry("guided", "Particles move towards the measurement: the locally optimal way where measurements are linear and Gaussian, "
                    + "with a Langevin drift otherwise. Unbiased evidence; for models that move with Gaussian noise.",
                    s -> (model, setup) -> particle(model, guided(model), false, setup, s), ofStates()),
            entry("auxiliary", "Guided, and ancestors are chosen by how well they foresee the measurement. Unbiased evidence; for models that move with Gaussian noise.",
                    s -> (model, setup) -> particle(model, guided(model), true, setup, s), ofStates()),
            entry("rao-blackwellised", "Particles carry regimes and constants only, and the rest is exact. Unbiased evidence; for conditionally linear models.",
                    s -> (model, setup) -> particle(model, raoBlackwellised(model), false, setup, s), ParticleOptions.OF_MOMENTS.toArray(Option[]::new)),
            entry("resample-move", "An informative measurement is let in by degrees, and what is resampled moves, together with the last few states. "
                    + "Consistent evidence; for models that move with Gaussian noise.",
                    s -> (model, setup) -> new ResampleMoveFilter(require(GaussianDynamics.class, model, "resample-move", "does not move with Gaussian noise"),
                            setup, s.count("lag"), s.count("moves")),
                    Option.withDefault("lag", Shape.integer(1, 100), 1L, "how many of the last states move"),
                    Option.withDefault("moves", Shape.integer(1, 1000), 4L, "moves after each resampling")),
            entry("smc-squared", "Unknown constants by particles, each with a filter of its own for the state. Consistent; keeps the whole history. For models with unknown constants.",
                    s -> (model, setup) -> smcSquared(model, setup, s),
                    Option.withDefault("state-particles", Shape.integer(8, 1 << 20), 64L, "particles of each filter at first, rounded up to a multiple of 8"),
                    Option.withDefault("most-state-particles", Shape.integer(8, 1 << 20), 1024L, "where doubling them stops"),
                    Option.withDefault("moves", Shape.integer(1, 100), 3L, "Metropolis-Hastings moves of each rejuvenation")),
            entry("liu-west", "A bootstrap filter whose unknown constants are jittered. Approximate: posterior and evidence are biased.",
                    s -> (model, setup) -> liuWest(model, setup, s),
                    ofStates(Option.withDefault("discount", Shape.between(0.8, 0.9999), 0.98, "how much of the past is kept; 1 - discount sets the jitter"))),
            entry("ensemble-kalman", "A baseline: the state is taken for Gaussian. Biased; for models with linear Gaussian measurements.",
                    s -> Filters::ensembleKalman));

    private Filters() {}

    private static Entry<FilterMethod> entry(String name, String help, Function<Settings, FilterMethod> build, Option... options) {
        List<Option> all = new ArrayList<>(Arrays.asList(options));
        all.addAll(COMMON);
        return Entry.of(name, help, build, all.toArray(Option[]::new));
    }

    private static Option[] ofStates(Option... options) {
        List<Option> all = new ArrayList<>(Arrays.asList(options));
        all.addAll(ParticleOptions.OPTIONS);
        return all.toArray(Option[]::new);
    }

    /**
     * The recursion that a configuration asks for.
     *
     * @param sampler settings of {@code SamplerOptions}; particles, seed, resampler, ess-threshold and conditional-ess are used
     * @param filter settings of an entry of {@link #CATALOGUE}
     * @throws ConfigurationException when the model lacks what the filter needs
     */
    public static SequentialPosterior build(StateSpaceModel model, Settings sampler, Settings filter, SummaryOptions summary) {
        Summariser summariser = new Summariser(model.state(), (theta, values, out, scratch) -> Arrays.fill(out, 0, theta.stride, Double.NaN), summary);
        FilterSetup setup = new FilterSetup(sampler.count("particles"), Resamplers.CATALOGUE.build(sampler.struct("resampler")),
                sampler.number("ess-threshold"), sampler.number("conditional-ess"), Scored.reserved(model), summariser);
        double unit = filter.has("time-unit") ? requirePositive(filter) : 0;
        Filter built = CATALOGUE.build(filter).with(model, setup);
        Clock clock = new Clock(unit);
        return new FilterPosterior(scored(built, filter, summary), clock, new Forecaster(built, clock, summary.levels()), sampler.integer("seed"));
    }

    private static Filter scored(Filter filter, Settings settings, SummaryOptions summary) {
        int[] ahead = settings.has("ahead")
                ? Arrays.stream(settings.numbers("ahead")).mapToInt(k -> (int) k).sorted().distinct().toArray() : new int[0];
        return ahead.length > 0 || !settings.has("scores") || settings.flag("scores") ? new Scored(filter, summary.levels(), ahead, alarmAt(settings)) : filter;
    }

    private static double alarmAt(Settings settings) { return settings.optionalNumber("alarm").orElse(Double.POSITIVE_INFINITY); }

    private static double requirePositive(Settings filter) {
        Duration unit = filter.duration("time-unit");
        if (unit.toMillis() < 1) {
            throw filter.problem("time-unit", "must be at least 1 ms");
        }
        return unit.toMillis();
    }

    private static Filter best(StateSpaceModel model, FilterSetup setup) {
        if (model.statics() > 0) {
            return new SmcSquared(model, inner(model), setup, isExactInside(model) ? 1 : 64, 1024, 3);
        }
        Settings plain = Settings.of();
        return model instanceof LinearGaussian ? kalman(model, setup, plain)
                : particle(model, model instanceof ConditionallyLinear ? raoBlackwellised(model) : new BootstrapProposal(model), false, setup, plain);
    }

    private static Filter kalman(StateSpaceModel model, FilterSetup setup, Settings s) {
        LinearGaussian linear = require(LinearGaussian.class, model, "kalman", "is not linear-Gaussian");
        int lag = s.has("smoothing-lag") ? s.count("smoothing-lag") : 0;
        return lag > 0 ? new KalmanSmoother(linear, lag, setup.summariser(), setup.particles(), setup.reserved())
                : new KalmanFilter(linear, setup.summariser(), setup.particles(), setup.reserved());
    }

    private static Filter particle(StateSpaceModel model, Proposal proposal, boolean looksAhead, FilterSetup setup, Settings s) {
        return new ParticleFilter(model, proposal, looksAhead, setup, ParticleOptions.of(s, model, setup.particles()));
    }

    private static Proposal guided(StateSpaceModel model) {
        require(GaussianDynamics.class, model, "guided", "does not move with Gaussian noise");
        return model instanceof GaussianObservation ? new OptimalProposal(model) : new LangevinProposal(model);
    }

    private static Proposal raoBlackwellised(StateSpaceModel model) {
        return new RaoBlackwellisedProposal(require(ConditionallyLinear.class, model, "rao-blackwellised", "has no conditions that make it linear"));
    }

    private static Filter smcSquared(StateSpaceModel model, FilterSetup setup, Settings s) {
        if (model.statics() == 0) {
            throw unfit("smc-squared", "has no unknown constants");
        }
        int each = isExactInside(model) ? 1 : Particles.strideOf(s.count("state-particles"));
        return new SmcSquared(model, inner(model), setup, each, s.count("most-state-particles"), s.count("moves"));
    }

    /** Whether the constants alone make the model linear, so that its filter is exact given them. */
    private static boolean isExactInside(StateSpaceModel model) {
        return model instanceof ConditionallyLinear linear && linear.conditions() == linear.statics();
    }

    private static Proposal inner(StateSpaceModel model) {
        return isExactInside(model) ? new RaoBlackwellisedProposal((ConditionallyLinear) model) : new BootstrapProposal(model);
    }

    private static Filter liuWest(StateSpaceModel model, FilterSetup setup, Settings s) {
        if (model.statics() == 0) {
            throw unfit("liu-west", "has no unknown constants");
        }
        return particle(model, new LiuWestProposal(model, s.number("discount")), false, setup, s);
    }

    private static Filter ensembleKalman(StateSpaceModel model, FilterSetup setup) {
        return new EnsembleKalmanFilter(require(GaussianObservation.class, model, "ensemble-kalman", "has no linear Gaussian measurements"), setup);
    }

    private static <T> T require(Class<T> contract, StateSpaceModel model, String filter, String lack) {
        if (!contract.isInstance(model)) {
            throw unfit(filter, lack);
        }
        return contract.cast(model);
    }

    private static ConfigurationException unfit(String filter, String lack) {
        return new ConfigurationException(Problem.at("filter.type", filter, "does not fit this model, which " + lack).suggesting("auto fits every model"));
    }
}
