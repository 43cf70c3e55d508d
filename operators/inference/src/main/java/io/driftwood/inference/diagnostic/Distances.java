package io.driftwood.inference.diagnostic;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Distances between laws, to hold samplers against what they should draw from. */
public final class Distances {

    private Distances() {}

    /** On a finite space: (1/2) sum |p - q|. */
    public static double totalVariation(double[] p, double[] q) {
        requireEqual(p.length, q.length);
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            sum += Math.abs(p[k] - q[k]);
        }
        return 0.5 * sum;
    }

    /** The same as the largest difference in the probability of a set, sum (p - q)+: equal to {@link #totalVariation} for probabilities. */
    public static double largestDifference(double[] p, double[] q) {
        requireEqual(p.length, q.length);
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            sum += Math.max(0, p[k] - q[k]);
        }
        return sum;
    }

    /**
     * The shares of draws in cells: below edges[0], then [edges[k-1], edges[k]), and last from the last edge on; for total variation between
     * histograms, a lower bound of that between the laws but for the noise of the counts.
     *
     * @param edges ascending
     */
    public static double[] histogram(double[] draws, double[] edges) {
        double[] shares = new double[edges.length + 1];
        for (double x : draws) {
            int found = java.util.Arrays.binarySearch(edges, x);
            shares[found >= 0 ? found + 1 : -found - 1] += 1.0 / draws.length;
        }
        return shares;
    }

    /** Between two sets of draws on the line: the integral of |F - G|, by sorting; they need not be equally many. */
    public static double wasserstein(double[] a, double[] b) {
        double[] x = Moments.sorted(a);
        double[] y = Moments.sorted(b);
        double sum = 0;
        double level = 0;
        int i = 0;
        int j = 0;
        while (i < x.length && j < y.length) {
            double next = Math.min((i + 1.0) / x.length, (j + 1.0) / y.length);
            sum += (next - level) * Math.abs(x[i] - y[j]);
            level = next;
            // In whole numbers, because both may step at once.
            long stepOfX = (i + 1L) * y.length;
            long stepOfY = (j + 1L) * x.length;
            i += stepOfX <= stepOfY ? 1 : 0;
            j += stepOfY <= stepOfX ? 1 : 0;
        }
        return sum;
    }

    /**
     * Between N(m1, S1) and N(m2, S2), the 2-Wasserstein distance of Bures: its square is |m1 - m2|^2 + tr(S1 + S2 - 2 (S2^(1/2) S1 S2^(1/2))^(1/2)).
     *
     * @param s1 row-major d x d, symmetric positive semi-definite
     */
    public static double bures(double[] m1, double[] s1, double[] m2, double[] s2) {
        int d = m1.length;
        requireEqual(d, m2.length);
        double squared = 0;
        for (int j = 0; j < d; j++) {
            squared += (m1[j] - m2[j]) * (m1[j] - m2[j]) + s1[j * d + j] + s2[j * d + j];
        }
        DMatrixRMaj root = root(new DMatrixRMaj(d, d, true, s2));
        DMatrixRMaj product = new DMatrixRMaj(d, d);
        DMatrixRMaj whole = new DMatrixRMaj(d, d);
        CommonOps_DDRM.mult(root, new DMatrixRMaj(d, d, true, s1), product);
        CommonOps_DDRM.mult(product, root, whole);
        return Math.sqrt(Math.max(0, squared - 2 * CommonOps_DDRM.trace(root(whole))));
    }

    private static DMatrixRMaj root(DMatrixRMaj matrix) {
        int d = matrix.numRows;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
        DMatrixRMaj symmetric = matrix.copy();
        CommonOps_DDRM.transpose(matrix, symmetric);
        CommonOps_DDRM.add(0.5, matrix, 0.5, symmetric, symmetric);
        if (!eigen.decompose(symmetric)) {
            throw new IllegalArgumentException("a covariance has no eigenvalues to be found: is it finite?");
        }
        DMatrixRMaj out = new DMatrixRMaj(d, d);
        for (int k = 0; k < d; k++) {
            DMatrixRMaj vector = eigen.getEigenVector(k);
            double scale = Math.sqrt(Math.max(0, eigen.getEigenvalue(k).getReal()));
            CommonOps_DDRM.multAddTransB(scale, vector, vector, out);
        }
        return out;
    }

    private static void requireEqual(int a, int b) {
        if (a != b) {
            throw new IllegalArgumentException("both must have equally many entries, not " + a + " and " + b);
        }
    }
}
