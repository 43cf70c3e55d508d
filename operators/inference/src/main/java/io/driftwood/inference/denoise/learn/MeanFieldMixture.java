package io.driftwood.inference.denoise.learn;

import io.driftwood.inference.model.PolyGamma;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.GaussianMixture;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Mean-field variational inference for the means, and the weights if they are unknown, of a mixture of K normals of known spread:
 * <pre>
 *   mu_k ~ N(0, tau^2 I),  c_i ~ pi,  x_i | c_i = k ~ N(mu_k, sigma^2 I),   pi = 1/K, or pi ~ Dirichlet(alpha_0, ..., alpha_0)
 *   q = prod_k N(mu_k | m_k, s_k^2 I) prod_i Categorical(c_i | phi_i) Dirichlet(pi | alpha)
 *   phi_ik ~ exp(x_i . m_k / sigma^2 - (d s_k^2 + |m_k|^2) / (2 sigma^2) + psi(alpha_k) - psi(sum alpha))
 *   s_k^2 = 1 / (1/tau^2 + sum_i phi_ik / sigma^2)      m_k = s_k^2 sum_i phi_ik x_i / sigma^2      alpha_k = alpha_0 + sum_i phi_ik
 *   ELBO = sum_i log sum_k e^(E log pi_k - d s_k^2 / (2 sigma^2)) N(x_i | m_k, sigma^2 I) - sum_k KL(q(mu_k), p(mu_k)) - KL(q(pi), p(pi))
 * </pre>
 * the last being E log p - E log q with phi as above. It never falls, and is a lower bound of the log-evidence; for K = 1 it is the log-evidence. The
 * posterior is approximated, too narrow as a rule. Cost O(n K d) an iteration.
 *
 * <p>Reference: [1] Blei, Kucukelbir and McAuliffe (2017), JASA 112, 859-877. Differs from [1]: sigma may be any, and weights may be unknown.
 *
 * @param concentration alpha_0; 0 for weights known to be equal
 * @param tolerance the ascent ends when an iteration gains less than this for each row
 */
public record MeanFieldMixture(double priorSd, double sd, double concentration, int iterations, double tolerance) {

    public MeanFieldMixture {
        if (!(priorSd > 0 && sd > 0 && concentration >= 0)) {
            throw new IllegalArgumentException("needs positive standard deviations and a concentration of at least 0");
        }
    }

    /**
     * @param means m_k at [k]
     * @param variances s_k^2 at [k]
     * @param concentrations alpha_k at [k]; empty for weights known to be equal
     * @param elbos of every iteration; the last is that of the result
     */
    public record Fit(double[][] means, double[] variances, double[] concentrations, double[] elbos, boolean converged, double sd) {

        public double elbo() { return elbos[elbos.length - 1]; }

        /** The law of a new row under q: weights E pi_k, components N(m_k, (sigma^2 + s_k^2) I). */
        public GaussianMixture predictive() {
            double[] weights = concentrations.length > 0 ? concentrations : IntStream.range(0, means.length).mapToDouble(k -> 1).toArray();
            double[][] sds = new double[means.length][means[0].length];
            for (int k = 0; k < means.length; k++) {
                Arrays.fill(sds[k], Math.sqrt(sd * sd + variances[k]));
            }
            return GaussianMixture.diagonal(weights, means, sds);
        }
    }

    /** @param start m_k to begin with, at [k]; s_k^2 begins at 0 and the weights at equal */
    public Fit fit(Particles rows, double[][] start) {
        Ascent ascent = new Ascent(rows, start);
        double[] elbos = new double[iterations];
        boolean converged = false;
        int length = 0;
        ascent.responsibilities();
        while (length < iterations && !converged) {
            ascent.laws();
            elbos[length] = ascent.elbo();
            converged = length > 0 && elbos[length] - elbos[length - 1] < tolerance * rows.size;
            length++;
        }
        return new Fit(ascent.means, ascent.variances, concentration > 0 ? ascent.alpha : new double[0], Arrays.copyOf(elbos, length), converged, sd);
    }

    /** The variational law on its way. */
    private final class Ascent {

        private final Scratch scratch = new Scratch();
        private final Particles rows;
        private final int count;
        private final double[][] means;
        private final double[] variances;
        private final double[] alpha;
        private final double[] phi;
        private final double[] logDensity;

        Ascent(Particles rows, double[][] start) {
            this.rows = rows;
            this.count = start.length;
            this.means = Arrays.stream(start).map(double[]::clone).toArray(double[][]::new);
            this.variances = new double[count];
            this.alpha = new double[count];
            Arrays.fill(alpha, 1);
            this.phi = new double[count * rows.stride];
            this.logDensity = new double[rows.stride];
        }

        /** phi, and sum_i log sum_k e^(offset_k) N(x_i | m_k, sigma^2 I). */
        double responsibilities() {
            double[] offsets = logWeights(alpha);
            for (int k = 0; k < count; k++) {
                offsets[k] -= 0.5 * rows.dimension * variances[k] / (sd * sd);
            }
            double largest = Arrays.stream(offsets).max().orElseThrow();
            double[] weights = Arrays.stream(offsets).map(offset -> Math.max(StrictMath.exp(offset - largest), Double.MIN_NORMAL)).toArray();
            GaussianMixture.isotropic(weights, means, sd).responsibilities(rows, 0, phi, logDensity, scratch);
            double logSum = largest + StrictMath.log(Arrays.stream(weights).sum());
            return LaneMath.get().sum(logDensity, 0, rows.size) + rows.size * logSum;
        }

        /** s_k^2, m_k and alpha given phi. */
        void laws() {
            double precision = 1 / (sd * sd);
            for (int k = 0; k < count; k++) {
                double n = LaneMath.get().sum(phi, k * rows.stride, rows.size);
                variances[k] = 1 / (1 / (priorSd * priorSd) + n * precision);
                for (int j = 0; j < rows.dimension; j++) {
                    double sum = LaneMath.get().dot(phi, k * rows.stride, rows.values, j * rows.stride, rows.size);
                    means[k][j] = variances[k] * precision * sum;
                }
                alpha[k] = concentration > 0 ? concentration + n : 1;
            }
        }

        /** And phi, which the next laws are taken from. */
        double elbo() {
            double sum = responsibilities();
            for (int k = 0; k < count; k++) {
                double ratio = variances[k] / (priorSd * priorSd);
                double square = Arrays.stream(means[k]).map(m -> m * m).sum() / (priorSd * priorSd);
                sum -= 0.5 * (rows.dimension * (ratio - 1 - StrictMath.log(ratio)) + square);
            }
            return concentration > 0 ? sum - dirichletDivergence() : sum;
        }

        /** E log pi_k = psi(alpha_k) - psi(sum alpha), or -log K. */
        private double[] logWeights(double[] alpha) {
            double[] out = new double[count + 1];
            if (concentration == 0) {
                Arrays.fill(out, -StrictMath.log(count));
                return Arrays.copyOf(out, count);
            }
            double[] in = Arrays.copyOf(alpha, count + 1);
            in[count] = Arrays.stream(alpha).sum();
            PolyGamma.digamma(in, out, count + 1);
            double total = out[count];
            return Arrays.stream(out, 0, count).map(psi -> psi - total).toArray();
        }

        /** KL(Dirichlet(alpha), Dirichlet(alpha_0)). */
        private double dirichletDivergence() {
            double[] in = Arrays.copyOf(alpha, count + 3);
            double[] logGamma = new double[count + 3];
            in[count] = Arrays.stream(alpha).sum();
            in[count + 1] = concentration;
            in[count + 2] = count * concentration;
            LaneMath.get().logGamma(in, 0, logGamma, 0, count + 3);
            double[] expected = logWeights(alpha);
            double sum = logGamma[count] - logGamma[count + 2];
            for (int k = 0; k < count; k++) {
                sum += logGamma[count + 1] - logGamma[k] + (alpha[k] - concentration) * expected[k];
            }
            return sum;
        }
    }
}
