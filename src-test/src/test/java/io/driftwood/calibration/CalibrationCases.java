package io.driftwood.calibration;

import io.driftwood.inference.assimilate.Assimilations;
import io.driftwood.inference.assimilate.Histories;
import io.driftwood.inference.assimilate.Rejuvenations;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.model.Block;
import io.driftwood.inference.model.ConjugateModel;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Models;
import io.driftwood.inference.model.prior.PriorDensity;
import io.driftwood.inference.model.prior.Priors;
import io.driftwood.inference.particle.Resamplers;
import io.driftwood.inference.target.Domain;
import io.driftwood.inference.transition.Transition;
import io.driftwood.inference.transition.Transitions;
import io.driftwood.truth.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The cases, made from the catalogues. An entry whose options all have defaults needs nothing here; one with required options needs
 * one line of them, and fails with its name until it has it.
 */
final class CalibrationCases {

    private record Options(String name, int length, Object... options) {}

    /** Options that are required, or that keep simulated data countable. Without a line: the defaults, and eight observations. */
    private static final Map<String, List<Options>> MODELS = Map.of(
            "glm", List.of(
                    glm("bernoulli"),
                    glm("bernoulli", "trials", "n"),
                    glm("poisson", "prior", narrow()),
                    glm("gaussian", "scale", Map.of("type", "log-normal", "scale", 0.5)),
                    glm("student-t", "scale", Map.of("type", "log-normal", "scale", 0.5), "degrees-of-freedom", Map.of("type", "log-normal", "location", 1.5, "scale", 0.5)),
                    glm("negative-binomial", "prior", narrow(), "dispersion", Map.of("type", "log-normal", "location", -0.5, "scale", 0.5))),
            "normal-known-variance", List.of(new Options("", 5, "response", "y", "sd", 2.0, "prior", Map.of("mean", 5.0, "sd", 3.0))),
            "normal", List.of(new Options("", 5, "response", "y", "prior", Map.of("mean", 5.0, "weight", 0.5, "shape", 4.0, "scale", 6.0))),
            "oring", List.of(new Options("", 8)),
            "random-effects", List.of(new Options("", 6, "groups", 3L, "coefficient-sd", 1.5, "tau-shape", 3.0, "tau-rate", 2.0)));

    private static final Map<String, Object[]> PRIORS = Map.of(
            "student-t", new Object[] {"degrees-of-freedom", 4.0},
            "half-student-t", new Object[] {"degrees-of-freedom", 4.0},
            "gamma", new Object[] {"shape", 2.0, "rate", 3.0},
            "inverse-gamma", new Object[] {"shape", 3.0, "scale", 2.0},
            "uniform", new Object[] {"low", -1.0, "high", 3.0});

    private static final int WINDOW = 3;

    private static final Map<String, Object[]> HISTORIES = Map.of("sliding-window", new Object[] {"length", (long) WINDOW});

    /** Its posterior is the power prior's, which calibrates to nothing: {@code HistoryTruthTest} holds it to its closed form. */
    private static final List<String> NOT_A_POSTERIOR = List.of("discount");

    private CalibrationCases() {}

    private static Options glm(String family, Object... more) {
        List<Object> options = new ArrayList<>(List.of("response", "y", "features", List.of("a", "b"),
                "standardise", Map.of("a", Map.of("mean", 70.0, "sd", 7.0)), "family", family));
        options.addAll(List.of(more));
        return new Options(family + (options.contains("trials") ? " of trials" : ""), 8, options.toArray());
    }

    private static Map<String, Object> narrow() { return Map.of("default", Map.of("type", "normal", "mean", 0.2, "sd", 0.4)); }

    static Stream<CalibrationCase> all() { return Stream.of(models(), improper(), priors(), samplers(), histories()).flatMap(s -> s); }

    /** Every model with the default sampler and history; conjugate ones by particles as well. */
    private static Stream<CalibrationCase> models() {
        return Models.CATALOGUE.entries().stream().flatMap(entry -> MODELS.getOrDefault(entry.name(), List.of(new Options("", 8))).stream()
                .flatMap(options -> {
                    Model model = Setup.model(entry.name(), options.options());
                    CalibrationCase c = CalibrationCase.of(("model " + entry.name() + " " + options.name()).strip(), model, options.length());
                    return model instanceof ConjugateModel ? Stream.of(c, c.named(c.name() + " by particles").with(Setup.history("full"))) : Stream.of(c);
                }));
    }

    /**
     * Improper priors cannot be simulated from. The truth is drawn from the posterior that some fixed observations give, which come
     * first in every stream: what follows is calibrated all the same.
     */
    private static Stream<CalibrationCase> improper() {
        double[][] launches = {{0, 66}, {1, 70}, {0, 69}, {0, 68}, {0, 67}, {0, 72}, {0, 73}, {1, 57}, {1, 63}, {0, 78}};
        Model flat = Setup.model("glm", "response", "y", "features", List.of("a"), "prior", Map.of("default", Map.of("type", "flat")));
        double[][] overlapping = {{0, -1}, {1, 0.5}, {0, 0.7}, {1, -0.3}, {1, 1.2}, {0, -0.8}, {1, 0.1}, {0, 0.2}, {1, 1.5}, {0, -0.1}};
        return Stream.of(
                CalibrationCase.of("model oring, lecture's prior", Setup.model("oring", "prior", "lecture"), 8).after(launches),
                CalibrationCase.of("model glm, flat prior", flat, 8).after(overlapping));
    }

    /** Every prior on a parameter freed by its bijector. */
    private static Stream<CalibrationCase> priors() {
        Shape catalogue = Shape.variant(Priors.CATALOGUE);
        return Priors.CATALOGUE.entries().stream()
                .map(entry -> Map.entry(entry.name(),
                        Priors.CATALOGUE.build(Setup.choice(catalogue, entry.name(), PRIORS.getOrDefault(entry.name(), new Object[0])))))
                .filter(prior -> prior.getValue().isProper())
                .map(prior -> CalibrationCase.of("prior " + prior.getKey(), aboutOne(prior.getValue()), 3));
    }

    private static Model aboutOne(PriorDensity prior) { return new NormalAboutColumns(List.of(Block.of("x", prior))); }

    /** A curved posterior in two dimensions, one of them positive, at a few microseconds a move; a known evidence to compare with. */
    static CalibrationCase cheap(String name) {
        Model model = Setup.model("normal", "response", "y", "prior", Map.of("mean", 5.0, "weight", 0.5, "shape", 4.0, "scale", 6.0));
        return CalibrationCase.of(name, model, 8).with(Setup.history("full"));
    }

    /**
     * Every transition, resampler, rejuvenation and assimilation in the place of the default, and the mass matrix's other form. A transition that is not exact states its bias and is
     * held to that where transitions are tested; one that moves on a finite set moves no model.
     */
    static Stream<CalibrationCase> samplers() {
        return Stream.of(
                Transitions.CATALOGUE.entries().stream().filter(CalibrationCases::isExactOnReals).map(e -> sampler("transition", e)),
                Stream.of(cheap("transition hmc, partly refreshed").with("transition", Map.of("type", "hmc", "refresh", 0.8, "integration-time", 100.0, "max-steps", 1L))),
                Resamplers.CATALOGUE.entries().stream().map(e -> sampler("resampler", e)),
                Rejuvenations.CATALOGUE.entries().stream().map(e -> sampler("rejuvenate", e)),
                Assimilations.CATALOGUE.entries().stream().map(e -> sampler("assimilation", e)),
                Stream.of(cheap("mass diagonal").with("mass", "diagonal"))).flatMap(s -> s);
    }

    private static boolean isExactOnReals(Entry<? extends Transition> entry) {
        Transition transition = entry.build().apply(entry.defaults());
        return transition.exactness().exact() && transition.domain() == Domain.REAL;
    }

    private static CalibrationCase sampler(String option, Entry<?> entry) {
        requireDefaults(entry);
        return cheap(option + " " + entry.name()).with(option, entry.name());
    }

    /** A window forgets, but the last observations are observations: its posterior is calibrated. */
    private static Stream<CalibrationCase> histories() {
        return Histories.CATALOGUE.names().stream().filter(name -> !NOT_A_POSTERIOR.contains(name))
                .map(name -> cheap("history " + name).with(Setup.history(name, HISTORIES.getOrDefault(name, new Object[0])))
                        .remembering(name.equals("sliding-window") ? WINDOW : Integer.MAX_VALUE));
    }

    private static void requireDefaults(Entry<?> entry) {
        List<String> required = entry.options().stream().filter(Option::required).map(Option::name).toList();
        if (!required.isEmpty()) {
            throw new AssertionError(entry.name() + " cannot be calibrated by its defaults: " + required + " are required. Give them here");
        }
    }
}
