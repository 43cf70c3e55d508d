package io.driftwood.inference.denoise.learn;

import io.driftwood.inference.denoise.DenoisingPrior;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.target.GaussianMixture;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A mixture of normals as something {@link Learned}:
 * <pre>
 *   type mixture     weights[K], means[K d] component after component, and variances[K d], or covariances[K d d] row by row
 *   type gaussian    mean[d], and variances[d] or covariance[d d]
 * </pre>
 * What does not fit is refused with the reason: another dimension, weights that do not add up to one, a covariance that is not positive definite.
 */
public final class LearnedMixture {

    /** By so much weights may miss one, from rounding where they were written. */
    private static final double ROUNDING = 1e-9;

    private LearnedMixture() {}

    /** @param labels facts in words to go with it */
    public static Learned of(String name, long version, long eventTime, GaussianMixture mixture, boolean diagonal, Map<String, String> labels) {
        int d = mixture.dimension();
        int count = mixture.componentCount();
        double[] means = new double[count * d];
        double[] spreads = new double[count * (diagonal ? d : d * d)];
        for (int k = 0; k < count; k++) {
            System.arraycopy(mixture.mean(k), 0, means, k * d, d);
            double[] covariance = mixture.covariance(k);
            for (int at = 0; at < d * d; at++) {
                if (!diagonal) {
                    spreads[k * d * d + at] = covariance[at];
                } else if (at % (d + 1) == 0) {
                    spreads[k * d + at / (d + 1)] = covariance[at];
                }
            }
        }
        return Learned.of(name, "mixture", version, eventTime, labels,
                new TreeMap<>(Map.of("weights", mixture.weights(), "means", means, diagonal ? "variances" : "covariances", spreads)));
    }

    /** @throws Learned.UnfitException if it is no law of an x of this dimension */
    public static DenoisingPrior prior(Learned learned, int dimension) { return DenoisingPrior.of(read(learned, dimension)); }

    /** @throws Learned.UnfitException if it is no law of an x of this dimension */
    public static GaussianMixture read(Learned learned, int dimension) {
        boolean gaussian = learned.type().equals("gaussian");
        if (!gaussian) {
            learned.require("mixture");
        }
        double[] weights = gaussian ? new double[] {1} : learned.array("weights");
        double[] means = learned.array(gaussian ? "mean" : "means", weights.length * dimension);
        requireWeights(learned, weights);
        double[][] rows = rows(means, weights.length);
        try {
            if (learned.arrays().containsKey("variances")) {
                double[] variances = learned.array("variances", weights.length * dimension);
                requirePositive(learned, variances);
                return GaussianMixture.diagonal(weights, rows, rows(Arrays.stream(variances).map(Math::sqrt).toArray(), weights.length));
            }
            double[][] covariances = rows(learned.array(gaussian ? "covariance" : "covariances", weights.length * dimension * dimension), weights.length);
            requireSymmetric(learned, covariances, dimension);
            return GaussianMixture.full(weights, rows, covariances);
        } catch (IllegalArgumentException e) {
            throw new Learned.UnfitException(learned, "is no law of x: " + e.getMessage());
        }
    }

    private static void requireWeights(Learned learned, double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            if (!(weight > 0)) {
                throw new Learned.UnfitException(learned, "has a component of weight " + weight);
            }
            sum += weight;
        }
        if (!(Math.abs(sum - 1) <= ROUNDING * weights.length)) {
            throw new Learned.UnfitException(learned, "has weights that add up to " + sum + " and not to 1");
        }
    }

    private static void requirePositive(Learned learned, double[] variances) {
        for (double variance : variances) {
            if (!(variance > 0)) {
                throw new Learned.UnfitException(learned, "has a variance of " + variance);
            }
        }
    }

    private static void requireSymmetric(Learned learned, double[][] covariances, int d) {
        for (double[] covariance : covariances) {
            for (int at = 0; at < covariance.length; at++) {
                double mirrored = covariance[at % d * d + at / d];
                if (Math.abs(covariance[at] - mirrored) > ROUNDING * Math.sqrt(Math.abs(covariance[at / d * (d + 1)] * covariance[at % d * (d + 1)]))) {
                    throw new Learned.UnfitException(learned, "has a covariance that is not symmetric");
                }
            }
        }
    }

    private static double[][] rows(double[] flat, int count) {
        double[][] rows = new double[count][];
        int length = flat.length / count;
        for (int k = 0; k < count; k++) {
            rows[k] = Arrays.copyOfRange(flat, k * length, (k + 1) * length);
        }
        return rows;
    }
}
