package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.Answer;
import io.driftwood.inference.assimilate.Gate;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.Question;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.PresentChannels;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.summary.PosteriorSummary;
import java.util.List;
import java.util.Set;

/**
 * A filter as the posterior of a stream: lets records in, tells the model how much time has passed, and counts.
 *
 * <p>A record whose channels are all missing moves the state in time and weighs nothing, which is the same as integrating it out. A record
 * that the state cannot explain is refused: it too moves the state in time, for time has passed, and weighs nothing.
 */
final class FilterPosterior implements SequentialPosterior {

    private final Filter filter;
    private final Clock clock;
    private final Forecaster forecaster;
    private final long seed;
    private final List<String> fields;
    private final Gate gate;
    private final double[] y;
    private final Moment moment = new Moment();
    private final StepInfo info = new StepInfo();

    FilterPosterior(Filter filter, Clock clock, Forecaster forecaster, long seed) {
        this.filter = filter;
        this.clock = clock;
        this.forecaster = forecaster;
        this.seed = seed;
        this.fields = filter.model().fields();
        this.gate = new Gate(fields);
        this.y = new double[filter.model().channels().size()];
        this.moment.inputs = new double[filter.model().inputs().size()];
    }

    @Override
    public List<String> fields() { return fields; }

    @Override
    public Set<String> samplerOptions() { return filter.samplerOptions(); }

    @Override
    public PosteriorState start(String key) {
        PosteriorState state = new PosteriorState();
        state.keyBits = Randomness.of(seed, key).keyBits();
        state.history = new Rows(0);
        filter.prepare(state);
        return state;
    }

    @Override
    public StepInfo step(PosteriorState state, Observation record, Scratch scratch) {
        info.clear();
        state.step++;
        info.rejection = refusal(state, record);
        if (info.rejection == null) {
            read(state, record);
            info.rejection = filter.advance(state, y, moment, state.assimilated == 0, info, scratch);
            state.clock = Math.max(state.clock, record.eventTime());
        }
        if (info.rejection == null) {
            state.assimilated++;
        } else {
            state.rejected++;
        }
        return info;
    }

    private String refusal(PosteriorState state, Observation record) {
        String refusal = gate.refusal(record);
        return refusal == null ? clock.refusal(state, record) : refusal;
    }

    private void read(PosteriorState state, Observation record) {
        double[] values = record.values();
        System.arraycopy(values, 0, y, 0, y.length);
        for (int j = 0; j < moment.inputs.length; j++) {
            double input = values[y.length + j];
            moment.inputs[j] = input == input ? input : 0;
        }
        moment.elapsed = clock.elapsed(state, record);
        info.missing = !PresentChannels.any(y, y.length);
    }

    @Override
    public PosteriorSummary summarise(PosteriorState state, Observation record, StepInfo info, Scratch scratch) {
        return filter.summarise(state, record, info, scratch);
    }

    @Override
    public List<String> asks() { return Forecaster.ASKS; }

    @Override
    public Answer answer(PosteriorState state, Question question, Scratch scratch) { return forecaster.answer(state, question, scratch); }
}
