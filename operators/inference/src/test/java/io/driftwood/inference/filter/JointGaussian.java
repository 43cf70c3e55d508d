package io.driftwood.inference.filter;

import io.driftwood.inference.filter.dynamics.LinearGaussian;
import io.driftwood.inference.filter.dynamics.Moment;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * The joint normal law of all states of a linear-Gaussian model, written down as one big covariance and conditioned by solving: no recursion
 * over posteriors, so that it can be held against a filter.
 */
final class JointGaussian {

    private final RealMatrix mean;
    private final RealMatrix covariance;
    private final LinearGaussian model;
    private final double[][] y;
    private final Moment[] moments;
    private final int d;

    JointGaussian(LinearGaussian model, double[] elapsed, double[][] y) {
        this.model = model;
        this.y = y;
        d = model.dimension();
        int n = y.length;
        moments = new Moment[n];
        mean = new Array2DRowRealMatrix(n * d, 1);
        covariance = new Array2DRowRealMatrix(n * d, n * d);
        double[] m = new double[d];
        double[] p = new double[d * d];
        model.initial(m, p);
        insert(mean, 0, 0, matrix(d, 1, m));
        insert(covariance, 0, 0, matrix(d, d, p));
        for (int t = 0; t < n; t++) {
            moments[t] = Moment.after(elapsed[t]);
            if (t > 0) {
                extend(t);
            }
        }
    }

    private void extend(int t) {
        double[] f = new double[d * d];
        double[] c = new double[d];
        double[] q = new double[d * d];
        model.transition(moments[t], f, c);
        model.transitionCovariance(moments[t], q);
        RealMatrix step = matrix(d, d, f);
        int here = t * d;
        int before = here - d;
        insert(mean, here, 0, step.multiply(rows(mean, before, here)).add(matrix(d, 1, c)));
        RealMatrix cross = step.multiply(covariance.getSubMatrix(before, here - 1, 0, here - 1));
        insert(covariance, here, 0, cross);
        insert(covariance, 0, here, cross.transpose());
        RealMatrix last = covariance.getSubMatrix(before, here - 1, before, here - 1);
        insert(covariance, here, here, step.multiply(last).multiply(step.transpose()).add(matrix(d, d, q)));
    }

    private static void insert(RealMatrix to, int row, int column, RealMatrix what) { to.setSubMatrix(what.getData(), row, column); }

    private static RealMatrix rows(RealMatrix of, int from, int to) { return of.getSubMatrix(from, to - 1, 0, of.getColumnDimension() - 1); }

    private static RealMatrix matrix(int rows, int columns, double[] rowMajor) {
        RealMatrix out = new Array2DRowRealMatrix(rows, columns);
        for (int k = 0; k < rows * columns; k++) {
            out.setEntry(k / columns, k % columns, rowMajor[k]);
        }
        return out;
    }

    /** log p(y_1..y_n) of what is not NaN. */
    double logLikelihood() {
        Measured all = measured();
        LUDecomposition s = new LUDecomposition(all.matrix.multiply(covariance).multiply(all.matrix.transpose()).add(all.noise));
        RealMatrix away = all.values.subtract(all.matrix.multiply(mean));
        return -0.5 * (all.values.getRowDimension() * Math.log(2 * Math.PI) + Math.log(s.getDeterminant())
                + away.transpose().multiply(s.getSolver().solve(away)).getEntry(0, 0));
    }

    /** Posterior mean of the last state. */
    double[] lastMean() { return meanOf(y.length - 1); }

    /** Posterior covariance of the last state. */
    double[][] lastCovariance() { return covarianceOf(y.length - 1); }

    /** Mean of state t, 0 for the first, given all that was measured. */
    double[] meanOf(int t) { return condition(true, t).getColumn(0); }

    double[][] covarianceOf(int t) { return condition(false, t).getData(); }

    private RealMatrix condition(boolean ofMean, int t) {
        Measured all = measured();
        int from = t * d;
        int to = from + d;
        LUDecomposition s = new LUDecomposition(all.matrix.multiply(covariance).multiply(all.matrix.transpose()).add(all.noise));
        RealMatrix cross = rows(covariance, from, to).multiply(all.matrix.transpose());
        return ofMean
                ? rows(mean, from, to).add(cross.multiply(s.getSolver().solve(all.values.subtract(all.matrix.multiply(mean)))))
                : covariance.getSubMatrix(from, to - 1, from, to - 1).subtract(cross.multiply(s.getSolver().solve(cross.transpose())));
    }

    private record Measured(RealMatrix matrix, RealMatrix noise, RealMatrix values) {}

    private Measured measured() {
        int channels = y[0].length;
        int count = 0;
        for (double[] row : y) {
            for (double v : row) {
                count += v == v ? 1 : 0;
            }
        }
        RealMatrix matrix = new Array2DRowRealMatrix(count, mean.getRowDimension());
        RealMatrix noise = new Array2DRowRealMatrix(count, count);
        RealMatrix values = new Array2DRowRealMatrix(count, 1);
        int k = 0;
        for (int t = 0; t < y.length; t++) {
            double[] h = new double[channels * d];
            double[] r = new double[channels * channels];
            model.observation(moments[t], h, r);
            int first = k;
            for (int c = 0; c < channels; c++) {
                if (y[t][c] != y[t][c]) {
                    continue;
                }
                for (int j = 0; j < d; j++) {
                    matrix.setEntry(k, t * d + j, h[c * d + j]);
                }
                values.setEntry(k, 0, y[t][c]);
                int other = first;
                for (int e = 0; e < c; e++) {
                    if (y[t][e] == y[t][e]) {
                        noise.setEntry(k, other, r[c * channels + e]);
                        noise.setEntry(other++, k, r[e * channels + c]);
                    }
                }
                noise.setEntry(k, k, r[c * channels + c]);
                k++;
            }
        }
        return new Measured(matrix, noise, values);
    }
}
