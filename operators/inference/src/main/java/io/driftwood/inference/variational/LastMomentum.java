package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import java.util.Arrays;

/** The law of the last momentum given the last position, N(a + c z, e^2l) coordinate by coordinate, learned; standard normal where nothing is. */
final class LastMomentum {

    private final int d;
    private final double[] numbers;

    /** @param numbers a, c and l, d each; null for a standard normal */
    LastMomentum(int d, double[] numbers) {
        this.d = d;
        this.numbers = numbers;
    }

    private double offset(int j) { return numbers == null ? 0 : numbers[j]; }

    private double slope(int j) { return numbers == null ? 0 : numbers[d + j]; }

    private double logSd(int j) { return numbers == null ? 0 : numbers[2 * d + j]; }

    /** logWeight += log N(rho | a + c z, e^2l) + (d/2) log 2 pi. */
    void addLog(double[] z, double[] rho, int stride, double[] logWeight) {
        for (int j = 0; j < d; j++) {
            double scale = StrictMath.exp(-logSd(j));
            for (int i = 0; i < stride; i++) {
                double miss = scale * (rho[j * stride + i] - offset(j) - slope(j) * z[j * stride + i]);
                logWeight[i] -= 0.5 * miss * miss + logSd(j);
            }
        }
    }

    /** The cotangents of z and rho, and, where it is learned, the gradient. */
    void reverse(double[] z, double[] rho, int stride, int size, Cotangents bar, double[] gradient, int at) {
        double[] lane = new double[stride];
        for (int j = 0; j < d; j++) {
            double precision = StrictMath.exp(-2 * logSd(j));
            Arrays.fill(lane, 0);
            double squares = 0;
            for (int i = 0; i < stride; i++) {
                int k = j * stride + i;
                double pull = precision * (rho[k] - offset(j) - slope(j) * z[k]);
                bar.momentum[k] -= pull;
                bar.position[k] += slope(j) * pull;
                lane[i] = i < size ? bar.share[i] * pull : 0;
                squares += lane[i] * pull / precision;
            }
            if (numbers != null) {
                gradient[at + j] += LaneMath.get().sum(lane, 0, size);
                gradient[at + d + j] += LaneMath.get().dot(lane, 0, z, j * stride, size);
                gradient[at + 2 * d + j] += squares - 1;
            }
        }
    }
}
