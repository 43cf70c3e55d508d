package io.driftwood.inference.denoise;

import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.GaussianMixture;
import java.util.Arrays;

/**
 * Denoising of an x that walks: between measurements x_j moves by N(0, drift_j elapsed), and before the first it is a draw of a mixture of normals. Every
 * component is filtered by Kalman's recursion, and weighed by what it foretold:
 * <pre>
 *   v_kj += drift_j elapsed
 *   e_kj = y_j - m_kj      t_kj = v_kj + sigma_j^2      log w_k -= (1/2) sum_j [log 2 pi t_kj + e_kj^2 / t_kj]
 *   m_kj += v_kj e_kj / t_kj      v_kj = v_kj sigma_j^2 / t_kj
 * </pre>
 * Exact: the number of components does not grow, for all share one walk. State and cost O(K d). With drift 0 it is {@link StreamingDenoiser}.
 */
public final class DriftingDenoiser {

    private final DiagonalMixture prior;
    private final double[] drift;

    /** The law at some time. Saved as it stands. */
    public static final class DiagonalMixture {
        /** log w_k, normalised. */
        public final double[] logWeights;
        /** m_kj at [k*d + j]. */
        public final double[] means;
        /** v_kj at [k*d + j]. */
        public final double[] variances;
        /** Sum of the log-predictives. */
        public double logEvidence;

        /** Numbers that {@link #write} writes. */
        public int length() { return logWeights.length + 2 * means.length + 1; }

        /** Everything as numbers in a row. */
        public void write(double[] out) {
            System.arraycopy(logWeights, 0, out, 0, logWeights.length);
            System.arraycopy(means, 0, out, logWeights.length, means.length);
            System.arraycopy(variances, 0, out, logWeights.length + means.length, means.length);
            out[length() - 1] = logEvidence;
        }

        /** What {@link #write} wrote. */
        public void read(double[] in) {
            System.arraycopy(in, 0, logWeights, 0, logWeights.length);
            System.arraycopy(in, logWeights.length, means, 0, means.length);
            System.arraycopy(in, logWeights.length + means.length, variances, 0, means.length);
            logEvidence = in[length() - 1];
        }

        DiagonalMixture(int components, int dimension) {
            logWeights = new double[components];
            means = new double[components * dimension];
            variances = new double[components * dimension];
        }
    }

    /**
     * @param prior with diagonal covariances; others are refused
     * @param drift variance of the walk in a unit of time, for each coordinate
     */
    public DriftingDenoiser(GaussianMixture prior, double[] drift) {
        if (!(DenoisingPrior.of(prior) instanceof DiagonalPrior) || drift.length != prior.dimension() || Arrays.stream(drift).anyMatch(q -> !(q >= 0))) {
            throw new IllegalArgumentException("needs diagonal covariances and a drift of at least 0 for each coordinate");
        }
        int d = prior.dimension();
        this.drift = drift.clone();
        this.prior = new DiagonalMixture(prior.componentCount(), d);
        System.arraycopy(Modes.logs(prior.weights()), 0, this.prior.logWeights, 0, prior.componentCount());
        for (int k = 0; k < prior.componentCount(); k++) {
            System.arraycopy(prior.mean(k), 0, this.prior.means, k * d, d);
            for (int j = 0; j < d; j++) {
                this.prior.variances[k * d + j] = prior.covariance(k)[j * d + j];
            }
        }
    }

    public DiagonalMixture newState() {
        DiagonalMixture state = new DiagonalMixture(prior.logWeights.length, drift.length);
        System.arraycopy(prior.logWeights, 0, state.logWeights, 0, prior.logWeights.length);
        System.arraycopy(prior.means, 0, state.means, 0, prior.means.length);
        System.arraycopy(prior.variances, 0, state.variances, 0, prior.variances.length);
        return state;
    }

    /**
     * Lets time pass and takes up a measurement, which the caller has checked.
     *
     * @param y NaN where missing
     * @param noise standard deviation for each coordinate
     * @return log p(y_m | y_1..y_(m-1))
     */
    public double step(DiagonalMixture state, double elapsed, double[] y, double[] noise) {
        int d = drift.length;
        for (int k = 0; k < state.logWeights.length; k++) {
            for (int j = 0; j < d; j++) {
                int at = k * d + j;
                state.variances[at] = Math.fma(drift[j], elapsed, state.variances[at]);
                if (!Double.isNaN(y[j])) {
                    double noiseVariance = noise[j] * noise[j];
                    double total = state.variances[at] + noiseVariance;
                    double error = y[j] - state.means[at];
                    double gain = state.variances[at] / total;
                    state.logWeights[k] -= 0.5 * (StrictMath.log(2 * Math.PI * total) + error * error / total);
                    state.means[at] = Math.fma(gain, error, state.means[at]);
                    state.variances[at] = gain * noiseVariance;
                }
            }
        }
        double increment = normalise(state.logWeights);
        state.logEvidence += increment;
        return increment;
    }

    private static double normalise(double[] logs) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            largest = Math.max(largest, log);
        }
        double sum = 0;
        for (double log : logs) {
            sum += StrictMath.exp(log - largest);
        }
        double logSum = largest + StrictMath.log(sum);
        for (int k = 0; k < logs.length; k++) {
            logs[k] -= logSum;
        }
        return logSum;
    }

    /** E[x | y_1..y_m], Var(x_j | y_1..y_m) and the components' probabilities; evidence and increment are the caller's. */
    public void answer(DiagonalMixture state, Denoised out) {
        int d = drift.length;
        out.logEvidence = state.logEvidence;
        for (int k = 0; k < out.modes.length; k++) {
            out.modes[k] = StrictMath.exp(state.logWeights[k]);
        }
        Modes.moments(out.modes, out.modes.length, d, state.means, state.variances, out.mean, out.variances);
    }

    /** Cov(x | y_1..y_m), row-major d x d. */
    public void covariance(DiagonalMixture state, double[] covariance) {
        int d = drift.length;
        Denoised moments = new Denoised(d, state.logWeights.length);
        answer(state, moments);
        Arrays.fill(covariance, 0, d * d, 0);
        for (int a = 0; a < d; a++) {
            for (int k = 0; k < moments.modes.length; k++) {
                for (int b = 0; b < d; b++) {
                    covariance[a * d + b] += moments.modes[k] * (state.means[k * d + a] - moments.mean[a]) * (state.means[k * d + b] - moments.mean[b]);
                }
                covariance[a * d + a] += moments.modes[k] * state.variances[k * d + a];
            }
        }
    }

    /** Standard normals in {@code x} become draws of x given y_1..y_m, the component of each chosen by its uniform. */
    public void place(DiagonalMixture state, double[] uniforms, Particles x) {
        double[] weights = Arrays.stream(state.logWeights).map(StrictMath::exp).toArray();
        for (int i = 0; i < x.size; i++) {
            int k = Modes.pick(weights, weights.length, uniforms[i]);
            for (int j = 0; j < drift.length; j++) {
                int at = k * drift.length + j;
                x.set(j, i, Math.fma(Math.sqrt(state.variances[at]), x.get(j, i), state.means[at]));
            }
        }
        x.pad();
    }
}
