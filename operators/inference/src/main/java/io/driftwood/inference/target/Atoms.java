package io.driftwood.inference.target;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;

/**
 * Weighted points x_1..x_n, looked at from one place at a time: {@link #softmax} turns log-weights into probabilities, the others average
 * over them. Columns of atoms, coordinate j of atom a at [j*stride + a], so that the lanes are atoms; the places are taken one by one.
 */
final class Atoms {

    final Particles points;
    /** Normalised; NEGATIVE_INFINITY in the padding lanes. */
    final double[] logWeights;
    private final double[] cumulative;

    /** @param weights positive, one for each row; need not sum to 1 */
    Atoms(double[][] rows, double[] weights) {
        if (rows.length == 0 || weights.length != rows.length) {
            throw new IllegalArgumentException("needs atoms, and a weight for each: " + rows.length + " atoms, " + weights.length + " weights");
        }
        points = new Particles(rows.length, rows[0].length);
        logWeights = new double[points.stride];
        cumulative = new double[rows.length];
        java.util.Arrays.fill(logWeights, Double.NEGATIVE_INFINITY);
        double total = 0;
        for (double weight : weights) {
            if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a weight must be positive and finite, not " + weight);
            }
            total += weight;
        }
        double sum = 0;
        for (int a = 0; a < rows.length; a++) {
            for (int j = 0; j < points.dimension; j++) {
                points.set(j, a, rows[a][j]);
            }
            sum += weights[a];
            cumulative[a] = sum / total;
            logWeights[a] = StrictMath.log(weights[a] / total);
        }
        points.pad();
    }

    /** The atom in whose share of [0, 1) the uniform falls. */
    int pick(double uniform) {
        int found = java.util.Arrays.binarySearch(cumulative, uniform);
        return Math.min(cumulative.length - 1, found >= 0 ? found + 1 : -found - 1);
    }

    /**
     * Logits become probabilities that sum to 1.
     *
     * @param parts [0] becomes the largest logit, [1] the sum of e^(logit - largest): the log of the sum of e^logit is [0] + log [1]
     */
    static void softmax(double[] logits, int stride, double[] parts) {
        LaneMath math = LaneMath.get();
        double largest = math.max(logits, 0, stride);
        for (int a = 0; a < stride; a++) {
            logits[a] -= largest;
        }
        math.exp(logits, 0, logits, 0, stride);
        double sum = math.sum(logits, 0, stride);
        for (int a = 0; a < stride; a++) {
            logits[a] /= sum;
        }
        parts[0] = largest;
        parts[1] = sum;
    }

    /** mean[meanOffset + j*meanStride] = sum_a r_a x_aj. */
    static void mean(double[] columns, int dimension, int stride, double[] r, double[] mean, int meanOffset, int meanStride) {
        for (int j = 0; j < dimension; j++) {
            mean[meanOffset + j * meanStride] = LaneMath.get().dot(r, 0, columns, j * stride, stride);
        }
    }

    /** out_j = sum_a r_a (x_aj - m_j) ((x_a - m) . u): the covariance of the atoms times u, about a mean that is known. */
    static void covarianceTimes(double[] columns, int dimension, int stride, double[] r, double[] mean, int meanOffset, int meanStride,
            double[] u, double[] out, Scratch scratch) {
        LaneMath math = LaneMath.get();
        int mark = scratch.mark();
        double[] along = scratch.take(stride);
        java.util.Arrays.fill(along, 0, stride, 0.0);
        for (int j = 0; j < dimension; j++) {
            double centre = mean[meanOffset + j * meanStride];
            double by = u[meanOffset + j * meanStride];
            for (int a = 0; a < stride; a++) {
                along[a] = Math.fma(columns[j * stride + a] - centre, by, along[a]);
            }
        }
        for (int j = 0; j < dimension; j++) {
            int at = meanOffset + j * meanStride;
            out[at] = math.weightedProducts(r, 0, columns, j * stride, mean[at], along, 0, 0, stride);
        }
        scratch.release(mark);
    }
}
