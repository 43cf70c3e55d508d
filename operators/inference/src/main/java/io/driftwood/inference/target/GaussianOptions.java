package io.driftwood.inference.target;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.catalogue.Table;
import java.util.Arrays;
import java.util.List;

/** The configuration of normals and their mixtures. */
final class GaussianOptions {

    static final Option[] GAUSSIAN = {
        Option.required("mean", Shape.listOf(Shape.number()), "The mean, one number for each coordinate."),
        Option.withDefault("sd", Shape.either(Shape.positive(), Shape.listOf(Shape.positive())), 1.0,
                "Standard deviation, one for all coordinates or one for each; without meaning beside a covariance."),
        Option.optional("covariance", Shape.table(), "The covariance, as many rows as coordinates. Absent: independent coordinates with the sd."),
    };

    static final Option[] MIXTURE = {
        Option.required("means", Shape.table(), "The components' means, one row for each."),
        Option.optional("weights", Shape.listOf(Shape.positive()), "The components' weights, to be scaled to sum 1. Absent: equal."),
        Option.withDefault("sd", Shape.either(Shape.positive(), Shape.table()), 1.0,
                "Standard deviation: one for everything, or a row for each component with one number or one for each coordinate."),
        Option.optional("covariances", Shape.listOf(Shape.table()),
                "The components' covariances, one for each, or one that all share. Absent: the sd counts."),
    };

    private GaussianOptions() {}

    static Problem gaussian(Settings settings) {
        double[] mean = settings.numbers("mean");
        if (mean.length == 0) {
            throw settings.problem("mean", "needs at least one number");
        }
        return new GaussianProblem(settings.has("covariance")
                ? withCovariance(mean, settings)
                : GaussianTarget.independent(mean, sds(mean.length, settings)));
    }

    private static GaussianTarget withCovariance(double[] mean, Settings settings) {
        try {
            return GaussianTarget.of(mean, square(settings.table("covariance"), mean.length));
        } catch (IllegalArgumentException e) {
            throw settings.problem("covariance", e.getMessage());
        }
    }

    private static double[] sds(int d, Settings settings) {
        if (settings.get("sd") instanceof Number sd) {
            double[] all = new double[d];
            Arrays.fill(all, sd.doubleValue());
            return all;
        }
        double[] sds = settings.numbers("sd");
        if (sds.length != d) {
            throw settings.problem("sd", "needs one number, or " + d + " as the mean has");
        }
        return sds;
    }

    static GaussianMixture mixture(Settings settings) {
        double[][] means = finite(settings, "means");
        double[] weights = weights(settings, means.length);
        return settings.has("covariances") ? full(weights, means, settings) : diagonal(weights, means, settings);
    }

    static double[] weights(Settings settings, int count) {
        if (!settings.has("weights")) {
            double[] equal = new double[count];
            Arrays.fill(equal, 1);
            return equal;
        }
        double[] weights = settings.numbers("weights");
        if (weights.length != count) {
            throw settings.problem("weights", "needs " + count + " numbers, one for each row");
        }
        return weights;
    }

    private static GaussianMixture diagonal(double[] weights, double[][] means, Settings settings) {
        if (!settings.has("sd") || settings.get("sd") instanceof Number) {
            return GaussianMixture.isotropic(weights, means, settings.has("sd") ? settings.number("sd") : 1);
        }
        int d = means[0].length;
        Table given = settings.table("sd");
        if (given.rows().length != means.length || (given.width() != d && given.width() != 1)) {
            throw settings.problem("sd", "needs " + means.length + " rows of 1 or " + d + " numbers");
        }
        double[][] sds = new double[means.length][d];
        for (int k = 0; k < sds.length; k++) {
            for (int j = 0; j < d; j++) {
                sds[k][j] = given.rows()[k][given.width() == 1 ? 0 : j];
                if (!(sds[k][j] > 0)) {
                    throw settings.problem("sd", "must be greater than 0 everywhere");
                }
            }
        }
        return GaussianMixture.diagonal(weights, means, sds);
    }

    private static GaussianMixture full(double[] weights, double[][] means, Settings settings) {
        List<Table> given = settings.list("covariances", Table.class);
        if (given.size() != means.length && given.size() != 1) {
            throw settings.problem("covariances", "needs " + means.length + " tables, one for each row of means, or a single one");
        }
        double[][] covariances = new double[means.length][];
        try {
            for (int k = 0; k < covariances.length; k++) {
                covariances[k] = square(given.get(given.size() == 1 ? 0 : k), means[0].length);
            }
            return GaussianMixture.full(weights, means, covariances);
        } catch (IllegalArgumentException e) {
            throw settings.problem("covariances", e.getMessage());
        }
    }

    /** Rows without missing numbers, at least one. */
    static double[][] finite(Settings settings, String key) {
        Table table = settings.table(key);
        if (table.width() == 0) {
            throw settings.problem(key, "needs at least one row of at least one number");
        }
        for (double[] row : table.rows()) {
            if (!Arrays.stream(row).allMatch(Double::isFinite)) {
                throw settings.problem(key, "has a missing or infinite number");
            }
        }
        return table.rows();
    }

    static double[] square(Table table, int d) {
        if (table.rows().length != d || table.width() != d) {
            throw new IllegalArgumentException("needs " + d + " rows of " + d + " numbers");
        }
        double[] flat = new double[d * d];
        for (int r = 0; r < d; r++) {
            System.arraycopy(table.rows()[r], 0, flat, r * d, d);
            for (int c = 0; c < r; c++) {
                if (table.rows()[r][c] != table.rows()[c][r]) {
                    throw new IllegalArgumentException("is not symmetric at row " + (r + 1) + ", column " + (c + 1));
                }
            }
        }
        return flat;
    }
}
