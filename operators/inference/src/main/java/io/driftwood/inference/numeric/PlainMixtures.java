package io.driftwood.inference.numeric;

import java.util.Arrays;

/** Normals without correlations conditioned on measurements, many at once: plain Java. */
final class PlainMixtures {

    private PlainMixtures() {}

    static void conditionNormals(double[] variances, double[] means, double[] precision, double[] centre, int count, int stride,
            double[] conditional, double[] within, double[] products, double[] squares) {
        for (int k = 0; k < count; k++) {
            int product = k * (stride + 8 >> 4) * 8;
            for (int j = 0; j < stride; j++) {
                int at = k * stride + j;
                double widened = Math.fma(variances[at], precision[j], 1);
                double share = 1 / widened;
                double difference = centre[j] - means[at];
                double pull = precision[j] * difference * share;
                within[at] = variances[at] * share;
                conditional[at] = Math.fma(variances[at], pull, means[at]);
                int lane = j & 7;
                squares[k * 8 + lane] = j < 8 ? pull * difference : Math.fma(pull, difference, squares[k * 8 + lane]);
                int own = product + (j >> 4) * 8 + lane;
                products[own] = (j & 8) == 0 ? widened : products[own] * widened;
            }
        }
    }

    static void mixtureMoments(double[] weights, int count, int stride, double[] conditional, double[] within, double[] mean, double[] variances) {
        Arrays.fill(mean, 0, stride, 0);
        Arrays.fill(variances, 0, stride, 0);
        for (int k = 0; k < count; k++) {
            for (int j = 0; j < stride; j++) {
                mean[j] = Math.fma(weights[k], conditional[k * stride + j], mean[j]);
            }
        }
        for (int k = 0; k < count; k++) {
            for (int j = 0; j < stride; j++) {
                double between = conditional[k * stride + j] - mean[j];
                variances[j] = Math.fma(weights[k], Math.fma(between, between, within[k * stride + j]), variances[j]);
            }
        }
    }
}
