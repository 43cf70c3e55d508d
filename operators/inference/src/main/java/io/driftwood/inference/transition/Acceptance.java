package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
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
     * @param logRatio length stride; becomes 1 where the proposal was taken and 0 where not
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
        for (int i = 0; i < size; i++) {
            logRatio[i] = uniform[i] < logRatio[i] ? 1 : 0;
        }
        take(logRatio, cloud, proposal);
        scratch.release(mark);
        return mean;
    }

    /**
     * The decision of kernels without an accept step: every proposal is taken whose density and score are finite; a particle whose proposal is
     * not stays where it is and is counted.
     *
     * @param taken length stride; overwritten by 1 where the proposal was taken and 0 where not
     * @return share of proposals taken
     */
    static double takeFinite(Cloud cloud, Cloud proposal, double[] taken, MoveInfo info) {
        int size = cloud.particles().size;
        int stride = cloud.particles().stride;
        // Density plus sum of squares of the score: finite where both are, and of sizes that can be gone on with.
        System.arraycopy(proposal.logDensity(), 0, taken, 0, stride);
        LaneMath.get().addColumnSquares(proposal.score(), cloud.particles().dimension, stride, stride, 1, taken);
        int lost = 0;
        for (int i = 0; i < size; i++) {
            taken[i] = isFinite(taken[i]) ? 1 : 0;
            lost += taken[i] == 0 ? 1 : 0;
        }
        info.rejectedNonFinite += lost;
        take(taken, cloud, proposal);
        return (double) (size - lost) / size;
    }

    /** Where taken[i] = 1; the last particle decides for its copies in the padding lanes. */
    private static void take(double[] taken, Cloud cloud, Cloud proposal) {
        int size = cloud.particles().size;
        int stride = cloud.particles().stride;
        for (int i = size; i < stride; i++) {
            taken[i] = taken[size - 1];
        }
        LaneMath math = LaneMath.get();
        math.select(taken, proposal.logDensity(), 0, cloud.logDensity(), 0, stride);
        selectColumns(taken, proposal.particles().values, cloud.particles().values, cloud.particles());
        selectColumns(taken, proposal.score(), cloud.score(), cloud.particles());
    }

    /** Columns shaped as x: to = taken ? from : to. */
    static void selectColumns(double[] taken, double[] from, double[] to, Particles x) {
        for (int j = 0; j < x.dimension; j++) {
            LaneMath.get().select(taken, from, j * x.stride, to, j * x.stride, x.stride);
        }
    }

    /** The momenta after a decision: the new one where the move was taken, the start's negated where it was not. {@code carried} holds the start's and is overwritten. */
    static void takeMomenta(double[] taken, double[] moved, double[] carried, Particles x) {
        for (int k = 0; k < x.length(); k++) {
            carried[k] = -carried[k];
        }
        selectColumns(taken, moved, carried, x);
    }

    private static boolean isFinite(double x) { return Math.abs(x) <= Double.MAX_VALUE; }
}
