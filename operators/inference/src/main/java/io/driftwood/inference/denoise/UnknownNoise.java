package io.driftwood.inference.denoise;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;

/**
 * Denoising with an unknown noise scale s and a normal law of x, which is exact:
 * <pre>
 *   s^2 ~ InverseGamma(a, b)      x_j | s ~ N(mu_j, s^2 / kappa)      y_ij | x, s ~ N(x_j, s^2 rho_ij^2),   rho known
 *   with Lambda, c, R of the state for the relative scales rho, and n coordinates measured,
 *   a_n = a + n/2      b_n = b + (1/2) [R + sum_j kappa Lambda_j (c_j - mu_j)^2 / (kappa + Lambda_j)]
 *   E[x_j | y] = (kappa mu_j + Lambda_j c_j) / (kappa + Lambda_j)      Var(x_j | y) = b_n / ((a_n - 1)(kappa + Lambda_j))
 *   log p(y_1..y_m) = logConstant - (1/2) sum_j log(1 + Lambda_j / kappa) + log Gamma(a_n) - log Gamma(a) + a log b - a_n log b_n
 * </pre>
 * State and cost O(d). Reference: [1] Bernardo and Smith (1994), Bayesian Theory, appendix A. Differs from [1]: relative scales and missing coordinates.
 */
public final class UnknownNoise {

    private final double[] mean;
    private final double kappa;
    private final double shape;
    private final double rate;

    /** @param kappa measurements of unit relative scale that the prior of x is worth */
    public UnknownNoise(double[] mean, double kappa, double shape, double rate) {
        if (!(kappa > 0 && shape > 0 && rate > 0)) {
            throw new IllegalArgumentException("kappa, shape and rate must be positive");
        }
        this.mean = mean.clone();
        this.kappa = kappa;
        this.shape = shape;
        this.rate = rate;
    }

    public DenoisingState newState() { return new DenoisingState(mean.length); }

    /**
     * What is known of x and of the noise.
     *
     * @param mean E[x | y]
     * @param variances Var(x_j | y); infinite while a_n is at most 1
     * @param noiseVariance E[s^2 | y]; infinite while a_n is at most 1
     */
    public record Answer(double[] mean, double[] variances, double shape, double rate, double noiseVariance, double logEvidence) {}

    /** Takes a measurement back, as a correction that came late; returns whether it can have been taken up. */
    public boolean retract(DenoisingState state, double[] y, double[] relativeNoise, DenoisingState spare, Scratch scratch) {
        spare.measure(y, relativeNoise, Channel.NORMAL, scratch);
        if (!state.holds(spare)) {
            return false;
        }
        state.remove(spare);
        return true;
    }

    /** Takes up a measurement with these relative scales, and returns log p(y_m | y_1..y_(m-1)). Measurements are checked by the caller. */
    public double step(DenoisingState state, double[] y, double[] relativeNoise, DenoisingState spare, Scratch scratch) {
        spare.measure(y, relativeNoise, Channel.NORMAL, scratch);
        double before = logEvidence(state, scratch);
        state.absorb(spare);
        state.steps++;
        return logEvidence(state, scratch) - before;
    }

    /** a_n. */
    public double shape(DenoisingState state) { return shape + 0.5 * state.observed; }

    public Answer answer(DenoisingState state, Scratch scratch) {
        double a = shape(state);
        double b = rate(state);
        double noise = a > 1 ? b / (a - 1) : Double.POSITIVE_INFINITY;
        Answer answer = new Answer(new double[mean.length], new double[mean.length], a, b, noise, logEvidence(state, scratch));
        moments(state, answer.mean, answer.variances);
        return answer;
    }

    /** E[x | y] and Var(x_j | y), overwritten; variances are infinite while a_n is at most 1. */
    public void moments(DenoisingState state, double[] means, double[] variances) {
        double a = shape(state);
        double noise = a > 1 ? rate(state) / (a - 1) : Double.POSITIVE_INFINITY;
        for (int j = 0; j < mean.length; j++) {
            double precision = precision(state, j);
            means[j] = Math.fma(state.precision[j] / precision, state.centre[j] - mean[j], mean[j]);
            variances[j] = noise / precision;
        }
    }

    /** kappa + Lambda_j: x_j given s and y has variance s^2 over this. */
    public double precision(DenoisingState state, int j) { return kappa + state.precision[j]; }

    /** b_n. */
    public double rate(DenoisingState state) {
        double sum = state.scatter;
        for (int j = 0; j < mean.length; j++) {
            double difference = state.centre[j] - mean[j];
            sum = Math.fma(kappa * state.precision[j] / (kappa + state.precision[j]), difference * difference, sum);
        }
        return rate + 0.5 * sum;
    }

    /** log p(y_1..y_m). */
    public double logEvidence(DenoisingState state, Scratch scratch) {
        int mark = scratch.mark();
        double[] logGamma = scratch.take(2);
        double a = shape + 0.5 * state.observed;
        logGamma[0] = a;
        logGamma[1] = shape;
        LaneMath.get().logGamma(logGamma, 0, logGamma, 0, 2);
        double sum = state.logConstant + logGamma[0] - logGamma[1] + shape * StrictMath.log(rate) - a * StrictMath.log(rate(state));
        for (int j = 0; j < mean.length; j++) {
            sum -= 0.5 * StrictMath.log1p(state.precision[j] / kappa);
        }
        scratch.release(mark);
        return sum;
    }
}
