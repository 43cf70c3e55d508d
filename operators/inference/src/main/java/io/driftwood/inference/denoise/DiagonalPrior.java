package io.driftwood.inference.denoise;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianMixture;
import java.util.Arrays;

/**
 * p = sum_k w_k N(mu_k, diag s_k) with variances that may be 0: a normal, a mixture of normals, weighted atoms, patterns of signs.
 * <pre>
 *   t_kj = 1 + s_kj Lambda_j
 *   a_k = log w_k - (1/2) sum_j [log t_kj + Lambda_j (c_j - mu_kj)^2 / t_kj]      log mass = log sum_k e^a_k      r_k = e^(a_k - log mass)
 *   m_kj = mu_kj + s_kj Lambda_j (c_j - mu_kj) / t_kj      v_kj = s_kj / t_kj
 *   E[x_j] = sum_k r_k m_kj      Var(x_j) = sum_k r_k [v_kj + (m_kj - E)^2]
 * </pre>
 * Cost O(K d).
 */
public final class DiagonalPrior implements DenoisingPrior {

    private final int count;
    private final int dimension;
    private final double[] logWeights;
    /** d rounded up to a multiple of 8. */
    private final int stride;
    /** mu_kj at [k*stride + j]. */
    private final double[] means;
    /** s_kj at [k*stride + j]. */
    private final double[] spreads;
    private final double fingerprint;

    private DiagonalPrior(double[] weights, double[][] means, double[] spreads) {
        this.count = means.length;
        this.dimension = means[0].length;
        this.logWeights = Modes.logs(weights);
        this.stride = Particles.strideOf(dimension);
        this.means = padded(flat(means));
        this.spreads = padded(spreads);
        this.fingerprint = Modes.fingerprint(logWeights, this.means, this.spreads);
        if (weights.length != count || Arrays.stream(spreads).anyMatch(s -> !(s >= 0 && s < Double.POSITIVE_INFINITY))) {
            throw new IllegalArgumentException("needs a weight for each of " + count + " components, and variances that are finite and at least 0");
        }
    }

    public static DiagonalPrior gaussian(double[] mean, double[] sd) {
        return new DiagonalPrior(new double[] {1}, new double[][] {mean}, Arrays.stream(sd).map(s -> s * s).toArray());
    }

    static DiagonalPrior of(GaussianMixture mixture) {
        int d = mixture.dimension();
        double[][] means = new double[mixture.componentCount()][];
        double[] spreads = new double[means.length * d];
        for (int k = 0; k < means.length; k++) {
            means[k] = mixture.mean(k);
            double[] covariance = mixture.covariance(k);
            for (int j = 0; j < d; j++) {
                spreads[k * d + j] = covariance[j * d + j];
            }
        }
        return new DiagonalPrior(mixture.weights(), means, spreads);
    }

    /** @param bandwidth standard deviation of a normal kernel around every atom; 0 for the atoms themselves */
    public static DiagonalPrior atoms(double[][] rows, double[] weights, double bandwidth) {
        double[] spreads = new double[rows.length * rows[0].length];
        Arrays.fill(spreads, bandwidth * bandwidth);
        return new DiagonalPrior(weights, rows, spreads);
    }

    /** @param rows patterns of -1 and 1, for {@link Channel#SIGNS} */
    public static DiagonalPrior patterns(double[][] rows, double[] weights) {
        if (!Arrays.stream(rows).flatMapToDouble(Arrays::stream).allMatch(x -> x == 1 || x == -1)) {
            throw new IllegalArgumentException("a pattern's entries are -1 and 1");
        }
        return atoms(rows, weights, 0);
    }

    /** The same rows with room for whole vectors. */
    private double[] padded(double[] rows) {
        double[] out = new double[count * stride];
        for (int k = 0; k < count; k++) {
            System.arraycopy(rows, k * dimension, out, k * stride, dimension);
        }
        return out;
    }

    private static double[] flat(double[][] rows) {
        double[] out = new double[rows.length * rows[0].length];
        for (int k = 0; k < rows.length; k++) {
            System.arraycopy(rows[k], 0, out, k * rows[0].length, rows[0].length);
        }
        return out;
    }

    @Override
    public int dimension() { return dimension; }

    @Override
    public int modes() { return count; }

    @Override
    public double fingerprint() { return fingerprint; }

    @Override
    public double components(double[] precision, double[] centre, double[] modes, double[] means, double[] variances, Scratch scratch) {
        int mark = scratch.mark();
        double[] conditional = scratch.take(count * stride);
        double[] within = scratch.take(count * stride);
        double logMass = padded(precision, centre, modes, conditional, within, scratch);
        for (int k = 0; k < count; k++) {
            System.arraycopy(conditional, k * stride, means, k * dimension, dimension);
            System.arraycopy(within, k * stride, variances, k * dimension, dimension);
        }
        scratch.release(mark);
        return logMass;
    }

    @Override
    public double condition(double[] precision, double[] centre, double[] modes, double[] mean, double[] variances, Scratch scratch) {
        int mark = scratch.mark();
        double[] conditional = scratch.take(count * stride);
        double[] within = scratch.take(count * stride);
        double[] first = scratch.take(stride);
        double[] second = scratch.take(stride);
        double logMass = padded(precision, centre, modes, conditional, within, scratch);
        LaneMath.get().mixtureMoments(modes, count, stride, conditional, within, first, second);
        System.arraycopy(first, 0, mean, 0, dimension);
        System.arraycopy(second, 0, variances, 0, dimension);
        scratch.release(mark);
        return logMass;
    }

    /*
     * Rows of stride = d rounded up to a multiple of 8. The padding has mean, variance, precision and centre 0, so that its t are 1 and add nothing.
     */
    /** r_k, and m_kj and v_kj at [k*stride + j]; returns log mass. */
    private double padded(double[] precision, double[] centre, double[] modes, double[] conditional, double[] within, Scratch scratch) {
        int mark = scratch.mark();
        int places = (stride + 8 >> 4) * 8;
        double[] lambda = scratch.take(stride);
        double[] c = scratch.take(stride);
        double[] logs = scratch.take(count * places);
        double[] squares = scratch.take(count * 8);
        System.arraycopy(precision, 0, lambda, 0, dimension);
        System.arraycopy(centre, 0, c, 0, dimension);
        Arrays.fill(lambda, dimension, stride, 0);
        Arrays.fill(c, dimension, stride, 0);
        LaneMath math = LaneMath.get();
        math.conditionNormals(spreads, means, lambda, c, count, stride, conditional, within, logs, squares);
        math.log(logs, 0, logs, 0, count * places);
        for (int k = 0; k < count; k++) {
            double logSpread = 0;
            for (int at = k * places; at < (k + 1) * places; at += 8) {
                logSpread += sumOfEight(logs, at);
            }
            if (logSpread == Double.POSITIVE_INFINITY) {
                logSpread = logSpread(k, lambda);
            }
            modes[k] = Math.fma(-0.5, logSpread + sumOfEight(squares, 8 * k), logWeights[k]);
        }
        scratch.release(mark);
        return Modes.normalise(modes, count);
    }

    private static double sumOfEight(double[] a, int at) {
        return ((a[at] + a[at + 4]) + (a[at + 1] + a[at + 5])) + ((a[at + 2] + a[at + 6]) + (a[at + 3] + a[at + 7]));
    }

    /** sum_j log t_kj of t that are too large to be multiplied. */
    private double logSpread(int k, double[] lambda) {
        double sum = 0;
        for (int j = 0; j < dimension; j++) {
            sum += StrictMath.log(Math.fma(spreads[k * stride + j], lambda[j], 1));
        }
        return sum;
    }

    @Override
    public void covariance(double[] precision, double[] centre, double[] covariance, Scratch scratch) {
        int mark = scratch.mark();
        double[] r = scratch.take(count);
        double[] mean = scratch.take(dimension);
        double[] variances = scratch.take(dimension);
        double[] conditional = scratch.take(count * dimension);
        double[] within = scratch.take(count * dimension);
        components(precision, centre, r, conditional, within, scratch);
        Modes.moments(r, count, dimension, conditional, within, mean, variances);
        Arrays.fill(covariance, 0, dimension * dimension, 0);
        for (int k = 0; k < count; k++) {
            for (int a = 0; a < dimension; a++) {
                double deviation = r[k] * (conditional[k * dimension + a] - mean[a]);
                for (int b = 0; b < dimension; b++) {
                    covariance[a * dimension + b] = Math.fma(deviation, conditional[k * dimension + b] - mean[b], covariance[a * dimension + b]);
                }
                covariance[a * dimension + a] = Math.fma(r[k], within[k * dimension + a], covariance[a * dimension + a]);
            }
        }
        scratch.release(mark);
    }

    @Override
    public void draw(double[] precision, double[] centre, Particles x, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        double[] r = scratch.take(count);
        double[] conditional = scratch.take(count * dimension);
        double[] within = scratch.take(count * dimension);
        double[] uniforms = scratch.take(x.stride);
        components(precision, centre, r, conditional, within, scratch);
        random.uniforms(step, Purpose.ANCESTOR, iteration, uniforms, 0, x.stride);
        random.normals(step, Purpose.SIMULATE, iteration, x.values, 0, x.length());
        for (int i = 0; i < x.size; i++) {
            int k = Modes.pick(r, count, uniforms[i]);
            for (int j = 0; j < dimension; j++) {
                int at = k * dimension + j;
                x.set(j, i, Math.fma(Math.sqrt(within[at]), x.get(j, i), conditional[at]));
            }
        }
        x.pad();
        scratch.release(mark);
    }
}
