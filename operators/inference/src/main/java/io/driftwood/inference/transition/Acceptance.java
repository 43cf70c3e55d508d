package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;

/**
 * The Metropolis-Hastings decision for a whole population: particle i takes its proposal with probability min(1, e^logRatio[i]).
 * A ratio that is not a number rejects and is counted.
 */
final class Acceptance {

    private Acceptance() {}

    /**
     * Overwrites the accepted particles of {@code cloud} by the proposals, with their density and score.
     *
     * @param logRatio length stride; overwritten
     * @return mean acceptance probability over the particles
     */
    static double decide(Cloud cloud, Cloud proposal, double[] logRatio, Randomness random, long step, int iteration,
            MoveInfo info, Scratch scratch) {
        int mark = scratch.mark();
        int size = cloud.particles().size;
        int stride = cloud.particles().stride;
        double[] uniform = scratch.take(stride);
        random.uniforms(step, Purpose.ACCEPT, iteration, uniform, 0, stride);
        for (int i = 0; i < size; i++) {
            if (!isFinite(proposal.logDensity()[i]) || logRatio[i] != logRatio[i]) {
                info.rejectedNonFinite++;
                logRatio[i] = Double.NEGATIVE_INFINITY;
            }
            logRatio[i] = Math.min(0, logRatio[i]);
        }
        for (int i = size; i < stride; i++) {
            logRatio[i] = Double.NEGATIVE_INFINITY;
        }
        LaneMath math = LaneMath.get();
        math.exp(logRatio, 0, logRatio, 0, stride);
        double mean = math.sum(logRatio, 0, size) / size;

        // taken[i] = 1 where the proposal is taken; the last particle decides for its copies in the padding lanes.
        for (int i = 0; i < size; i++) {
            uniform[i] = uniform[i] < logRatio[i] ? 1 : 0;
        }
        for (int i = size; i < stride; i++) {
            uniform[i] = uniform[size - 1];
        }
        math.select(uniform, proposal.logDensity(), 0, cloud.logDensity(), 0, stride);
        for (int j = 0; j < cloud.particles().dimension; j++) {
            math.select(uniform, proposal.particles().values, j * stride, cloud.particles().values, j * stride, stride);
            math.select(uniform, proposal.score(), j * stride, cloud.score(), j * stride, stride);
        }
        scratch.release(mark);
        return mean;
    }

    private static boolean isFinite(double x) { return Math.abs(x) <= Double.MAX_VALUE; }
}
