package io.driftwood.flink;

import io.driftwood.inference.assimilate.Histories;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.Posteriors;
import io.driftwood.inference.assimilate.SamplerOptions;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.Checker;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.denoise.stream.Denoisings;
import io.driftwood.inference.filter.Filters;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.filter.dynamics.StateSpaceModels;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.NormalUnknownVariance;
import io.driftwood.inference.model.Oring;
import io.driftwood.inference.summary.SummaryOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The recursions that users run, over the 23 launches before Challenger as several keys: every phase of a posterior's life and every
 * part of its state.
 *
 * <p>Data: Dalal, Fowlkes and Hoadley (1989), JASA 84, 945-957, table 1: temperature in °F, and whether an O-ring was in distress.
 */
enum RealPosterior implements PosteriorSupplier {

    /** A weighted population from the first observation on. */
    PARTICLES(Map.of("particles", 64), ""),
    /** Improper prior: observations are kept until there have been a failure and a success. */
    IMPROPER_PRIOR(Map.of("particles", 64), ""),
    /** Old observations leave the history. */
    SLIDING_WINDOW(Map.of("particles", 64, "resampler", "ssp", "mass", "diagonal", "transition", "mala"), "sliding-window"),
    /** Row weights fade. */
    DISCOUNT(Map.of("particles", 64, "rejuvenate", "waste-free"), "discount"),
    /** Sufficient statistics, no population. */
    EXACT(Map.of("particles", 64), ""),
    /** Measurements of an x under a mixture. */
    DENOISED(Map.of("particles", 64), "", Map.of("measurements", List.of("temp_f"), "prior", RealPosterior.twoSeasons(), "noise", 6.0)),
    /** The scale of their noise is unknown. */
    DENOISED_IN_UNKNOWN_NOISE(Map.of("particles", 64), "", Map.of("measurements", List.of("temp_f"), "prior", RealPosterior.twoSeasons(), "noise", 1.0,
            "unknown-noise", Map.of("shape", 2.0, "rate", 40.0))),
    /** The x walks in event time. */
    DENOISED_WALK(Map.of("particles", 64), "", Map.of("measurements", List.of("temp_f"), "prior", RealPosterior.twoSeasons(), "noise", 6.0,
            "drift", Map.of("type", "random-walk", "variance", 2.0, "time-unit", "1 s"))),
    /** Their noise has outliers. */
    DENOISED_WITH_OUTLIERS(Map.of("particles", 64), "", Map.of("measurements", List.of("temp_f"), "prior", RealPosterior.twoSeasons(), "noise", 3.0, "channel", "student-t")),
    /** A state that moves, with everything that a particle filter may keep besides its particles; alarms are frequent. */
    BOOTSTRAP(Map.of("type", "bootstrap", "time-unit", "1 s", "alarm", 3, "ahead", List.of(1, 3), "recover", "inject", "recover-below", 30,
            "adapt", Map.of("box", List.of(2.0), "error", 0.2, "least", 16), "smoothing-lag", 2)),
    /** Ancestors chosen ahead, and records let in by degrees. */
    AUXILIARY(Map.of("type", "auxiliary", "alarm", 3, "recover", "temper", "recover-below", 20)),
    /** Moments instead of particles, those of some records ago among them. */
    KALMAN(Map.of("type", "kalman", "alarm", 3, "smoothing-lag", 3)),
    /** Regimes by particles, the rest by moments. */
    RAO_BLACKWELLISED(Map.of("type", "rao-blackwellised", "alarm", 3, "recover", "reset")),
    /** The last states move together. */
    RESAMPLE_MOVE(Map.of("type", "resample-move", "lag", 2, "alarm", 3)),
    /** A filter for every value of the constants. */
    SMC_SQUARED(Map.of("type", "smc-squared", "moves", 1));

    private static final int[] TEMPERATURES = {66, 70, 69, 68, 67, 72, 73, 70, 57, 63, 70, 78, 67, 53, 67, 75, 70, 81, 76, 79, 75, 76, 58};
    private static final int[] FAILURES = {0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1};

    private final Map<String, Object> sampler;
    private final String history;
    private final Map<String, Object> denoise;
    private final Map<String, Object> filter;

    RealPosterior(Map<String, Object> sampler, String history) { this(sampler, history, Map.of()); }

    RealPosterior(Map<String, Object> sampler, String history, Map<String, Object> denoise) {
        this.sampler = sampler;
        this.history = history;
        this.denoise = denoise;
        this.filter = Map.of();
    }

    /** Of a state that moves. */
    RealPosterior(Map<String, Object> filter) {
        this.sampler = Map.of("particles", 64);
        this.history = "";
        this.denoise = Map.of();
        this.filter = filter;
    }

    private boolean standsStill() { return filter.isEmpty(); }

    private boolean onlyMeasures() { return this == EXACT || !denoise.isEmpty() || !standsStill(); }

    @Override
    public SequentialPosterior get() { return standsStill() ? standing() : moving(); }

    private SequentialPosterior moving() {
        Settings settings = Checker.check(new Shape.Struct(SamplerOptions.OPTIONS), sampler).orThrow();
        return Filters.build(movingModel(), settings, variant(Filters.CATALOGUE, filter), SummaryOptions.of("oring"));
    }

    private StateSpaceModel movingModel() {
        Map<String, Object> start = Map.of("mean", 70.0, "variance", 50.0);
        return StateSpaceModels.build(variant(StateSpaceModels.CATALOGUE, switch (this) {
            case RAO_BLACKWELLISED -> Map.of("type", "markov-switching", "response", "temp_f", "initial", start,
                    "transition", List.of(List.of(0.8, 0.2), List.of(0.3, 0.7)),
                    "regimes", List.of(Map.of("mean", 70, "persistence", 0.5, "innovation-variance", 5, "noise-variance", 5),
                            Map.of("mean", 60, "persistence", 0.5, "innovation-variance", 20, "noise-variance", 20)));
            case SMC_SQUARED -> Map.of("type", "brownian", "response", "temp_f", "prior-sd", 3.0);
            default -> Map.of("type", "local-level", "response", "temp_f", "noise-variance", 20.0, "level-variance", 5.0, "initial", start);
        }));
    }

    private static Settings variant(Catalogue<?> catalogue, Map<String, Object> tree) {
        return Checker.check(new Shape.Struct(List.of(Option.required("it", Shape.variant(catalogue), ""))), Map.of("it", tree)).orThrow().struct("it");
    }

    private SequentialPosterior standing() {
        Settings settings = Checker.check(new Shape.Struct(SamplerOptions.OPTIONS), sampler).orThrow();
        if (!denoise.isEmpty()) {
            SummaryOptions summary = new SummaryOptions("oring", new double[] {0.1, 0.5}, List.of(), 5, 3);
            return Denoisings.build(Checker.check(new Shape.Struct(Denoisings.OPTIONS), denoise).orThrow(), settings, Optional.empty(), summary);
        }
        return Posteriors.build(model(), settings, history(), SummaryOptions.of("oring"));
    }

    private Model model() {
        return switch (this) {
            case EXACT -> new NormalUnknownVariance("temp_f", 70, 0.1, 2, 50);
            case IMPROPER_PRIOR -> Oring.lecture("failure", "temp_f", 15.620117312603973);
            default -> Oring.proper("failure", "temp_f");
        };
    }

    private Optional<io.driftwood.inference.assimilate.History> history() {
        Settings options = Settings.of("type", history, "length", 6L, "lambda", 0.8, "forget-below", 0.2);
        return history.isEmpty() ? Optional.empty() : Optional.of(Histories.CATALOGUE.build(options));
    }

    private static Map<String, Object> twoSeasons() {
        return Map.of("type", "gaussian-mixture", "means", List.of(List.of(60.0), List.of(75.0)), "sd", 5.0);
    }

    /** The launches as a stream of three keys, each out of order by one place, with a missing and a non-finite value. */
    List<Object> events() {
        List<Object> events = new ArrayList<>();
        for (int n = 0; n < 3 * TEMPERATURES.length; n++) {
            int launch = n / 3 ^ (n / 3 < 22 ? 1 : 0);
            events.add(new Observation("fleet-" + n % 3, 1000L * launch, values(launch, n), "oring.csv", n));
            if (n % 9 == 8) {
                events.add(1000L * (n / 3 - 2));
            }
        }
        events.add(Streams.END);
        return events;
    }

    private double[] values(int launch, int n) {
        double temperature = n == 40 ? Double.NaN : n == 50 ? Double.POSITIVE_INFINITY : TEMPERATURES[launch];
        return onlyMeasures() ? new double[] {temperature} : new double[] {FAILURES[launch], temperature};
    }
}
