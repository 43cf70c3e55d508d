package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.SamplerOptions;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.summary.PosteriorSummary;
import java.util.Set;

/**
 * Sequential importance resampling. At each record
 * <pre>
 *   choose   ancestors, when the weights have become uneven ({@link Selection})
 *   move     x_i ~ q(. | x_i, y)
 *   weigh    w_i *= g(y | x_i) f / q;   log p += log sum w_i;   W = w / sum w ({@link Propagation})
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
    private final boolean guarded;
    private final ParticleNumbers numbers;
    private final Genealogy genealogy;
    private final Trace trace;
    private final Selection selection;
    private final Propagation propagation;
    private final Recoverer recoverer;
    private final ParticleReport report;
    private final Set<String> samplerOptions;

    ParticleFilter(StateSpaceModel model, Proposal proposal, boolean looksAhead, FilterSetup setup) {
        this(model, proposal, looksAhead, setup, ParticleOptions.NONE);
    }

    ParticleFilter(StateSpaceModel model, Proposal proposal, boolean looksAhead, FilterSetup setup, ParticleOptions options) {
        this.model = model;
        this.proposal = proposal;
        this.looksAhead = looksAhead;
        this.setup = setup;
        guarded = options.recovery().isOn();
        samplerOptions = options.recovery().policy() == Recovery.Policy.TEMPER ? SamplerOptions.TEMPERING : SamplerOptions.RESAMPLING;
        numbers = new ParticleNumbers(setup.reserved(), setup.particles(), options.any());
        genealogy = new Genealogy(numbers.ancestorsAt(), numbers.rootsAt());
        trace = new Trace(options.smoothingLag(), proposal.columns() * Particles.strideOf(setup.particles()), numbers.traceAt());
        selection = new Selection(proposal, setup, options.count(), numbers, genealogy, trace);
        propagation = new Propagation(proposal, numbers);
        recoverer = new Recoverer(model, proposal, setup, options.recovery(), numbers, propagation, genealogy, trace);
        report = new ParticleReport(proposal, setup.summariser(), options, numbers, genealogy, trace);
    }

    @Override
    public StateSpaceModel model() { return model; }

    @Override
    public Set<String> samplerOptions() { return samplerOptions; }

    @Override
    public void prepare(PosteriorState state) {
        state.particles = new Particles(setup.particles(), proposal.columns());
        state.weights = new LogWeights(setup.particles());
        state.statistics = numbers.fresh();
        numbers.makeRoom(state, trace);
        genealogy.begin(state, setup.particles());
        Weighing.uniform(state.weights);
    }

    @Override
    public String advance(PosteriorState state, double[] y, Moment moment, boolean first, StepInfo info, Scratch scratch) {
        numbers.makeRoom(state, trace);
        if (first) {
            begin(state, moment, scratch);
        } else {
            trace.keep(state);
            choose(state, y, moment, info, scratch);
            proposal.stir(state, scratch);
        }
        boolean explained = moveAndWeigh(state, y, moment, first, info, scratch);
        info.ess = state.weights.effectiveSampleSize();
        return explained ? null : "no particle explains this measurement";
    }

    private void begin(PosteriorState state, Moment moment, Scratch scratch) {
        proposal.begin(state.particles, moment, state.randomness(), state.step, scratch);
        numbers.setActive(state, setup.particles());
        Weighing.uniform(state.weights);
        genealogy.begin(state, setup.particles());
        trace.forget(state);
    }

    private void choose(PosteriorState state, double[] y, Moment moment, StepInfo info, Scratch scratch) {
        if (looksAhead && !info.missing) {
            selection.lookingAhead(state, y, moment, info, scratch);
        } else {
            selection.byWeight(state, info, scratch);
        }
    }

    private boolean moveAndWeigh(PosteriorState state, double[] y, Moment moment, boolean first, StepInfo info, Scratch scratch) {
        if (info.missing) {
            if (!first) {
                propagation.coast(state, moment, scratch);
            }
            return true;
        }
        if (first) {
            return propagation.weigh(state, y, moment, info, scratch);
        }
        return guarded ? recoverer.moveAndWeigh(state, y, moment, info, scratch) : propagation.moveAndWeigh(state, y, moment, info, scratch);
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
    public Foresight foresight(int draws) { return proposal.foresight(this, draws, ParticleFilter::some); }

    private static void some(PosteriorState state, Particles out, Scratch scratch) {
        int mark = scratch.mark();
        int[] chosen = scratch.takeIndices(out.size);
        Chosen.indices(state, out.size, chosen);
        Chosen.copy(state.particles, chosen, out);
        scratch.release(mark);
    }

    @Override
    public String bias() { return proposal.bias(); }

    @Override
    public PosteriorSummary summarise(PosteriorState state, Observation y, StepInfo info, Scratch scratch) {
        numbers.makeRoom(state, trace);
        return report.of(state, y, info, scratch);
    }
}
