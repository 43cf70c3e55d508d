package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.Facts;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.StepFacts;

/**
 * Sequential importance resampling. At each record
 * <pre>
 *   choose   if ESS(v) &lt; tau N:  ancestors a_i with probability v_a;   v = W, or W eta looking ahead;   w_i = W_a sum(v) / (N v_a)
 *   move     x_i ~ q(. | x_i, y)
 *   weigh    w_i *= g(y | x_i) f / q;   log p += log sum w_i;   W = w / sum w
 * </pre>
 * The product of the increments is an unbiased estimate of p(y_1..y_t), whatever the proposal, the resampler and the threshold. Moments are consistent.
 * Cost O(N) a record; a population is gathered only when it is resampled. Allocates nothing.
 *
 * <p>Reference: [1] Doucet and Johansen (2009), A tutorial on particle filtering and smoothing. Differs from [1]: resampling waits for the next
 * record, so that summaries see the weighted population, which has less noise.
 */
final class ParticleFilter implements Filter {

    private final StateSpaceModel model;
    private final Proposal proposal;
    private final boolean looksAhead;
    private final FilterSetup setup;
    private final Weighing weighing = new Weighing();
    private final Tiles tiles = new Tiles();
    private final Genealogy genealogy;

    ParticleFilter(StateSpaceModel model, Proposal proposal, boolean looksAhead, FilterSetup setup) {
        this.model = model;
        this.proposal = proposal;
        this.looksAhead = looksAhead;
        this.setup = setup;
        this.genealogy = new Genealogy(setup.reserved());
    }

    @Override
    public StateSpaceModel model() { return model; }

    @Override
    public void prepare(PosteriorState state) {
        state.particles = new Particles(setup.particles(), proposal.columns());
        state.weights = new LogWeights(setup.particles());
        state.statistics = new double[setup.reserved() + setup.particles()];
        genealogy.begin(state);
        Weighing.uniform(state.weights);
    }

    @Override
    public String advance(PosteriorState state, double[] y, Moment moment, boolean first, StepInfo info, Scratch scratch) {
        if (first) {
            begin(state, moment, scratch);
        } else {
            choose(state, y, moment, info, scratch);
            proposal.stir(state, scratch);
        }
        boolean explained = moveAndWeigh(state, y, moment, first, info, scratch);
        info.ess = state.weights.effectiveSampleSize();
        return explained ? null : "no particle explains this measurement";
    }

    private void begin(PosteriorState state, Moment moment, Scratch scratch) {
        proposal.begin(state.particles, moment, state.randomness(), state.step, scratch);
        Weighing.uniform(state.weights);
        genealogy.begin(state);
    }

    /** Ancestors, when the weights that choose them have become uneven. */
    private void choose(PosteriorState state, double[] y, Moment moment, StepInfo info, Scratch scratch) {
        if (looksAhead && !info.missing) {
            chooseAhead(state, y, moment, info, scratch);
        } else if (state.weights.effectiveSampleSize() < setup.essThreshold() * state.weights.size) {
            resample(state, state.weights.normalised, info, scratch);
            Weighing.uniform(state.weights);
        }
    }

    private void chooseAhead(PosteriorState state, double[] y, Moment moment, StepInfo info, Scratch scratch) {
        int mark = scratch.mark();
        LaneMath math = LaneMath.get();
        LogWeights weights = state.weights;
        int n = weights.size;
        double[] logPromise = scratch.take(state.particles.stride);
        double[] chance = scratch.take(state.particles.stride);
        proposal.lookAhead(state.particles, y, moment, logPromise, scratch);
        for (int i = 0; i < n; i++) {
            chance[i] = weights.log[i] + logPromise[i];
        }
        double total = math.logSumExp(chance, 0, n);
        if (Math.abs(total) < Double.POSITIVE_INFINITY) {
            for (int i = 0; i < n; i++) {
                chance[i] = Math.max(chance[i] - total, Double.NEGATIVE_INFINITY);
            }
            math.exp(chance, 0, chance, 0, n);
            if (1 / math.dot(chance, 0, chance, 0, n) < setup.essThreshold() * n) {
                int[] ancestors = resample(state, chance, info, scratch);
                double share = total - StrictMath.log(n);
                for (int i = 0; i < n; i++) {
                    weights.log[i] = share - logPromise[ancestors[i]];
                }
                math.exp(weights.log, 0, weights.normalised, 0, n);
            }
        }
        scratch.release(mark);
    }

    /** @return the ancestors, valid until the scratch is used again */
    private int[] resample(PosteriorState state, double[] chance, StepInfo info, Scratch scratch) {
        int mark = scratch.mark();
        int n = state.particles.size;
        genealogy.bank(state, scratch);
        int[] ancestors = scratch.takeIndices(n);
        double[] spare = scratch.take(4 * n + 16);
        setup.resampler().resample(chance, n, ancestors, n, state.randomness(), state.step, 0, spare);
        state.particles.gather(ancestors, spare);
        genealogy.gather(state, ancestors, scratch);
        info.resampled = true;
        scratch.release(mark);
        return ancestors;
    }

    /** Tile by tile, so that what a tile's steps write is still at hand for the next. */
    private boolean moveAndWeigh(PosteriorState state, double[] y, Moment moment, boolean first, StepInfo info, Scratch scratch) {
        int mark = scratch.mark();
        double[] logIncrement = scratch.take(Weighing.TILE);
        weighing.open(state.weights);
        tiles.open(state.particles);
        for (int t = 0; t < tiles.count(); t++) {
            Particles tile = tiles.load(t);
            if (!first && !info.missing) {
                proposal.move(tile, y, moment, logIncrement, state.randomness(), state.step, t, scratch);
            } else if (!first) {
                proposal.coast(tile, moment, state.randomness(), state.step, t, scratch);
            } else if (!info.missing) {
                proposal.weighFirst(tile, y, moment, logIncrement, scratch);
            }
            tiles.store(t);
            if (!info.missing) {
                weighing.add(logIncrement);
            }
        }
        scratch.release(mark);
        return info.missing || account(state, weighing.close(), info);
    }

    private static boolean account(PosteriorState state, double increment, StepInfo info) {
        if (increment == Double.NEGATIVE_INFINITY) {
            return false;
        }
        state.logEvidence += increment;
        info.logEvidenceIncrement = increment;
        return true;
    }

    @Override
    public void draw(PosteriorState state, Particles out, Scratch scratch) {
        int mark = scratch.mark();
        int[] chosen = scratch.takeIndices(out.size);
        Chosen.indices(state, out.size, chosen);
        proposal.read(state.particles, chosen, out, state.randomness(), state.step, scratch);
        scratch.release(mark);
    }

    @Override
    public PosteriorSummary summarise(PosteriorState state, Observation y, StepInfo info, Scratch scratch) {
        double se = Math.sqrt(genealogy.total(state, scratch));
        StepFacts facts = Facts.of(state, y, info, se, proposal.bias().isEmpty() ? "unbiased" : "biased", proposal.bias());
        return proposal.summarise(state, facts, setup.summariser(), scratch);
    }
}
