package io.driftwood.inference.model;

import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.model.prior.Gamma;
import io.driftwood.inference.model.prior.Half;
import io.driftwood.inference.model.prior.PriorDensity;
import io.driftwood.inference.model.prior.Priors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The response distributions of {@link Glm}, by name, and the options that belong to each. */
final class Families {

    static final String[] NAMES = {"bernoulli", "poisson", "gaussian", "student-t", "negative-binomial"};

    private static final Map<String, List<String>> OPTIONS = Map.of(
            "bernoulli", List.of("trials"),
            "poisson", List.of(),
            "gaussian", List.of("scale"),
            "student-t", List.of("scale", "degrees-of-freedom"),
            "negative-binomial", List.of("dispersion"));

    private Families() {}

    static Family build(Settings settings) {
        String name = settings.text("family");
        requireOnlyItsOwn(settings, name);
        return switch (name) {
            case "bernoulli" -> settings.has("trials") ? new BinomialResponse(settings.text("trials")) : new BernoulliResponse();
            case "poisson" -> new PoissonResponse();
            case "gaussian" -> new GaussianResponse(own(settings, "scale", Half.normal(1)));
            case "student-t" -> new StudentTResponse(own(settings, "scale", Half.normal(1)),
                    own(settings, "degrees-of-freedom", new Gamma(2, 0.1)));
            case "negative-binomial" -> new NegativeBinomialResponse(own(settings, "dispersion", Half.normal(1)));
            default -> throw settings.problem("family", "no such family; allowed: " + String.join(", ", NAMES));
        };
    }

    private static void requireOnlyItsOwn(Settings settings, String family) {
        List<String> own = OPTIONS.getOrDefault(family, List.of());
        List<Problem> problems = new ArrayList<>();
        for (String option : List.of("trials", "scale", "degrees-of-freedom", "dispersion")) {
            if (settings.has(option) && !own.contains(option)) {
                problems.add(Problem.at(settings.pathOf(option), "", "the family " + family + " has no " + option));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    private static OwnParameter own(Settings settings, String name, PriorDensity fallback) {
        if (!settings.has(name)) {
            return OwnParameter.unknown(name, fallback);
        }
        if (settings.get(name) instanceof Settings prior) {
            PriorDensity density = Priors.CATALOGUE.build(prior);
            if (density.low() != 0 || density.high() != Double.POSITIVE_INFINITY) {
                throw settings.problem(name, "is positive; choose a number or a prior on (0, inf): half-normal, half-cauchy, half-student-t, "
                        + "exponential, gamma, inverse-gamma, log-normal");
            }
            return OwnParameter.unknown(name, density);
        }
        return OwnParameter.known(name, settings.number(name));
    }
}
