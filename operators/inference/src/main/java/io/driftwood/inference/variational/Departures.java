package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.particle.Particles;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Directions in which a target departs most from the standard normal: leading eigenvectors of
 * <pre>   E_p (g + u)(g + u)^T/|g + u|^2,   g the score at u   </pre>
 * g + u is the score of p against the standard normal and zero where they are the same; what it never points along is no place to divide the target.
 *
 * <p>References: [1] Zahm, Cui, Law, Spantini and Marzouk (2022), Certified dimension reduction in nonlinear Bayesian inverse problems, Mathematics of Computation
 * 91, 1789-1835; [2] Visuri, Koivunen and Oja (2000), Sign and rank covariance matrices, Journal of Statistical Planning and Inference 91, 557-575. Differs from
 * [1], and from its error bound: vectors count by their direction only, as in [2], because in the neck of a funnel a few are longer than all others together;
 * and nothing is left out of the target.
 */
final class Departures {

    private Departures() {}

    /**
     * @param weights of the particles, adding to 1; one that is zero keeps a score that is not finite out
     * @return unit vectors, as many as asked for
     */
    static double[][] of(Particles u, double[] score, double[] weights, int count) {
        int d = u.dimension;
        double[] apart = new double[u.length()];
        for (int i = 0; i < u.size; i++) {
            if (weights[i] > 0) {
                double squares = 0;
                for (int j = 0; j < d; j++) {
                    apart[j * u.stride + i] = score[j * u.stride + i] + u.get(j, i);
                    squares += apart[j * u.stride + i] * apart[j * u.stride + i];
                }
                for (int j = 0; j < d && squares > 0; j++) {
                    apart[j * u.stride + i] /= Math.sqrt(squares);
                }
            }
        }
        DMatrixRMaj second = new DMatrixRMaj(d, d);
        for (int j = 0; j < d; j++) {
            for (int k = 0; k <= j; k++) {
                double sum = LaneMath.get().weightedProducts(weights, 0, apart, j * u.stride, 0, apart, k * u.stride, 0, u.size);
                second.set(j, k, sum);
                second.set(k, j, sum);
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> spectrum = DecompositionFactory_DDRM.eig(d, true, true);
        if (!spectrum.decompose(second)) {
            throw new ArithmeticException("the scores have no finite second moment");
        }
        return IntStream.range(0, d).boxed().sorted(Comparator.comparingDouble(k -> -spectrum.getEigenvalue(k).getReal())).limit(count)
                .map(k -> spectrum.getEigenVector(k).getData().clone()).toArray(double[][]::new);
    }
}
