package io.driftwood.inference.assimilate;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.target.Target;

/**
 * Carries a weighted population along a path of densities: reweight as far as the conditional effective sample size allows,
 * rejuvenate, and go on until the end. One observation of a stream (IBIS) and the start from a reference are the same walk.
 *
 * <pre>
 *   beta = 0; until beta = 1:
 *     u       log-ratio at the particles
 *     delta   the rest, or the step with CESS = alpha N; before the first of these, a {@link Leap} to the end where there is one
 *     w      *= e^(delta u);   log Z += log sum W e^(delta u);   beta += delta
 *     rejuvenate under pi_beta   if beta &lt; 1 or ESS &lt; tau N
 * </pre>
 *
 * <p>References: [1] Chopin (2002), Biometrika 89; [2] Del Moral, Doucet and Jasra (2006), JRSS B 68. Differs from [1]: an
 * observation that is too informative is let in by degrees. log Z is consistent: adaptive steps and tuning cost a bias O(1/N).
 */
public final class Annealer {

    /** A smaller sub-step, as a share of the rest, is a model that cannot explain the observation, not an informative one. */
    private static final double LEAST_STEP = 1e-8;

    private final Temperatures temperatures;
    private final double essThreshold;
    private final Rejuvenation rejuvenation;
    private final Mover mover;
    private final Leap leap;
    private final Undo undo = new Undo();

    /** @param essThreshold tau: at the end of the path too, rejuvenate when the effective sample size is below this share */
    public Annealer(Temperatures temperatures, double essThreshold, Rejuvenation rejuvenation, Mover mover) {
        this(temperatures, essThreshold, rejuvenation, mover, Leap.NONE);
    }

    private Annealer(Temperatures temperatures, double essThreshold, Rejuvenation rejuvenation, Mover mover, Leap leap) {
        this.leap = leap;
        this.temperatures = temperatures;
        this.essThreshold = essThreshold;
        this.rejuvenation = rejuvenation;
        this.mover = mover;
    }

    /** The same moves with another way along a path. */
    Annealer with(Temperatures others, Leap other) { return new Annealer(others, essThreshold, rejuvenation, mover, other); }

    Annealer with(Leap other) { return with(temperatures, other); }

    Leap leap() { return leap; }

    Mover mover() { return mover; }

    /**
     * Carries {@code state}'s population from the start of the path to its end and adds to its log-evidence.
     *
     * @return whether it could be carried; if not, the state is as it was
     */
    public boolean carry(PosteriorState state, Path path, StepInfo info, Scratch scratch) {
        int mark = scratch.mark();
        double[] u = scratch.take(state.particles.stride);
        double beta = 0;
        boolean carried = true;
        for (int stage = 0; beta < 1 && carried; stage++) {
            path.logRatio(state.particles, u, scratch);
            double delta = temperatures.step(state.weights, u, beta, stage, scratch);
            if (stage == 0 && delta < 1) {
                undo.remember(state);
                if (leaps(state, path, info, scratch)) {
                    break;
                }
            }
            if (!(delta >= LEAST_STEP * (1 - beta))) {
                undo.restore(state, info, stage);
                carried = false;
            } else {
                beta = delta == 1 - beta ? 1 : beta + delta;
                reweight(state, u, delta, beta, info, scratch);
                maybeRejuvenate(state, path.at(beta), beta, stage, info, scratch);
            }
        }
        info.ess = state.weights.effectiveSampleSize();
        scratch.release(mark);
        return carried;
    }

    /** Takes the whole path in one leap, where there is one and it leaves enough of the population; otherwise all is as it was. */
    private boolean leaps(PosteriorState state, Path path, StepInfo info, Scratch scratch) {
        int mark = scratch.mark();
        double[] logWeights = scratch.take(state.particles.stride);
        double takenOff = variance(state.weights) - stageVariance(state.weights);
        boolean leapt = leap.along(state, path, logWeights, info, scratch);
        if (leapt) {
            reweight(state, logWeights, 1, 0, info, scratch);
            leapt = info.logEvidenceIncrement > Double.NEGATIVE_INFINITY
                    && state.weights.effectiveSampleSize() >= leap.leastEss() * state.weights.size;
            if (leapt) {
                // Calibrated weights take nothing off the noise of a leap: only what they took off before stays off.
                state.logEvidenceVariance += Math.max(0, variance(state.weights) - stageVariance(state.weights) - takenOff);
                maybeRejuvenate(state, path.at(1), 1, 0, info, scratch);
            } else {
                undo.restore(state, info, 1);
                info.temperingSteps = 0;
            }
        }
        scratch.release(mark);
        return leapt;
    }

    private void reweight(PosteriorState state, double[] u, double delta, double beta, StepInfo info, Scratch scratch) {
        int mark = scratch.mark();
        double increment = state.weights.reweight(u, delta, scratch.take(state.particles.stride));
        scratch.release(mark);
        state.logEvidence += increment;
        info.logEvidenceIncrement += increment;
        if (info.temperingSteps > 0 || beta < 1) {
            info.temperingSteps++;
        }
    }

    private void maybeRejuvenate(PosteriorState state, Target target, double beta, int stage, StepInfo info, Scratch scratch) {
        if (beta < 1 || state.weights.effectiveSampleSize() < essThreshold * state.weights.size) {
            boolean resampled = rejuvenation.resamples(state.weights);
            state.logEvidenceVariance += resampled ? stageVariance(state.weights) : 0;
            rejuvenation.rejuvenate(state, target, mover, stage, info, scratch);
            info.resampled |= resampled;
        }
    }

    /**
     * Variance of the log-evidence gathered since the last rejuvenation, by the delta method over the M independent groups of
     * particles: sum_g (sum_(i in g) W_i - share_g)^2; with M = N this is 1/ESS - 1/N = c/N. Calibrated weights take off what is
     * linear in the score: c becomes c - log(1 + c), exact for log-linear likelihood ratios of Gaussians, an approximation otherwise.
     */
    public double stageVariance(LogWeights weights) {
        double variance = variance(weights);
        double c = weights.size / weights.effectiveSampleSize() - 1;
        return mover.calibrated() && c > 1e-8 ? variance * (1 - StrictMath.log1p(c) / c) : variance;
    }

    private double variance(LogWeights weights) {
        int chains = rejuvenation.chains(weights.size);
        double variance = 0;
        for (int g = 0; g < chains; g++) {
            double excess = 0;
            for (int i = g; i < weights.size; i += chains) {
                excess += weights.normalised[i] - 1.0 / weights.size;
            }
            variance += excess * excess;
        }
        return variance;
    }
}
