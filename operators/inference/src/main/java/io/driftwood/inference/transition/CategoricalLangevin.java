package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Domain;
import io.driftwood.inference.target.Target;

/**
 * Discrete Langevin proposals on blocks of categories in one-hot form, for every particle: all blocks may change in one move.
 *
 * <p>In a block with present category r, with score s of a smooth extension of the log-mass U and step eta,
 * <pre>
 *   P(c) proportional to e^(b_c),   b_c = (s_c - s_r)/2 - (2/eta where c is not r)
 *   log a = U(y') - U(y) + log q(y | y') - log q(y' | y)
 * </pre>
 * With two categories this is {@link DiscreteLangevin} with the same eta. With the accept step (DMALA) exact; without (DULA) right only as eta falls to 0. One score per
 * move, O(N d). The mass matrix plays no part. Allocates nothing after warm-up.
 *
 * <p>Reference: [1] Zhang, Liu and Liu (2022), A Langevin-like sampler for discrete distributions. Differs from [1]: its step is eta/2.
 */
public final class CategoricalLangevin implements Transition {

    private final boolean adjusted;
    private final double step;

    /**
     * @param adjusted with the accept step
     * @param step eta to start from
     */
    public CategoricalLangevin(boolean adjusted, double step) {
        this.adjusted = adjusted;
        this.step = step;
    }

    @Override
    public Domain domain() { return Domain.ONE_HOT; }

    @Override
    public double move(Cloud cloud, Cloud spare, Target target, Tuning tuning, Randomness random, long step, int iteration,
            MoveInfo info, Scratch scratch) {
        int mark = scratch.mark();
        Particles y = cloud.particles();
        double[] logRatio = scratch.take(y.stride);
        Cloud proposal = spare.like(y);
        double[] logProbability = scratch.take(y.length());
        logProbabilities(cloud, target.categories(), tuning.stepSize, logProbability, scratch);
        OneHot.draw(logProbability, proposal.particles(), target.categories(), random, step, Purpose.NOISE, iteration, scratch);
        target.evaluate(proposal.particles(), proposal.logDensity(), proposal.score(), scratch);
        double accepted;
        if (adjusted) {
            logAcceptance(cloud, proposal, target.categories(), tuning.stepSize, logRatio, scratch);
            accepted = Acceptance.decide(cloud, proposal, logRatio, random, step, iteration, info, scratch);
        } else {
            accepted = Acceptance.takeFinite(cloud, proposal, logRatio, info);
        }
        info.count(accepted, 1);
        scratch.release(mark);
        return accepted;
    }

    /** log P(c) of every block and category, columns as the particles. e^((s_c - s_r)/2) is e^(s_c/2) up to a factor of the block. */
    static void logProbabilities(Cloud cloud, int categories, double eta, double[] out, Scratch scratch) {
        Particles y = cloud.particles();
        for (int k = 0; k < y.length(); k++) {
            out[k] = 0.5 * cloud.score()[k] - (1 - y.values[k]) * (2 / eta);
        }
        OneHot.normalise(out, y.dimension, y.stride, categories, scratch);
    }

    /** log a of the moves from one cloud to the other, particle by particle, over the whole stride. */
    static void logAcceptance(Cloud from, Cloud to, int categories, double eta, double[] logRatio, Scratch scratch) {
        for (int i = 0; i < from.particles().stride; i++) {
            logRatio[i] = to.logDensity()[i] - from.logDensity()[i];
        }
        addLogProposal(to, from, categories, eta, 1, logRatio, scratch);
        addLogProposal(from, to, categories, eta, -1, logRatio, scratch);
    }

    private static void addLogProposal(Cloud from, Cloud to, int categories, double eta, double factor, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        Particles y = from.particles();
        double[] logProbability = scratch.take(y.length());
        logProbabilities(from, categories, eta, logProbability, scratch);
        for (int j = 0; j < y.dimension; j++) {
            for (int i = 0; i < y.stride; i++) {
                out[i] += to.particles().values[j * y.stride + i] == 1 ? factor * logProbability[j * y.stride + i] : 0;
            }
        }
        scratch.release(mark);
    }

    @Override
    public Exactness exactness() {
        return adjusted ? Exactness.EXACT : Exactness.biased("discrete Langevin on categories without an accept step; right only as the step falls to 0");
    }

    @Override
    public double targetAcceptance() { return adjusted ? 0.55 : Double.NaN; }

    @Override
    public double initialStepSize(int dimension) { return step; }
}
