package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Domain;
import io.driftwood.inference.target.Target;

/**
 * Discrete Langevin proposals on vectors of signs, y in {-1, 1}^d, for every particle: all coordinates may flip in one move.
 *
 * <p>With log-mass U extended to R^d, s = grad U and step eta, coordinates flip independently:
 * <pre>
 *   P(y'_j = -y_j) = sigma(a_j(y)),   a_j(y) = -y_j s_j(y) - 2/eta
 *   log a = U(y') - U(y) + log q(y | y') - log q(y' | y),   log q(y' | y) = sum_j log sigma(a_j(y) where flipped, -a_j(y) where not)
 * </pre>
 * With the accept step (DMALA) exact; without (DULA) a product target e^(b.y) has odds e^(2b) (1 + e^(-b - 2/eta))/(1 + e^(b - 2/eta)) a coordinate, right only as
 * eta falls to 0. One score per move, O(N d). The mass matrix plays no part. Allocates nothing after warm-up.
 *
 * <p>Reference: [1] Zhang, Liu and Liu (2022), A Langevin-like sampler for discrete distributions. Differs from [1]: signs in place of {0, 1}; its step is eta/4.
 */
public final class DiscreteLangevin implements Transition {

    private final boolean adjusted;
    private final double step;

    /**
     * @param adjusted with the accept step
     * @param step eta to start from
     */
    public DiscreteLangevin(boolean adjusted, double step) {
        this.adjusted = adjusted;
        this.step = step;
    }

    @Override
    public Domain domain() { return Domain.SIGNS; }

    @Override
    public double move(Cloud cloud, Cloud spare, Target target, Tuning tuning, Randomness random, long step, int iteration,
            MoveInfo info, Scratch scratch) {
        int mark = scratch.mark();
        Particles y = cloud.particles();
        double[] logRatio = scratch.take(y.stride);
        Cloud proposal = spare.like(y);
        propose(cloud, proposal.particles(), tuning.stepSize, random, step, iteration, scratch);
        target.evaluate(proposal.particles(), proposal.logDensity(), proposal.score(), scratch);
        double accepted;
        if (adjusted) {
            logAcceptance(cloud, proposal, tuning.stepSize, logRatio, scratch);
            accepted = Acceptance.decide(cloud, proposal, logRatio, random, step, iteration, info, scratch);
        } else {
            accepted = Acceptance.takeFinite(cloud, proposal, logRatio, info);
        }
        info.count(accepted, 1);
        scratch.release(mark);
        return accepted;
    }

    private static void propose(Cloud cloud, Particles next, double eta, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        Particles y = cloud.particles();
        double[] uniform = scratch.take(y.length());
        double[] flip = scratch.take(y.length());
        random.uniforms(step, Purpose.NOISE, iteration, uniform, 0, y.length());
        flipLogits(cloud, eta, flip);
        LaneMath.get().sigmoid(flip, 0, flip, 0, y.length());
        for (int k = 0; k < y.length(); k++) {
            next.values[k] = uniform[k] < flip[k] ? -y.values[k] : y.values[k];
        }
        next.pad();
        scratch.release(mark);
    }

    /** a_j(y) of every particle, columns as the particles. */
    static void flipLogits(Cloud cloud, double eta, double[] out) {
        Particles y = cloud.particles();
        for (int k = 0; k < y.length(); k++) {
            out[k] = -y.values[k] * cloud.score()[k] - 2 / eta;
        }
    }

    /** log a of the moves from one cloud to the other, particle by particle, over the whole stride. */
    static void logAcceptance(Cloud from, Cloud to, double eta, double[] logRatio, Scratch scratch) {
        int stride = from.particles().stride;
        for (int i = 0; i < stride; i++) {
            logRatio[i] = to.logDensity()[i] - from.logDensity()[i];
        }
        addLogProposal(to, from, eta, 1, logRatio, scratch);
        addLogProposal(from, to, eta, -1, logRatio, scratch);
    }

    /** Adds factor log q(to | from) = -factor sum_j softplus(-a_j where flipped, a_j where not). */
    private static void addLogProposal(Cloud from, Cloud to, double eta, double factor, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        Particles y = from.particles();
        double[] logit = scratch.take(y.length());
        flipLogits(from, eta, logit);
        for (int k = 0; k < y.length(); k++) {
            logit[k] = to.particles().values[k] == y.values[k] ? logit[k] : -logit[k];
        }
        LaneMath math = LaneMath.get();
        math.softplus(logit, 0, logit, 0, y.length());
        for (int j = 0; j < y.dimension; j++) {
            math.axpy(-factor, logit, j * y.stride, out, 0, y.stride);
        }
        scratch.release(mark);
    }

    @Override
    public Exactness exactness() {
        return adjusted ? Exactness.EXACT
                : Exactness.biased("discrete Langevin without an accept step; a product target e^(b.y) has its odds e^(2b) multiplied by (1 + e^(-b - 2/h))/(1 + e^(b - 2/h)) with step h");
    }

    /** Between the half and three fifths that [1] finds best. */
    @Override
    public double targetAcceptance() { return adjusted ? 0.55 : Double.NaN; }

    @Override
    public double initialStepSize(int dimension) { return step; }
}
