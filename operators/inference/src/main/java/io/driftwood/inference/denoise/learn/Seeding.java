package io.driftwood.inference.denoise.learn;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianMixture;
import java.util.Arrays;

/** Where the ascent of a mixture begins: means on rows far from each other, equal weights, the covariance of all rows. */
final class Seeding {

    private Seeding() {}

    static GaussianMixture of(Particles rows, int components, Covariances covariances, Randomness random) {
        if (covariances == Covariances.KNOWN) {
            throw new IllegalArgumentException("known covariances come with a start");
        }
        double[] weights = new double[components];
        double[][] spreads = new double[components][];
        Arrays.fill(weights, 1);
        MixtureStatistics all = new MixtureStatistics(1, mean(rows));
        double[] ones = new double[rows.stride];
        Arrays.fill(ones, 1);
        all.add(rows, ones, 1);
        double[] covariance = all.covariance(0);
        SpectrumFloor.raise(covariance, rows.dimension, all.floor());
        Arrays.fill(spreads, covariance);
        return MixtureStatistics.mixture(weights, spread(rows, components, random), spreads, covariances);
    }

    /** The first row is drawn evenly, every other with probability proportional to its squared distance from the nearest before it. */
    static double[][] spread(Particles rows, int components, Randomness random) {
        double[][] means = new double[components][];
        double[] nearest = new double[rows.size];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        means[0] = row(rows, (int) (random.uniform(0, Purpose.RESAMPLE, 0) * rows.size));
        for (int k = 1; k < components; k++) {
            double sum = 0;
            for (int i = 0; i < rows.size; i++) {
                nearest[i] = Math.min(nearest[i], squaredDistance(rows, i, means[k - 1]));
                sum += nearest[i];
            }
            double level = random.uniform(0, Purpose.RESAMPLE, k) * sum;
            int chosen = 0;
            for (double below = nearest[0]; below <= level && chosen < rows.size - 1; below += nearest[chosen]) {
                chosen++;
            }
            means[k] = row(rows, chosen);
        }
        return means;
    }

    private static double squaredDistance(Particles rows, int i, double[] from) {
        double sum = 0;
        for (int j = 0; j < from.length; j++) {
            double difference = rows.get(j, i) - from[j];
            sum = Math.fma(difference, difference, sum);
        }
        return sum;
    }

    static double[] row(Particles rows, int i) {
        double[] row = new double[rows.dimension];
        for (int j = 0; j < row.length; j++) {
            row[j] = rows.get(j, i);
        }
        return row;
    }

    static double[] mean(Particles rows) {
        double[] mean = new double[rows.dimension];
        for (int j = 0; j < mean.length; j++) {
            mean[j] = LaneMath.get().sum(rows.values, j * rows.stride, rows.size) / rows.size;
        }
        return mean;
    }
}
