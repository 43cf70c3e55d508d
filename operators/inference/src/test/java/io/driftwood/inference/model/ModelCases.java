package io.driftwood.inference.model;

import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** At least one case for every entry of the catalogue: an entry without one fails the suites that use this. */
final class ModelCases {

    private static final Map<String, List<ModelCase>> BY_ENTRY = Map.of(
            "glm", List.of(
                    glm("bernoulli"),
                    glm("bernoulli, trials", "trials", "n"),
                    glm("bernoulli, flat", "prior", Map.of("default", Settings.of("type", "flat"))).around(0.3, -0.2, 0.5),
                    glm("poisson", "prior", narrow()),
                    glm("gaussian", "scale", logNormal()),
                    glm("gaussian, known scale", "scale", 1.7),
                    glm("student-t", "scale", logNormal(), "degrees-of-freedom", Settings.of("type", "log-normal", "location", 1.5, "scale", 0.3)),
                    glm("student-t, known scale", "scale", 0.7, "degrees-of-freedom", Settings.of("type", "gamma", "shape", 9.0, "rate", 1.0)),
                    glm("student-t, known degrees", "scale", logNormal(), "degrees-of-freedom", 5L),
                    glm("negative-binomial", "prior", narrow(), "dispersion", logNormal()),
                    glm("negative-binomial, many", "dispersion", logNormal(), "prior",
                            Map.of("default", Settings.of("type", "normal", "mean", 0.0, "sd", 0.3),
                                    "intercept", Settings.of("type", "normal", "mean", 3.5, "sd", 0.1))),
                    glm("negative-binomial, known dispersion", "prior", narrow(), "dispersion", 0.4)),
            "normal-known-variance", List.of(entry("normal-known-variance", "response", "y", "sd", 2.0,
                    "prior", Settings.of("mean", 5.0, "sd", 3.0))),
            "normal", List.of(entry("normal", "response", "y",
                    "prior", Settings.of("mean", 5.0, "weight", 0.5, "shape", 4.0, "scale", 6.0))),
            "oring", List.of(
                    entry("oring", "prior", "proper", "response", "failure", "temperature", "temp_f"),
                    entry("oring", "prior", "lecture", "response", "failure", "temperature", "temp_f", "log-b", Oring.LOG_B)
                            .around(-1.2, -0.23)),
            "random-effects", List.of(entry("random-effects", "groups", 5L, "response", "r", "trials", "n", "group", "plate",
                    "covariates", List.of("x1", "x2"), "coefficient-sd", 1.5, "tau-shape", 4.0, "tau-rate", 2.0)));

    private ModelCases() {}

    static Stream<ModelCase> all() { return Stream.concat(batched(), adapted()); }

    /** The catalogue: models written for whole populations. */
    static Stream<ModelCase> batched() { return Models.CATALOGUE.entries().stream().flatMap(entry -> of(entry).stream()); }

    /** Models written for one particle, through the adapter. */
    static Stream<ModelCase> adapted() {
        return Stream.of(
                ModelCase.of("particle, by hand", new PerParticle(new ParticleLogistic.ByHand())),
                ModelCase.of("particle, by Hipparchus", new PerParticle(new ParticleLogistic.ByHipparchus())));
    }

    static Stream<ModelCase> proper() { return all().filter(c -> c.model().hasProperPrior()); }

    private static List<ModelCase> of(Entry<? extends Model> entry) {
        List<ModelCase> cases = BY_ENTRY.get(entry.name());
        if (cases == null) {
            throw new AssertionError("the model " + entry.name() + " has no case in ModelCases");
        }
        return cases;
    }

    private static ModelCase glm(String family, Object... more) {
        List<Object> settings = new ArrayList<>(List.of("type", "glm", "family", family.split(",")[0], "response", "y",
                "features", List.of("a", "b"), "intercept", true,
                "standardise", Map.of("a", Settings.of("mean", 70.0, "sd", 7.0))));
        settings.addAll(List.of(more));
        return ModelCase.of("glm " + family, Models.CATALOGUE.build(Settings.of(settings.toArray())));
    }

    private static ModelCase entry(String type, Object... more) {
        List<Object> settings = new ArrayList<>(List.of("type", type));
        settings.addAll(List.of(more));
        return ModelCase.of(type + (type.equals("oring") ? " " + more[1] : ""), Models.CATALOGUE.build(Settings.of(settings.toArray())));
    }

    /** Coefficients so small that counts stay countable. */
    private static Map<String, Settings> narrow() {
        return Map.of("default", Settings.of("type", "normal", "mean", 0.2, "sd", 0.4));
    }

    private static Settings logNormal() { return Settings.of("type", "log-normal", "location", -0.3, "scale", 0.4); }
}
