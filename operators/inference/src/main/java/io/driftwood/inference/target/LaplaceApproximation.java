package io.driftwood.inference.target;

import io.driftwood.inference.numeric.Cholesky;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.Optional;

/**
 * The Gaussian at a mode of a target: N(m, (-H)^-1), H the Hessian of the log-density at m. The mode by Newton's method with a
 * Levenberg ridge: the step solves (-H + ridge I) s = grad, the ridge grows until the density rises and shrinks afterwards.
 *
 * <p>The Hessian is one batched Hessian-vector product: d copies of the point, one unit vector each. Allocates; for starts, not
 * for the hot path.
 */
public final class LaplaceApproximation {

    private static final int MAX_ITERATIONS = 200;

    private final double[] mode;
    private final double[] lower;
    private final double logDensityAtMode;

    private LaplaceApproximation(double[] mode, double[] lower, double logDensityAtMode) {
        this.mode = mode;
        this.lower = lower;
        this.logDensityAtMode = logDensityAtMode;
    }

    /** Empty when no mode with a negative definite Hessian was found from {@code start}. */
    public static Optional<LaplaceApproximation> of(Target target, double[] start, Scratch scratch) { return of(target, start, MAX_ITERATIONS, scratch); }

    /** The same with more patience: a mode at the end of a narrow bent valley takes a thousand steps and more. */
    public static Optional<LaplaceApproximation> of(Target target, double[] start, int iterations, Scratch scratch) {
        return new Search(target, scratch).run(start, iterations);
    }

    public double[] mode() { return mode.clone(); }

    /** L with L L^T = (-H)^-1, row-major. */
    public double[] factor() { return lower.clone(); }

    /** log p(m) + (d/2) log 2 pi + log det (-H)^(-1/2): the Laplace approximation of the log normaliser; biased. */
    public double logEvidence() {
        int d = mode.length;
        double logDeterminant = 0;
        for (int j = 0; j < d; j++) {
            logDeterminant += StrictMath.log(lower[j * d + j]);
        }
        return logDensityAtMode + 0.5 * d * StrictMath.log(2 * Math.PI) + logDeterminant;
    }

    /** The approximation with its standard deviations multiplied. */
    public GaussianTarget widened(double factor) {
        double[] wide = lower.clone();
        for (int k = 0; k < wide.length; k++) {
            wide[k] *= factor;
        }
        return new GaussianTarget(mode, wide);
    }

    private static final class Search {

        private final Target target;
        private final Scratch scratch;
        private final int d;
        private final Particles points;
        private final double[] density;
        private final double[] score;
        private final double[] units;
        private final double[] products;
        private final Cholesky cholesky = new Cholesky();

        Search(Target target, Scratch scratch) {
            this.target = target;
            this.scratch = scratch;
            this.d = target.dimension();
            this.points = new Particles(d, d);
            this.density = new double[points.stride];
            this.score = new double[points.length()];
            this.units = new double[points.length()];
            this.products = new double[points.length()];
            for (int j = 0; j < d; j++) {
                units[j * points.stride + j] = 1;
            }
        }

        Optional<LaplaceApproximation> run(double[] start, int iterations) {
            double[] x = start.clone();
            double value = evaluate(x);
            double ridge = 1e-3;
            double[] gradient = new double[d];
            double[] precision = new double[d * d];
            for (int k = 0; k < iterations; k++) {
                gradientAndPrecision(x, gradient, precision);
                double[] step = solve(precision, ridge, gradient);
                double[] next = plus(x, step);
                double nextValue = step == null ? Double.NaN : evaluate(next);
                if (nextValue >= value) {
                    double gain = nextValue - value;
                    x = next;
                    value = nextValue;
                    ridge = Math.max(1e-12, ridge / 10);
                    if (gain <= 1e-12 * (1 + Math.abs(value)) && norm(step) <= 1e-8 * (1 + norm(x))) {
                        return finish(x, value);
                    }
                } else {
                    ridge *= 10;
                    if (ridge > 1e12) {
                        return finish(x, value);
                    }
                }
            }
            return Optional.empty();
        }

        private Optional<LaplaceApproximation> finish(double[] x, double value) {
            double[] precision = new double[d * d];
            gradientAndPrecision(x, new double[d], precision);
            if (!Double.isFinite(value) || !cholesky.decompose(precision, d)) {
                return Optional.empty();
            }
            return Optional.of(new LaplaceApproximation(x, factorOfInverse(precision), value));
        }

        /** L with L L^T = P^-1. */
        private double[] factorOfInverse(double[] precision) {
            double[] covariance = new double[d * d];
            for (int c = 0; c < d; c++) {
                double[] unit = new double[d];
                unit[c] = 1;
                double[] column = solve(precision, 0, unit);
                for (int r = 0; r < d; r++) {
                    covariance[r * d + c] = column[r];
                }
            }
            double[] factor = new double[d * d];
            cholesky.decompose(covariance, d);
            cholesky.lower(factor);
            return factor;
        }

        private double evaluate(double[] x) {
            place(x);
            target.evaluate(points, density, score, scratch);
            return density[0];
        }

        private void gradientAndPrecision(double[] x, double[] gradient, double[] precision) {
            place(x);
            target.evaluate(points, density, score, scratch);
            target.hessianVector(points, units, products, scratch);
            for (int j = 0; j < d; j++) {
                gradient[j] = score[j * points.stride];
                for (int k = 0; k < d; k++) {
                    precision[j * d + k] = -0.5 * (products[j * points.stride + k] + products[k * points.stride + j]);
                }
            }
        }

        /** Null when the ridge is too small for a positive definite matrix. */
        private double[] solve(double[] precision, double ridge, double[] right) {
            double[] matrix = precision.clone();
            for (int j = 0; j < d; j++) {
                matrix[j * d + j] += ridge;
            }
            if (!cholesky.decompose(matrix, d)) {
                return null;
            }
            double[] solution = right.clone();
            cholesky.solve(solution);
            return solution;
        }

        private void place(double[] x) {
            for (int j = 0; j < d; j++) {
                java.util.Arrays.fill(points.values, j * points.stride, (j + 1) * points.stride, x[j]);
            }
        }

        private double[] plus(double[] x, double[] step) {
            double[] sum = x.clone();
            for (int j = 0; step != null && j < d; j++) {
                sum[j] += step[j];
            }
            return sum;
        }

        private static double norm(double[] v) {
            double sum = 0;
            for (double e : v) {
                sum += e * e;
            }
            return Math.sqrt(sum);
        }
    }
}
