package io.driftwood.inference.denoise.conditional;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.Arrays;

/**
 * A linear observation with independent normal noise, o = A x + e, e_i ~ N(0, r_i):
 * <pre>   log p(o|x) = -1/2 sum_i [(o_i - a_i . x)^2 / r_i + log 2 pi r_i]      gradient = sum_i a_i (o_i - a_i . x) / r_i      Hessian = -sum_i a_i a_i^T / r_i   </pre>
 *
 * @param map A, row i at [i]
 * @param variances r
 */
public record LinearLikelihood(double[][] map, double[] observation, double[] variances) implements Likelihood {

    @Override
    public int dimension() { return map[0].length; }

    /** R, row-major. */
    public double[] noise() {
        int n = variances.length;
        double[] noise = new double[n * n];
        for (int i = 0; i < n; i++) {
            noise[i * (n + 1)] = variances[i];
        }
        return noise;
    }

    @Override
    public void add(Particles x, double[] log, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        double[] error = scratch.take(x.stride);
        for (int i = 0; i < map.length; i++) {
            product(i, x.values, x.stride, error);
            double constant = -0.5 * StrictMath.log(2 * Math.PI * variances[i]);
            for (int lane = 0; lane < x.stride; lane++) {
                error[lane] = observation[i] - error[lane];
                log[lane] += constant - 0.5 * error[lane] * error[lane] / variances[i];
            }
            for (int j = 0; score != null && j < x.dimension; j++) {
                LaneMath.get().axpy(map[i][j] / variances[i], error, 0, score, j * x.stride, x.stride);
            }
        }
        scratch.release(mark);
    }

    /** a_i . u of every lane. */
    private void product(int i, double[] u, int stride, double[] out) {
        Arrays.fill(out, 0, stride, 0.0);
        for (int j = 0; j < map[i].length; j++) {
            LaneMath.get().axpy(map[i][j], u, j * stride, out, 0, stride);
        }
    }

    @Override
    public void addHessianVector(Particles x, double[] v, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        double[] along = scratch.take(x.stride);
        for (int i = 0; i < map.length; i++) {
            product(i, v, x.stride, along);
            for (int j = 0; j < x.dimension; j++) {
                LaneMath.get().axpy(-map[i][j] / variances[i], along, 0, out, j * x.stride, x.stride);
            }
        }
        scratch.release(mark);
    }
}
