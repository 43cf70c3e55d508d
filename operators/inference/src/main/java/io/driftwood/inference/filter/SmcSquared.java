package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.Facts;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.SamplerOptions;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.SemidefiniteFactor;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.particle.WeightedMoments;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.StepFacts;
import java.util.Arrays;
import java.util.Set;

/**
 * SMC squared: particles of the unknown constants, each with a filter of its own for the state.
 * <pre>
 *   weigh       w_i *= p-hat(y_t | y_1..y_{t-1}, theta_i);   log p += log sum W_i p-hat
 *   if ESS &lt; tau N:  resample, and move by particle marginal Metropolis-Hastings:
 *     theta' = theta + N(0, 2.38^2/p V),   a filter of theta' over the whole history,   accept by the ratio of prior times p-hat
 *   if fewer than a fifth are accepted:  twice the particles of each filter, by running them anew and weighing by p-hat_new / p-hat_old
 * </pre>
 * Where the constants alone make the model linear, each filter is Kalman's, exact, and has one particle. Memory grows with the stream, and a
 * move costs the whole history; moves become rare as the posterior settles. Posterior and evidence are consistent; the evidence would be
 * unbiased with fixed times of resampling and no doubling.
 *
 * <p>Reference: [1] Chopin, Jacob and Papaspiliopoulos (2013), JRSS B 75, 397-426. Differs from [1]: the mean ratio of the doubling, whose
 * expectation is 1, is left out of the evidence, where it would be noise.
 */
final class SmcSquared implements Filter {

    private static final double LEAST_ACCEPTED = 0.2;

    private final StateSpaceModel model;
    private final Proposal proposal;
    private final FilterSetup setup;
    private final int firstEach;
    private final int mostEach;
    private final int moves;
    private final int statics;
    private final int channels;
    private final Moment past = new Moment();
    private final double[] pastY;
    private Islands islands;
    private Islands proposed;

    /**
     * @param each particles of each filter at first, a multiple of 8, or 1 where filters are exact
     * @param mostEach where doubling stops
     */
    SmcSquared(StateSpaceModel model, Proposal proposal, FilterSetup setup, int each, int mostEach, int moves) {
        this.model = model;
        this.proposal = proposal;
        this.setup = setup;
        this.firstEach = each;
        this.mostEach = mostEach;
        this.moves = moves;
        statics = model.statics();
        channels = model.channels().size();
        past.inputs = new double[model.inputs().size()];
        pastY = new double[channels];
    }

    @Override
    public StateSpaceModel model() { return model; }

    @Override
    public Set<String> samplerOptions() { return SamplerOptions.RESAMPLING; }

    @Override
    public void prepare(PosteriorState state) {
        state.particles = new Particles(setup.particles(), statics);
        state.weights = new LogWeights(setup.particles());
        Weighing.uniform(state.weights);
        state.history = new Rows(1 + channels + past.inputs.length);
        state.statistics = new double[setup.reserved()];
    }

    @Override
    public String advance(PosteriorState state, double[] y, Moment moment, boolean first, StepInfo info, Scratch scratch) {
        int mark = scratch.mark();
        if (first) {
            begin(state, moment, scratch);
        } else {
            take(state);
        }
        double[] increments = scratch.take(state.particles.stride);
        double[] before = scratch.take(state.particles.size);
        System.arraycopy(islands.logLikelihood, 0, before, 0, islands.count);
        islands.step(y, moment, first, state.randomness(), state.step, 0, increments, scratch);
        String refusal = null;
        if (!info.missing) {
            double increment = state.weights.reweight(increments, 1, scratch.take(state.particles.stride));
            if (increment == Double.NEGATIVE_INFINITY) {
                refusal = "no particle explains this measurement";
                Arrays.fill(y, Double.NaN);
                System.arraycopy(before, 0, islands.logLikelihood, 0, islands.count);
            } else {
                state.logEvidence += increment;
                info.logEvidenceIncrement = increment;
            }
        }
        remember(state, y, moment);
        if (state.weights.effectiveSampleSize() < setup.essThreshold() * state.weights.size) {
            rejuvenate(state, info, scratch);
        }
        info.ess = state.weights.effectiveSampleSize();
        keep(state);
        scratch.release(mark);
        return refusal;
    }

    private void begin(PosteriorState state, Moment moment, Scratch scratch) {
        int mark = scratch.mark();
        Particles all = new Particles(state.particles.size, model.dimension(), scratch.take(model.dimension() * state.particles.stride));
        model.drawInitial(all, moment, state.randomness(), state.step, 1, scratch);
        System.arraycopy(all.values, 0, state.particles.values, 0, state.particles.length());
        Weighing.uniform(state.weights);
        state.history.clear();
        islands = sized(islands, state.particles.size, firstEach);
        islands.settle(state.particles);
        scratch.release(mark);
    }

    private Islands sized(Islands old, int count, int each) {
        return old != null && old.count == count && old.each == each ? old : new Islands(proposal, statics, count, each);
    }

    private void take(PosteriorState state) {
        islands = sized(islands, state.particles.size, (int) state.statistics[setup.reserved()]);
        islands.load(state.statistics, setup.reserved());
    }

    private void keep(PosteriorState state) {
        int length = setup.reserved() + islands.length();
        if (state.statistics.length != length) {
            state.statistics = Arrays.copyOf(state.statistics, length);
        }
        islands.save(state.statistics, setup.reserved());
    }

    private void remember(PosteriorState state, double[] y, Moment moment) {
        double[] row = new double[state.history.width];
        row[0] = moment.elapsed;
        System.arraycopy(y, 0, row, 1, channels);
        System.arraycopy(moment.inputs, 0, row, 1 + channels, moment.inputs.length);
        state.history.append(row, 1);
    }

    private void rejuvenate(PosteriorState state, StepInfo info, Scratch scratch) {
        int mark = scratch.mark();
        double[] lower = scratch.take(statics * statics);
        spread(state, lower, scratch);
        resample(state, scratch);
        info.resampled = true;
        double accepted = 0;
        for (int move = 0; move < moves; move++) {
            accepted += move(state, lower, move, scratch) / moves;
        }
        info.moves.moves += moves;
        info.moves.acceptanceSum += accepted * moves;
        if (islands.each > 1 && accepted < LEAST_ACCEPTED && 2 * islands.each <= mostEach) {
            doubled(state, scratch);
        }
        scratch.release(mark);
    }

    /** L with L Lᵀ = 2.38^2/p times the weighted covariance. */
    private void spread(PosteriorState state, double[] lower, Scratch scratch) {
        int mark = scratch.mark();
        Particles theta = state.particles;
        double[] weights = state.weights.normalised;
        double[] mean = scratch.take(statics);
        double[] covariance = scratch.take(statics * statics);
        WeightedMoments.mean(theta.values, statics, theta.stride, weights, theta.size, mean);
        WeightedMoments.covariance(theta.values, statics, theta.stride, weights, theta.size, mean, covariance, scratch);
        for (int k = 0; k < statics * statics; k++) {
            covariance[k] *= 2.38 * 2.38 / statics;
        }
        SemidefiniteFactor.lower(covariance, statics, lower);
        scratch.release(mark);
    }

    private void resample(PosteriorState state, Scratch scratch) {
        int mark = scratch.mark();
        int n = state.particles.size;
        state.logEvidenceVariance += 1 / state.weights.effectiveSampleSize() - 1.0 / n;
        int[] ancestors = scratch.takeIndices(n);
        double[] spare = scratch.take(4 * n + 16);
        setup.resampler().resample(state.weights.normalised, n, ancestors, n, state.randomness(), state.step, 0, spare);
        state.particles.gather(ancestors, spare);
        proposed = sized(proposed, n, islands.each);
        for (int i = 0; i < n; i++) {
            proposed.copy(i, islands, ancestors[i]);
        }
        swap();
        Weighing.uniform(state.weights);
        scratch.release(mark);
    }

    private void swap() {
        Islands other = islands;
        islands = proposed;
        proposed = other;
    }

    /** @return share accepted */
    private double move(PosteriorState state, double[] lower, int move, Scratch scratch) {
        int mark = scratch.mark();
        Particles theta = state.particles;
        int n = theta.size;
        double[] noise = scratch.take(theta.length());
        double[] uniform = scratch.take(n);
        double[] logPrior = scratch.take(theta.stride);
        double[] logPriorThere = scratch.take(theta.stride);
        Particles there = new Particles(n, statics, scratch.take(theta.length()));
        state.randomness().normals(state.step, Purpose.MOMENTUM, move, noise, 0, theta.length());
        state.randomness().uniforms(state.step, Purpose.ACCEPT, move, uniform, 0, n);
        LaneMath.get().lowerTimesColumns(lower, statics, noise, there.values, theta.stride, theta.stride);
        LaneMath.get().axpy(1, theta.values, 0, there.values, 0, theta.length());
        there.pad();
        proposed = sized(proposed, n, islands.each);
        replay(state, proposed, there, move, scratch);
        Arrays.fill(logPrior, 0, theta.stride, 0.0);
        Arrays.fill(logPriorThere, 0, theta.stride, 0.0);
        model.addLogPrior(theta, logPrior, scratch);
        model.addLogPrior(there, logPriorThere, scratch);
        int accepted = 0;
        for (int i = 0; i < n; i++) {
            double logRatio = logPriorThere[i] + proposed.logLikelihood[i] - logPrior[i] - islands.logLikelihood[i];
            if (StrictMath.log(uniform[i]) < logRatio) {
                accepted++;
                islands.copy(i, proposed, i);
                for (int j = 0; j < statics; j++) {
                    theta.set(j, i, there.get(j, i));
                }
            }
        }
        theta.pad();
        scratch.release(mark);
        return (double) accepted / n;
    }

    /** Filters of these constants over the whole history, with numbers of their own: iteration (run + 1) 2^20 + t. */
    private void replay(PosteriorState state, Islands into, Particles theta, int run, Scratch scratch) {
        int mark = scratch.mark();
        double[] increments = scratch.take(theta.stride);
        Rows history = state.history;
        into.settle(theta);
        for (int t = 0; t < history.count; t++) {
            int row = t * history.width;
            past.elapsed = history.values[row];
            System.arraycopy(history.values, row + 1, pastY, 0, channels);
            System.arraycopy(history.values, row + 1 + channels, past.inputs, 0, past.inputs.length);
            into.step(pastY, past, t == 0, state.randomness(), state.step, (run + 1 << 20) + t, increments, scratch);
        }
        scratch.release(mark);
    }

    private void doubled(PosteriorState state, Scratch scratch) {
        int mark = scratch.mark();
        Islands larger = new Islands(proposal, statics, islands.count, 2 * islands.each);
        replay(state, larger, state.particles, moves, scratch);
        double[] ratio = scratch.take(state.particles.stride);
        for (int i = 0; i < islands.count; i++) {
            ratio[i] = larger.logLikelihood[i] - islands.logLikelihood[i];
        }
        if (state.weights.reweight(ratio, 1, scratch.take(state.particles.stride)) > Double.NEGATIVE_INFINITY) {
            islands = larger;
        }
        scratch.release(mark);
    }

    @Override
    public void draw(PosteriorState state, Particles out, Scratch scratch) {
        int mark = scratch.mark();
        take(state);
        int[] chosen = scratch.takeIndices(out.size);
        Chosen.indices(state, out.size, chosen);
        proposal.read(islands.chosen(state, -1, scratch).particles, chosen, out, state.randomness(), state.step, scratch);
        scratch.release(mark);
    }

    @Override
    public Foresight foresight(int draws) { return proposal.foresight(this, draws, this::choose); }

    private void choose(PosteriorState state, Particles out, Scratch scratch) {
        int mark = scratch.mark();
        take(state);
        int[] chosen = scratch.takeIndices(out.size);
        Chosen.indices(state, out.size, chosen);
        Chosen.copy(islands.chosen(state, -1, scratch).particles, chosen, out);
        scratch.release(mark);
    }

    /** The constants and one draw of each filter's state, chosen by its weights. */
    @Override
    public PosteriorSummary summarise(PosteriorState state, Observation y, StepInfo info, Scratch scratch) {
        take(state);
        double n = state.weights.size;
        double se = Math.sqrt(state.logEvidenceVariance + 1 / state.weights.effectiveSampleSize() - 1 / n);
        StepFacts facts = Facts.of(state, y, info, se, "consistent", "");
        PosteriorState chosen = islands.chosen(state, 1, scratch);
        return proposal.summarise(chosen, facts, setup.summariser(), scratch);
    }
}
