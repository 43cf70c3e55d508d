package io.driftwood.inference.model;

import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.model.prior.Normal;
import io.driftwood.inference.model.prior.PriorDensity;
import io.driftwood.inference.model.prior.Priors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The configuration of a {@link Glm}: its options, and how a model is built from them. */
final class GlmOptions {

    static final Option[] ALL = {
        Option.withDefault("family", Shape.choice(Families.NAMES), "bernoulli", "Distribution of the response, with its canonical or log link."),
        Option.required("response", Shape.text("a field name"), "The field that is modelled."),
        Option.withDefault("features", Shape.listOf(Shape.text("a field name")), List.of(), "The fields that explain it."),
        Option.withDefault("intercept", Shape.flag(), true, "Whether a constant term is added."),
        Option.optional("standardise", Shape.either(
                Shape.struct(Option.required("from", Shape.text(Shape.FILE), "A CSV file with the header feature,mean,sd.")),
                Shape.mapOf(Shape.struct(
                        Option.required("mean", Shape.number(), "Subtracted."),
                        Option.required("sd", Shape.nonNegative(), "Divided by; 0, a constant column, counts as 1.")))),
                "Fixed constants that features are standardised with. Absent: features are taken as they are."),
        Option.optional("prior", Shape.mapOf(Shape.variant(Priors.CATALOGUE)),
                "Priors of coefficients, by name (intercept, a feature) or default; on the standardised scale. Absent: normal(0, 1)."),
        Option.optional("trials", Shape.text("a field name"), "Bernoulli only: the field with the number of trials, of which the response counts successes."),
        Option.optional("scale", Shape.either(Shape.positive(), Shape.variant(Priors.CATALOGUE)),
                "Gaussian and student-t: the noise scale, a number when known or a prior on (0, inf). Absent: half-normal with sd 1."),
        Option.optional("degrees-of-freedom", Shape.either(Shape.positive(), Shape.variant(Priors.CATALOGUE)),
                "Student-t: a number when known or a prior on (0, inf). Absent: gamma(2, 0.1)."),
        Option.optional("dispersion", Shape.either(Shape.positive(), Shape.variant(Priors.CATALOGUE)),
                "Negative-binomial: alpha in variance = mean + alpha mean^2, a number when known or a prior on (0, inf). Absent: half-normal with sd 1."),
    };

    private GlmOptions() {}

    static Glm build(Settings settings) {
        List<String> features = settings.has("features") ? settings.texts("features") : List.of();
        boolean intercept = !settings.has("intercept") || settings.flag("intercept");
        if (features.isEmpty() && !intercept) {
            throw settings.problem("features", "a model needs a feature or an intercept");
        }
        List<String> coefficients = new ArrayList<>(intercept ? List.of(Glm.INTERCEPT) : List.of());
        coefficients.addAll(features);
        return new Glm(Families.build(settings), settings.text("response"), features, intercept,
                standardisation(settings, features), priors(settings, coefficients));
    }

    private static List<Block> priors(Settings settings, List<String> coefficients) {
        Map<String, Settings> given = settings.has("prior") ? settings.map("prior", Settings.class) : Map.of();
        requireKnown(settings, "prior", given.keySet(), coefficients, "default");
        PriorDensity fallback = given.containsKey("default") ? Priors.CATALOGUE.build(given.get("default")) : new Normal(0, 1);
        List<Block> blocks = new ArrayList<>();
        for (String coefficient : coefficients) {
            PriorDensity prior = given.containsKey(coefficient) ? Priors.CATALOGUE.build(given.get(coefficient)) : fallback;
            if (prior.low() != Double.NEGATIVE_INFINITY || prior.high() != Double.POSITIVE_INFINITY) {
                String key = given.containsKey(coefficient) ? coefficient : "default";
                throw new ConfigurationException(Problem.at(settings.pathOf("prior") + "." + key, given.get(key).type(),
                        "a coefficient may be any real number; choose a prior on the whole line: normal, student-t, cauchy, flat"));
            }
            blocks.add(Block.of(coefficient, prior));
        }
        return blocks;
    }

    private static Map<String, Standardisation> standardisation(Settings settings, List<String> features) {
        if (!settings.has("standardise")) {
            return Map.of();
        }
        if (settings.get("standardise") instanceof Settings fromFile) {
            return fromFile(fromFile, features);
        }
        Map<String, Settings> given = settings.map("standardise", Settings.class);
        requireKnown(settings, "standardise", given.keySet(), features, "from");
        Map<String, Standardisation> out = new LinkedHashMap<>();
        given.forEach((feature, constants) -> out.put(feature, new Standardisation(constants.number("mean"), constants.number("sd"))));
        return out;
    }

    private static Map<String, Standardisation> fromFile(Settings settings, List<String> features) {
        Map<String, Standardisation> read;
        try {
            read = Standardisation.read(Path.of(settings.text("from")));
        } catch (IOException | IllegalArgumentException e) {
            throw settings.problem("from", "cannot be read: " + e.getMessage());
        }
        List<String> absent = features.stream().filter(feature -> !read.containsKey(feature)).toList();
        if (!absent.isEmpty()) {
            throw settings.problem("from", "has no line for " + String.join(", ", absent));
        }
        return read;
    }

    private static void requireKnown(Settings settings, String key, Iterable<String> given, List<String> known, String also) {
        List<Problem> problems = new ArrayList<>();
        for (String name : given) {
            if (!known.contains(name) && !name.equals(also)) {
                problems.add(Problem.at(settings.pathOf(key) + "." + name, "",
                        "no such coefficient; allowed: " + also + ", " + String.join(", ", known)));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }
}
