package io.driftwood.inference.filter.dynamics;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;

/** Gaussian draws and densities of whole populations, one covariance for all particles. */
public final class Gaussians {

    private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);

    private Gaussians() {}

    /** x = mean + L z. {@code mean} has the layout of x and is not {@code x.values}. */
    public static void draw(double[] mean, double[] lower, Particles x, Randomness random, long step, Purpose purpose, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        int length = x.length();
        // Whole blocks of 16: the numbers are the same, and none of them is made by itself.
        int blocks = length + 15 & ~15;
        double[] noise = scratch.take(blocks);
        random.normals(step, purpose, iteration, noise, 0, blocks);
        if (x.dimension == 1) {
            double sd = lower[0];
            double[] out = x.values;
            for (int i = 0; i < length; i++) {
                out[i] = Math.fma(sd, noise[i], mean[i]);
            }
        } else {
            LaneMath.get().lowerTimesColumns(lower, x.dimension, noise, x.values, x.stride, x.stride);
            LaneMath.get().axpy(1, mean, 0, x.values, 0, length);
        }
        scratch.release(mark);
        x.pad();
    }

    /** Adds log N(x; mean, C) and its score by x; -inf everywhere when C has no inverse. */
    static void addLogDensity(Particles x, double[] mean, double[] covariance, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        double[] away = scratch.take(x.length());
        for (int i = 0; i < x.length(); i++) {
            away[i] = x.values[i] - mean[i];
        }
        addLogOfResiduals(away, x.dimension, covariance, x.stride, logDensity, scratch);
        if (score != null) {
            LaneMath.get().axpy(-1, away, 0, score, 0, x.length());
        }
        scratch.release(mark);
    }

    /** Adds log N(y; H x, R) and its score by x. H row-major count x d, R row-major count x count. */
    static void addLogLinear(Particles x, double[] y, int count, double[] matrix, double[] covariance, double[] logDensity, double[] score,
            Scratch scratch) {
        int mark = scratch.mark();
        int stride = x.stride;
        double[] residual = scratch.take(count * stride);
        for (int c = 0; c < count; c++) {
            Arrays.fill(residual, c * stride, (c + 1) * stride, y[c]);
            for (int j = 0; j < x.dimension; j++) {
                if (matrix[c * x.dimension + j] != 0) {
                    LaneMath.get().axpy(-matrix[c * x.dimension + j], x.values, j * stride, residual, c * stride, stride);
                }
            }
        }
        addLogOfResiduals(residual, count, covariance, stride, logDensity, scratch);
        if (score != null) {
            for (int c = 0; c < count; c++) {
                for (int j = 0; j < x.dimension; j++) {
                    LaneMath.get().axpy(matrix[c * x.dimension + j], residual, c * stride, score, j * stride, stride);
                }
            }
        }
        scratch.release(mark);
    }

    /** Adds log N(residual; 0, C); afterwards {@code residual} holds C^-1 residual. */
    public static void addLogOfResiduals(double[] residual, int count, double[] covariance, int stride, double[] logDensity, Scratch scratch) {
        int mark = scratch.mark();
        LaneMath math = LaneMath.get();
        double[] lower = scratch.take(count * count);
        SemidefiniteFactor.lower(covariance, count, lower);
        double constant = -count * HALF_LOG_TWO_PI;
        for (int c = 0; c < count; c++) {
            constant -= StrictMath.log(lower[c * count + c]);
        }
        if (constant == Double.POSITIVE_INFINITY) {
            Arrays.fill(logDensity, 0, stride, Double.NEGATIVE_INFINITY);
            Arrays.fill(residual, 0, count * stride, 0.0);
            scratch.release(mark);
            return;
        }
        // L w = residual, row by row; then Lᵀ v = w.
        for (int c = 0; c < count; c++) {
            for (int k = 0; k < c; k++) {
                math.axpy(-lower[c * count + k], residual, k * stride, residual, c * stride, stride);
            }
            scale(residual, c * stride, 1 / lower[c * count + c], stride);
        }
        for (int i = 0; i < stride; i++) {
            logDensity[i] += constant;
        }
        math.addColumnSquares(residual, count, stride, stride, -0.5, logDensity);
        for (int c = count - 1; c >= 0; c--) {
            for (int k = c + 1; k < count; k++) {
                math.axpy(-lower[k * count + c], residual, k * stride, residual, c * stride, stride);
            }
            scale(residual, c * stride, 1 / lower[c * count + c], stride);
        }
        scratch.release(mark);
    }

    private static void scale(double[] a, int offset, double factor, int n) {
        for (int i = offset; i < offset + n; i++) {
            a[i] *= factor;
        }
    }
}
