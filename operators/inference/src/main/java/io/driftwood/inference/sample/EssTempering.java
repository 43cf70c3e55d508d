package io.driftwood.inference.sample;

import io.driftwood.inference.assimilate.Temperatures;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;

/**
 * The step with which the effective sample size falls to a share of what it was:
 * <pre>   ESS(delta) = (sum W_i e^(delta u_i))^2 / sum W_i^2 e^(2 delta u_i) = alpha ESS(0)   </pre>
 * by bisection, or the whole rest. Of evenly weighted particles it is the conditional one; of uneven weights that are carried on it
 * takes smaller steps where few particles hold most of the weight.
 *
 * <p>Reference: Jasra, Stephens, Doucet and Tsagaris (2011), Scandinavian Journal of Statistics 38(1).
 */
final class EssTempering implements Temperatures {

    private static final int BISECTIONS = 60;
    private static final int MOST_STEPS = 1000;

    private final double share;

    EssTempering(double share) { this.share = share; }

    @Override
    public double step(LogWeights weights, double[] u, double beta, int stage, Scratch scratch) {
        double rest = 1 - beta;
        double enough = share * weights.effectiveSampleSize();
        if (stage == MOST_STEPS || ess(weights, u, rest, scratch) >= enough) {
            return stage == MOST_STEPS ? 0 : rest;
        }
        double low = 0;
        double high = rest;
        for (int k = 0; k < BISECTIONS; k++) {
            double middle = (low + high) / 2;
            if (ess(weights, u, middle, scratch) >= enough) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double ess(LogWeights weights, double[] u, double delta, Scratch scratch) {
        int mark = scratch.mark();
        LaneMath math = LaneMath.get();
        double[] log = scratch.take(weights.log.length);
        for (int i = 0; i < weights.size; i++) {
            log[i] = weights.log[i] + delta * u[i];
        }
        double first = math.logSumExp(log, 0, weights.size);
        for (int i = 0; i < weights.size; i++) {
            log[i] *= 2;
        }
        double second = math.logSumExp(log, 0, weights.size);
        scratch.release(mark);
        return first > Double.NEGATIVE_INFINITY ? StrictMath.exp(2 * first - second) : 0;
    }
}
