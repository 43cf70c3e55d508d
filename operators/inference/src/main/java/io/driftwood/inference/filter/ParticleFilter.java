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
import io.driftwood.inference.summary.Quantity;
import io.driftwood.inference.summary.StepFacts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

    /** Particles grow in number without resampling being due when this many times as many are wanted. */
    private static final double GROWTH = 1.25;
    /** Numbers of a key besides, where an option asks for them: recoveries, particles in use, particles when all were ancestors; then the trace. */
    private static final int RECOVERIES = 0;
    private static final int ACTIVE = 1;
    private static final int ROOTS = 2;
    private static final int EXTRA = 3;

    private final StateSpaceModel model;
    private final Proposal proposal;
    private final boolean looksAhead;
    private final FilterSetup setup;
    private final ParticleOptions options;
    private final int extra;
    private final Weighing weighing = new Weighing();
    private final Tiles tiles = new Tiles();
    private final Genealogy genealogy;
    private final Trace trace;
    private final Recoverer recoverer;

    ParticleFilter(StateSpaceModel model, Proposal proposal, boolean looksAhead, FilterSetup setup) {
        this(model, proposal, looksAhead, setup, ParticleOptions.NONE);
    }

    ParticleFilter(StateSpaceModel model, Proposal proposal, boolean looksAhead, FilterSetup setup, ParticleOptions options) {
        this.model = model;
        this.proposal = proposal;
        this.looksAhead = looksAhead;
        this.setup = setup;
        this.options = options;
        this.extra = setup.reserved() + setup.particles();
        this.genealogy = new Genealogy(setup.reserved(), options.any() ? extra + ROOTS : -1);
        this.trace = new Trace(options.smoothingLag(), proposal.columns() * Particles.strideOf(setup.particles()), extra + EXTRA);
        this.recoverer = new Recoverer(model, proposal, setup, options.recovery());
    }

    @Override
    public StateSpaceModel model() { return model; }

    @Override
    public void prepare(PosteriorState state) {
        state.particles = new Particles(setup.particles(), proposal.columns());
        state.weights = new LogWeights(setup.particles());
        state.statistics = new double[setup.reserved() + setup.particles()];
        makeRoom(state);
        genealogy.begin(state, setup.particles());
        Weighing.uniform(state.weights);
    }

    /** Also for a key that was saved by a job without these options. */
    private void makeRoom(PosteriorState state) {
        int needed = extra + EXTRA + trace.numbers();
        if (options.any() && state.statistics.length != needed) {
            boolean isNew = state.statistics.length < extra + EXTRA;
            state.statistics = Arrays.copyOf(state.statistics, needed);
            if (isNew) {
                state.statistics[extra + ACTIVE] = setup.particles();
                state.statistics[extra + ROOTS] = setup.particles();
            }
            trace.forget(state);
        }
    }

    private int active(PosteriorState state) { return options.any() ? (int) state.statistics[extra + ACTIVE] : state.weights.size; }

    private void setActive(PosteriorState state, int count) {
        if (options.any()) {
            state.statistics[extra + ACTIVE] = count;
        }
    }

    @Override
    public String advance(PosteriorState state, double[] y, Moment moment, boolean first, StepInfo info, Scratch scratch) {
        makeRoom(state);
        if (first) {
            begin(state, moment, scratch);
        } else {
            trace.keep(state);
            choose(state, y, moment, info, scratch);
            proposal.stir(state, scratch);
        }
        boolean guarded = options.recovery().isOn() && !first && !info.missing;
        boolean explained = guarded
                ? moveAndWeighOrRecover(state, y, moment, info, scratch) : moveAndWeigh(state, y, moment, first, info, scratch);
        info.ess = state.weights.effectiveSampleSize();
        return explained ? null : "no particle explains this measurement";
    }

    private void begin(PosteriorState state, Moment moment, Scratch scratch) {
        proposal.begin(state.particles, moment, state.randomness(), state.step, scratch);
        setActive(state, setup.particles());
        Weighing.uniform(state.weights);
        genealogy.begin(state, setup.particles());
        trace.forget(state);
    }

    /** Ancestors, when the weights that choose them have become uneven, or when more particles are wanted. */
    private void choose(PosteriorState state, double[] y, Moment moment, StepInfo info, Scratch scratch) {
        int active = active(state);
        int wanted = options.count() == null ? state.weights.size : options.count().wanted(state.particles, state.weights.normalised, active);
        if (looksAhead && !info.missing) {
            chooseAhead(state, y, moment, wanted, info, scratch);
        } else if (isDue(state.weights.effectiveSampleSize(), active, wanted)) {
            resample(state, state.weights.normalised, wanted, info, scratch);
            Weighing.uniform(state.weights, wanted);
        }
    }

    private boolean isDue(double ess, int active, int wanted) { return ess < setup.essThreshold() * active || wanted > GROWTH * active; }

    private void chooseAhead(PosteriorState state, double[] y, Moment moment, int wanted, StepInfo info, Scratch scratch) {
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
            if (isDue(1 / math.dot(chance, 0, chance, 0, n), active(state), wanted)) {
                int[] ancestors = resample(state, chance, wanted, info, scratch);
                double share = total - StrictMath.log(wanted);
                for (int i = 0; i < n; i++) {
                    weights.log[i] = i < wanted ? share - logPromise[ancestors[i]] : Double.NEGATIVE_INFINITY;
                }
                math.exp(weights.log, 0, weights.normalised, 0, n);
            }
        }
        scratch.release(mark);
    }

    /** @return the ancestors, valid until the scratch is used again; particles beyond those wanted are copies that nothing weighs */
    private int[] resample(PosteriorState state, double[] chance, int wanted, StepInfo info, Scratch scratch) {
        int mark = scratch.mark();
        int n = state.particles.size;
        genealogy.bank(state, active(state), scratch);
        int[] ancestors = scratch.takeIndices(n);
        double[] spare = scratch.take(4 * n + 16);
        setup.resampler().resample(chance, n, ancestors, wanted, state.randomness(), state.step, 0, spare);
        Arrays.fill(ancestors, wanted, n, ancestors[wanted - 1]);
        state.particles.gather(ancestors, spare);
        genealogy.gather(state, ancestors, scratch);
        trace.gather(state, ancestors, scratch);
        setActive(state, wanted);
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
        for (int t = 0; t < tilesInUse(state); t++) {
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

    private int tilesInUse(PosteriorState state) { return Math.min(tiles.count(), (active(state) + Weighing.TILE - 1) / Weighing.TILE); }

    private static boolean account(PosteriorState state, double increment, StepInfo info) {
        if (increment == Double.NEGATIVE_INFINITY) {
            return false;
        }
        state.logEvidence += increment;
        info.logEvidenceIncrement = increment;
        return true;
    }

    /** When too few explain the record, what was done is undone, and the policy applied; when that does not help either, it is done again. */
    private boolean moveAndWeighOrRecover(PosteriorState state, double[] y, Moment moment, StepInfo info, Scratch scratch) {
        int mark = scratch.mark();
        double[] particles = scratch.take(state.particles.length());
        double[] weights = scratch.take(2 * state.weights.log.length);
        double evidence = state.logEvidence;
        boolean resampled = info.resampled;
        copy(state, particles, weights);
        boolean explained = moveAndWeigh(state, y, moment, false, info, scratch);
        if (!explained || state.weights.effectiveSampleSize() < options.recovery().least()) {
            restore(state, particles, weights, evidence, info);
            if (recover(state, y, moment, info, scratch)) {
                state.statistics[extra + RECOVERIES]++;
                explained = true;
            } else {
                restore(state, particles, weights, evidence, info);
                info.resampled = resampled;
                explained = moveAndWeigh(state, y, moment, false, info, scratch);
            }
        }
        scratch.release(mark);
        return explained;
    }

    private static void copy(PosteriorState state, double[] particles, double[] weights) {
        int stride = state.weights.log.length;
        System.arraycopy(state.particles.values, 0, particles, 0, state.particles.length());
        System.arraycopy(state.weights.log, 0, weights, 0, stride);
        System.arraycopy(state.weights.normalised, 0, weights, stride, stride);
    }

    private static void restore(PosteriorState state, double[] particles, double[] weights, double evidence, StepInfo info) {
        int stride = state.weights.log.length;
        System.arraycopy(particles, 0, state.particles.values, 0, state.particles.length());
        System.arraycopy(weights, 0, state.weights.log, 0, stride);
        System.arraycopy(weights, stride, state.weights.normalised, 0, stride);
        state.logEvidence = evidence;
        info.logEvidenceIncrement = 0;
        info.temperingSteps = 0;
        info.moves.clear();
    }

    private boolean recover(PosteriorState state, double[] y, Moment moment, StepInfo info, Scratch scratch) {
        int mark = scratch.mark();
        boolean done;
        if (options.recovery().policy() == Recovery.Policy.TEMPER) {
            int[] ancestors = scratch.takeIndices(state.particles.size);
            done = recoverer.temper(state, y, moment, ancestors, info, scratch);
            if (done) {
                genealogy.gather(state, ancestors, scratch);
                trace.gather(state, ancestors, scratch);
            }
        } else {
            double banked = genealogy.total(state, scratch);
            coast(state, moment, scratch);
            recoverer.startAnew(state, moment, scratch);
            done = weigh(state, y, moment, info, scratch);
            if (done) {
                state.logEvidenceVariance = banked;
                genealogy.begin(state, setup.particles());
                trace.forget(state);
            }
        }
        if (done) {
            setActive(state, setup.particles());
        }
        scratch.release(mark);
        return done;
    }

    private void coast(PosteriorState state, Moment moment, Scratch scratch) {
        tiles.open(state.particles);
        for (int t = 0; t < tilesInUse(state); t++) {
            proposal.coast(tiles.load(t), moment, state.randomness(), state.step, t, scratch);
            tiles.store(t);
        }
    }

    private boolean weigh(PosteriorState state, double[] y, Moment moment, StepInfo info, Scratch scratch) {
        double[] logIncrement = scratch.take(Weighing.TILE);
        weighing.open(state.weights);
        tiles.open(state.particles);
        for (int t = 0; t < tiles.count(); t++) {
            proposal.weighFirst(tiles.load(t), y, moment, logIncrement, scratch);
            tiles.store(t);
            weighing.add(logIncrement);
        }
        return account(state, weighing.close(), info);
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
        makeRoom(state);
        double se = Math.sqrt(genealogy.total(state, scratch));
        long recoveries = options.any() ? (long) state.statistics[extra + RECOVERIES] : 0;
        String bias = proposal.bias().isEmpty() ? options.recovery().bias(recoveries) : proposal.bias();
        String kind = proposal.bias().isEmpty() ? options.recovery().evidenceKind(recoveries) : "biased";
        StepFacts facts = Facts.of(state, y, info, se, kind, bias);
        PosteriorSummary summary = proposal.summarise(state, facts, setup.summariser(), scratch);
        return options.any() ? summary.withDerived(more(state, summary, facts, scratch)) : summary;
    }

    private Quantity[] more(PosteriorState state, PosteriorSummary summary, StepFacts facts, Scratch scratch) {
        List<Quantity> more = new ArrayList<>();
        if (options.recovery().isOn()) {
            more.add(number("recoveries", state.statistics[extra + RECOVERIES], summary.levels().length));
        }
        if (options.count() != null) {
            more.add(number("particles-in-use", active(state), summary.levels().length));
        }
        if (options.smoothingLag() > 0) {
            addSmoothed(state, summary, facts, more, scratch);
        }
        return more.toArray(Quantity[]::new);
    }

    private static Quantity number(String name, double value, int levels) {
        double[] none = new double[levels];
        Arrays.fill(none, Double.NaN);
        return new Quantity(name, value, Double.NaN, none);
    }

    private void addSmoothed(PosteriorState state, PosteriorSummary today, StepFacts facts, List<Quantity> to, Scratch scratch) {
        int mark = scratch.mark();
        Quantity[] then = null;
        if (trace.isFull(state)) {
            Particles x = new Particles(state.particles.size, state.particles.dimension, scratch.take(state.particles.length()));
            trace.read(state, x);
            then = setup.summariser().of(x, state.weights, facts, scratch).parameters();
        }
        for (int j = 0; j < today.parameters().length; j++) {
            String name = today.parameters()[j].name() + ".smoothed[" + options.smoothingLag() + "]";
            to.add(then == null ? number(name, Double.NaN, today.levels().length)
                    : new Quantity(name, then[j].mean(), then[j].sd(), then[j].quantiles()));
        }
        scratch.release(mark);
    }
}
