package io.driftwood.bench;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Models;
import io.driftwood.inference.numeric.Cholesky;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A regression on four features, one hundred usual observations of it, and one that moves the posterior by ten of its standard deviations.
 *
 * @param logPredictive of the last observation given the others, where it is known; NaN otherwise
 */
record FarObservation(String name, Model model, List<Observation> usual, Observation far, double logPredictive) {

    private static final int FEATURES = 4;
    private static final int USUAL = 100;
    private static final double SHIFT = 10;
    private static final double COUNT = 130;
    private static final long SEED = 20_261_123;
    private static final int OTHERS = 8;

    /**
     * Normal observations of unit noise, where everything is known. With posterior N(m, V) before and features x, the posterior mean moves by V x r/(1 + h),
     * r = y - x.m and h = x^T V x, whose length in units of V is |r| sqrt(h)/(1 + h).
     */
    static FarObservation normal() { return normal(SEED, SHIFT); }

    private static FarObservation normal(long seed, double shift) {
        List<double[]> rows = rows(false, seed);
        int d = FEATURES + 1;
        double[] precision = new double[d * d];
        double[] moment = new double[d];
        for (int j = 0; j < d; j++) {
            precision[j * d + j] = 1;
        }
        for (double[] row : rows) {
            for (int j = 0; j < d; j++) {
                moment[j] += feature(row, j) * row[0];
                for (int k = 0; k < d; k++) {
                    precision[j * d + k] += feature(row, j) * feature(row, k);
                }
            }
        }
        Cholesky cholesky = new Cholesky();
        cholesky.decompose(precision, d);
        double[] far = new double[FEATURES + 1];
        for (int j = 1; j <= FEATURES; j++) {
            far[j] = 1;
        }
        double[] spread = IntStream.range(0, d).mapToDouble(j -> feature(far, j)).toArray();
        cholesky.solve(spread);
        cholesky.solve(moment);
        double h = 0;
        double mean = 0;
        for (int j = 0; j < d; j++) {
            h += feature(far, j) * spread[j];
            mean += feature(far, j) * moment[j];
        }
        double residual = shift * (1 + h) / Math.sqrt(h);
        far[0] = mean + residual;
        double logPredictive = -0.5 * Math.log(2 * Math.PI * (1 + h)) - residual * residual / (2 * (1 + h));
        return of("normal regression", Settings.of("family", "gaussian", "response", "y", "features", names(), "intercept", true, "scale", 1.0), rows, far, logPredictive);
    }

    /** Counts, where nothing is known: the log-likelihood of one large count is far from quadratic. The count was found by trying. */
    static FarObservation counts() { return counts(SEED, COUNT); }

    private static FarObservation counts(long seed, double count) {
        double[] far = {count, 1, 1, 1, 1};
        return of("Poisson regression", Settings.of("family", "poisson", "response", "y", "features", names(), "intercept", true), rows(true, seed), far, Double.NaN);
    }

    /** Other keys of the same job, with coefficients the same and observations of their own; the far one moves each by something between four fifths and six fifths. */
    List<FarObservation> others() {
        return IntStream.rangeClosed(1, OTHERS).mapToObj(k -> {
            double share = 0.8 + 0.4 * (k - 1) / (OTHERS - 1);
            return Double.isNaN(logPredictive) ? counts(SEED + k, Math.rint(share * COUNT)) : normal(SEED + k, share * SHIFT);
        }).toList();
    }

    private static FarObservation of(String name, Settings model, List<double[]> rows, double[] far, double logPredictive) {
        List<Observation> usual = new ArrayList<>();
        for (double[] row : rows) {
            usual.add(new Observation("all", Observation.NO_TIME, row, name, usual.size() + 1));
        }
        Model built = Models.CATALOGUE.find("glm").orElseThrow().build().apply(model);
        return new FarObservation(name, built, usual, new Observation("all", Observation.NO_TIME, far, name, USUAL + 1), logPredictive);
    }

    private static List<String> names() { return IntStream.rangeClosed(1, FEATURES).mapToObj(j -> "x" + j).toList(); }

    private static double feature(double[] row, int j) { return j == 0 ? 1 : row[j]; }

    private static List<double[]> rows(boolean counts, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<double[]> rows = new ArrayList<>();
        for (int r = 0; r < USUAL; r++) {
            double[] row = new double[FEATURES + 1];
            double eta = 0.3;
            for (int j = 1; j <= FEATURES; j++) {
                row[j] = random.nextGaussian();
                eta += 0.3 * row[j];
            }
            row[0] = counts ? poisson(Math.exp(eta), random) : eta + random.nextGaussian();
            rows.add(row);
        }
        return rows;
    }

    /** By inversion. */
    private static double poisson(double rate, SplittableRandom random) {
        double left = random.nextDouble();
        double mass = Math.exp(-rate);
        int count = 0;
        while (left > mass && count < 1000) {
            left -= mass;
            count++;
            mass *= rate / count;
        }
        return count;
    }
}
