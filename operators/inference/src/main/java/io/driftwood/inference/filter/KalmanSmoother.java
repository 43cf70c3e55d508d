package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.SamplerOptions;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.filter.dynamics.Lagged;
import io.driftwood.inference.filter.dynamics.LinearGaussian;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import io.driftwood.inference.summary.Summariser;
import java.util.Arrays;
import java.util.Set;

/**
 * The exact filter, and beside it the exact law of the state L records ago given all that was measured since: the filter of the {@link Lagged}
 * model. A key's statistics hold the filter's moments, then how many records there were, then the moments of the lagged state. O((L d)^3) a record.
 */
final class KalmanSmoother implements Filter {

    private final KalmanFilter filter;
    private final KalmanFilter lagged;
    private final int lag;
    private final int d;
    private final int countAt;
    private final PosteriorState beside = new PosteriorState();
    private final StepInfo unread = new StepInfo();

    /** @param lag L, at least 1 */
    KalmanSmoother(LinearGaussian model, int lag, Summariser summariser, int draws, int reserved) {
        this.lag = lag;
        d = model.dimension();
        countAt = reserved + d + d * d;
        filter = new KalmanFilter(model, summariser, draws, reserved);
        lagged = new KalmanFilter(new Lagged(model, lag), summariser, 1, countAt + 1);
    }

    @Override
    public StateSpaceModel model() { return filter.model(); }

    @Override
    public Set<String> samplerOptions() { return SamplerOptions.DRAWING; }

    @Override
    public void prepare(PosteriorState state) {
        filter.prepare(state);
        makeRoom(state);
    }

    /** Also for a key that was saved by a job without smoothing, or with another lag: then its lagged state begins at what the filter knows now. */
    private void makeRoom(PosteriorState state) {
        int size = d * (lag + 1);
        int needed = countAt + 1 + size + size * size;
        if (state.statistics.length != needed) {
            state.statistics = Arrays.copyOf(Arrays.copyOf(state.statistics, countAt), needed);
            begin(state.statistics, size);
        }
    }

    /** The newest block is the filter's law so far. */
    private void begin(double[] statistics, int size) {
        int moments = countAt - d - d * d;
        System.arraycopy(statistics, moments, statistics, countAt + 1, d);
        for (int i = 0; i < d; i++) {
            System.arraycopy(statistics, moments + d + i * d, statistics, countAt + 1 + size + i * size, d);
        }
    }

    @Override
    public String advance(PosteriorState state, double[] y, Moment moment, boolean first, StepInfo info, Scratch scratch) {
        makeRoom(state);
        String refusal = filter.advance(state, y, moment, first, info, scratch);
        beside.statistics = state.statistics;
        unread.clear();
        unread.missing = info.missing;
        lagged.advance(beside, y, moment, first, unread, scratch);
        state.statistics[countAt] = first ? 0 : state.statistics[countAt] + 1;
        return refusal;
    }

    @Override
    public void draw(PosteriorState state, Particles out, Scratch scratch) { filter.draw(state, out, scratch); }

    @Override
    public Foresight foresight(int draws) { return filter.foresight(draws); }

    @Override
    public PosteriorSummary summarise(PosteriorState state, Observation y, StepInfo info, Scratch scratch) {
        makeRoom(state);
        PosteriorSummary summary = filter.summarise(state, y, info, scratch);
        Quantity[] then = new Quantity[d];
        for (int j = 0; j < d; j++) {
            String name = summary.parameters()[j].name() + ".smoothed[" + lag + "]";
            then[j] = state.statistics[countAt] >= lag ? lagged.marginal(state, lag * d + j, name) : Numbers.of(name, Double.NaN, summary.levels().length);
        }
        return summary.withDerived(then);
    }
}
