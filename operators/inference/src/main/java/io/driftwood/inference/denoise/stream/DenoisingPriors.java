package io.driftwood.inference.denoise.stream;

import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.target.GaussianMixture;
import io.driftwood.inference.target.Targets;
import java.util.Arrays;

/** Every law of x that a denoising job can name. */
public final class DenoisingPriors {

    private static final Option WEIGHTS = Option.optional("weights", Shape.listOf(Shape.positive()), "Their weights, to be scaled to sum 1. Absent: equal.");

    public static final Catalogue<DenoisingLaw> CATALOGUE = Catalogue.of("denoising-prior",
            Entry.of("gaussian", "Normal, of independent coordinates or with a covariance.", DenoisingPriors::gaussian, options("gaussian")),
            Entry.of("gaussian-mixture", "Mixture of normals, isotropic, diagonal or full. A job may put a learned one in its place.",
                    s -> DenoisingLaw.of((GaussianMixture) Targets.CATALOGUE.build(s)), options("gaussian-mixture")),
            Entry.of("atoms", "Weighted points, such as what has been seen before; with a bandwidth, a normal around each.", DenoisingPriors::atoms,
                    Option.required("atoms", Shape.table(), "The points, one row for each."), WEIGHTS,
                    Option.withDefault("bandwidth", Shape.nonNegative(), 0.0, "Standard deviation of the normal around each point; 0 for the points themselves.")),
            Entry.of("patterns", "Weighted patterns of signs, for the channel signs.", DenoisingPriors::patterns,
                    Option.required("patterns", Shape.table(), "The patterns, rows of -1 and 1."), WEIGHTS),
            Entry.of("gaussian-in-noise", "Normal whose variance is that of the noise divided by worth: with an unknown noise scale all is exact in closed form.",
                    s -> DenoisingLaw.ofNoise(mean(s), s.number("worth")),
                    Option.required("mean", Shape.listOf(Shape.number()), "The mean, one number for each coordinate."),
                    Option.required("worth", Shape.positive(), "How many measurements the prior is worth.")));

    private DenoisingPriors() {}

    private static Option[] options(String target) { return Targets.CATALOGUE.find(target).orElseThrow().options().toArray(Option[]::new); }

    private static double[] mean(Settings settings) {
        double[] mean = settings.numbers("mean");
        if (mean.length == 0) {
            throw settings.problem("mean", "needs at least one number");
        }
        return mean;
    }

    private static DenoisingLaw gaussian(Settings settings) {
        double[] mean = mean(settings);
        if (!settings.has("covariance")) {
            double[] sd = settings.get("sd") instanceof Number one ? new double[] {one.doubleValue()} : settings.numbers("sd");
            if (sd.length != 1 && sd.length != mean.length) {
                throw settings.problem("sd", "needs one number, or " + mean.length + " as the mean has");
            }
            double[] sds = new double[mean.length];
            Arrays.setAll(sds, j -> sd[sd.length == 1 ? 0 : j]);
            return DenoisingLaw.of(GaussianMixture.diagonal(new double[] {1}, new double[][] {mean}, new double[][] {sds}));
        }
        double[][] rows = settings.table("covariance").rows();
        try {
            return DenoisingLaw.of(GaussianMixture.full(new double[] {1}, new double[][] {mean}, new double[][] {square(rows, mean.length)}));
        } catch (IllegalArgumentException e) {
            throw settings.problem("covariance", e.getMessage());
        }
    }

    private static double[] square(double[][] rows, int d) {
        if (rows.length != d || Arrays.stream(rows).anyMatch(row -> row.length != d)) {
            throw new IllegalArgumentException("needs " + d + " rows of " + d + " numbers");
        }
        for (int r = 0; r < d; r++) {
            for (int c = 0; c < r; c++) {
                if (rows[r][c] != rows[c][r]) {
                    throw new IllegalArgumentException("is not symmetric at row " + (r + 1) + ", column " + (c + 1));
                }
            }
        }
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    private static DenoisingLaw atoms(Settings settings) {
        double[][] rows = finite(settings, "atoms");
        double[] weights = weights(settings, rows.length);
        double bandwidth = settings.number("bandwidth");
        return bandwidth > 0 ? DenoisingLaw.of(GaussianMixture.isotropic(weights, rows, bandwidth)) : DenoisingLaw.ofPoints(rows, weights);
    }

    private static DenoisingLaw patterns(Settings settings) {
        double[][] rows = finite(settings, "patterns");
        try {
            return DenoisingLaw.ofSigns(rows, weights(settings, rows.length));
        } catch (IllegalArgumentException e) {
            throw settings.problem("patterns", e.getMessage());
        }
    }

    private static double[] weights(Settings settings, int count) {
        double[] weights = new double[count];
        Arrays.fill(weights, 1);
        if (settings.has("weights")) {
            weights = settings.numbers("weights");
            if (weights.length != count) {
                throw settings.problem("weights", "needs " + count + " numbers, one for each row");
            }
        }
        return weights;
    }

    /** Rows without missing numbers, at least one. */
    private static double[][] finite(Settings settings, String key) {
        double[][] rows = settings.table(key).rows();
        if (rows.length == 0 || rows[0].length == 0) {
            throw settings.problem(key, "needs at least one row of at least one number");
        }
        if (!Arrays.stream(rows).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)) {
            throw settings.problem(key, "has a missing or infinite number");
        }
        return rows;
    }
}
