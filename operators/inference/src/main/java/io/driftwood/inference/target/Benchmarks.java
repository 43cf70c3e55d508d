package io.driftwood.inference.target;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.catalogue.Table;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Models;
import io.driftwood.inference.model.Standardisation;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Posteriors on which published samplers are compared, with their constants; each is a model of the catalogue with its data. */
final class Benchmarks {

    static final Option[] LOGISTIC = {
        Option.required("data", Shape.table(), "One row for each observation: the features, and last the label, 0 or 1."),
        Option.withDefault("standardise", Shape.flag(), true,
                "Whether every feature is centred and divided by its population standard deviation; a constant one becomes 0."),
        Option.withDefault("prior-sd", Shape.positive(), 1.0, "Prior standard deviation of every coefficient, the intercept's too."),
    };

    static final Option[] SEEDS = {
        Option.withDefault("effects", Shape.choice("centred", "standardised"), "centred",
                "centred: the effects themselves, as in published comparisons; standardised: divided by their standard deviation."),
    };

    static final Option[] ORING = {
        Option.withDefault("prior", Shape.choice("proper", "lecture"), "proper",
                "proper: alpha ~ N(0, 20^2), beta ~ N(0, 0.5^2). lecture: e^alpha ~ Exponential(mean b), flat beta."),
    };

    /** Crowder (1978), Applied Statistics 27, 34-37: germinated, seeds, seed type, extract of 21 plates. */
    private static final double[][] PLATES = {
        {10, 39, 0, 0}, {23, 62, 0, 0}, {23, 81, 0, 0}, {26, 51, 0, 0}, {17, 39, 0, 0}, {5, 6, 0, 1}, {53, 74, 0, 1}, {55, 72, 0, 1},
        {32, 51, 0, 1}, {46, 79, 0, 1}, {10, 13, 0, 1}, {8, 16, 1, 0}, {10, 30, 1, 0}, {8, 28, 1, 0}, {23, 45, 1, 0}, {0, 4, 1, 0},
        {3, 12, 1, 1}, {22, 41, 1, 1}, {15, 30, 1, 1}, {32, 51, 1, 1}, {3, 7, 1, 1}};

    /** Dalal, Fowlkes and Hoadley (1989), JASA 84, 945-957: °F at launch, and whether a field-joint O-ring was in distress. */
    private static final double[][] LAUNCHES = {
        {66, 0}, {70, 1}, {69, 0}, {68, 0}, {67, 0}, {72, 0}, {73, 0}, {70, 0}, {57, 1}, {63, 1}, {70, 1}, {78, 0}, {67, 0}, {53, 1},
        {67, 0}, {75, 0}, {70, 0}, {81, 0}, {76, 0}, {79, 0}, {75, 1}, {76, 0}, {58, 1}};

    /** By two-dimensional quadrature. */
    private static final double PROPER_LOG_EVIDENCE = -15.7621333;
    /** The same, up to the unit of the flat beta. */
    private static final double LECTURE_LOG_EVIDENCE = -14.0563289;

    private Benchmarks() {}

    /** Bayesian logistic regression; with ionosphere or sonar the posterior of the published tables. */
    static Problem logistic(Settings settings) {
        double[][] data = GaussianOptions.finite(settings, "data");
        int features = data[0].length - 1;
        Table table = settings.table("data");
        List<String> names = table.columns().isEmpty()
                ? IntStream.rangeClosed(1, features).mapToObj(j -> "x" + j).toList() : table.columns().subList(0, features);
        if (Arrays.stream(table.column(features)).anyMatch(y -> y != 0 && y != 1)) {
            throw settings.problem("data", "has a label other than 0 and 1 in its last column");
        }
        Map<String, Settings> constants = new LinkedHashMap<>();
        for (int j = 0; settings.flag("standardise") && j < features; j++) {
            Standardisation s = Standardisation.of(table.column(j));
            constants.put(names.get(j), Settings.of("mean", s.mean(), "sd", s.sd()));
        }
        Model model = Models.build(Settings.of("type", "glm", "family", "bernoulli", "response", "label", "features", names,
                "intercept", true, "standardise", constants,
                "prior", Map.of("default", Settings.of("type", "normal", "mean", 0.0, "sd", settings.number("prior-sd")))));
        int[] columns = IntStream.rangeClosed(-1, features - 1).map(j -> j < 0 ? features : j).toArray();
        return PosteriorProblem.of(model, DataRows.encode(model, data, columns));
    }

    /** Germination of seeds: random-effect logistic regression, sd 10 for the coefficients and Gamma(0.01, 0.01) for the precision. */
    static Problem seeds(Settings settings) {
        Model model = Models.build(Settings.of("type", "random-effects", "groups", (long) PLATES.length, "response", "r", "trials", "n", "group", "plate",
                "covariates", List.of("x1", "x2"), "coefficient-sd", 10.0, "tau-shape", 0.01, "tau-rate", 0.01));
        double[][] data = new double[PLATES.length][];
        for (int g = 0; g < data.length; g++) {
            data[g] = new double[] {PLATES[g][0], PLATES[g][1], g + 1, PLATES[g][2], PLATES[g][3]};
        }
        PosteriorProblem standardised = PosteriorProblem.fromStandardNormal(model, DataRows.encode(model, data, new int[] {0, 1, 2, 3, 4}));
        return settings.text("effects").equals("centred") ? new CentredEffects.Known(standardised, 4, PLATES.length) : standardised;
    }

    /** O-ring failures of the 23 launches before Challenger. */
    static Problem oring(Settings settings) {
        String prior = settings.text("prior");
        Model model = Models.build(Settings.of("type", "oring", "prior", prior, "response", "failure", "temperature", "temp_f",
                "log-b", 15.620117312603973));
        return PosteriorProblem.of(model, DataRows.encode(model, LAUNCHES, new int[] {1, 0}))
                .withLogNormaliser(prior.equals("proper") ? PROPER_LOG_EVIDENCE : LECTURE_LOG_EVIDENCE);
    }
}
