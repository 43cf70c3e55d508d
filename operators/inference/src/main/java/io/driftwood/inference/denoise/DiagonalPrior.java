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
    /** mu_kj at [k*d + j]. */
    private final double[] means;
    /** s_kj at [k*d + j]. */
    private final double[] spreads;
    private final boolean atoms;
    private final double fingerprint;

    private DiagonalPrior(double[] weights, double[][] means, double[] spreads) {
        this.count = means.length;
        this.dimension = means[0].length;
        this.logWeights = Modes.logs(weights);
        this.means = flat(means);
        this.spreads = spreads;
        this.atoms = Arrays.stream(spreads).allMatch(s -> s == 0);
        this.fingerprint = Modes.fingerprint(logWeights, this.means, spreads);
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

    /*
     * Precisions and centre are repeated for every component, so that all is elementwise over K*d numbers, which the compiler turns into vectors.
     */
    @Override
    public double components(double[] precision, double[] centre, double[] modes, double[] conditional, double[] within, Scratch scratch) {
        int mark = scratch.mark();
        int length = count * dimension;
        double[] precisions = scratch.take(length);
        double[] differences = scratch.take(length);
        double[] widened = scratch.take(length);
        double[] logs = scratch.take(length);
        for (int k = 0; k < count; k++) {
            System.arraycopy(precision, 0, precisions, k * dimension, dimension);
            System.arraycopy(centre, 0, differences, k * dimension, dimension);
        }
        for (int at = 0; at < length; at++) {
            widened[at] = Math.fma(spreads[at], precisions[at], 1);
            differences[at] -= means[at];
        }
        if (atoms) {
            Arrays.fill(logs, 0, length, 0);
        } else {
            LaneMath.get().log(widened, 0, logs, 0, length);
        }
        for (int at = 0; at < length; at++) {
            double share = 1 / widened[at];
            double pull = precisions[at] * differences[at] * share;
            within[at] = spreads[at] * share;
            conditional[at] = Math.fma(spreads[at], pull, means[at]);
            logs[at] = Math.fma(pull, differences[at], logs[at]);
        }
        for (int k = 0; k < count; k++) {
            modes[k] = logWeights[k] - 0.5 * LaneMath.get().sum(logs, k * dimension, dimension);
        }
        scratch.release(mark);
        return Modes.normalise(modes, count);
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
