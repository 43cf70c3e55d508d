package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.Answer;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.Question;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.Quantity;
import java.util.Arrays;
import java.util.List;

/**
 * Answers how far ahead a filter sees: asked for the k-th next measurement, it moves the state k units on and says what would be measured there,
 * in closed form where the filter has one and by {@value Scored#AHEAD_DRAWS} draws otherwise, the same as {@code ahead} in a summary. Where the filter
 * measures time, the k units count from the question's event time. Inputs that are not known yet count as 0.
 */
final class Forecaster {

    static final List<String> ASKS = List.of("horizon");
    private static final int FARTHEST = 10_000;

    private final Filter filter;
    private final Clock clock;
    private final double[] levels;
    private final Foresight future;
    private final Moment first = new Moment();
    private final Moment unit = Moment.after(1);

    Forecaster(Filter filter, Clock clock, double[] levels) {
        this.filter = filter;
        this.clock = clock;
        this.levels = levels;
        future = filter.foresight(Scored.AHEAD_DRAWS);
        first.inputs = new double[filter.model().inputs().size()];
        unit.inputs = first.inputs;
    }

    Answer answer(PosteriorState state, Question question, Scratch scratch) {
        String refusal = refusal(state, question);
        if (refusal != null) {
            return Answer.refused(question, state.assimilated, refusal);
        }
        int horizon = (int) question.values()[0];
        look(state, question, horizon, scratch);
        List<String> channels = filter.model().channels();
        Quantity[] quantities = new Quantity[channels.size()];
        for (int c = 0; c < quantities.length; c++) {
            Expected law = future.channel(c);
            quantities[c] = new Quantity(channels.get(c), law.mean(), law.sd(), Arrays.stream(levels).map(law::quantile).toArray());
        }
        return Answer.of(question, state.assimilated, levels, filter.bias(), quantities);
    }

    private String refusal(PosteriorState state, Question question) {
        double horizon = question.values()[0];
        if (!(horizon >= 1 && horizon <= FARTHEST && horizon == Math.rint(horizon))) {
            return "the horizon must be a whole number from 1 to " + FARTHEST + (horizon == horizon ? ", and is " + horizon : ", and there is none");
        }
        return clock.refusal(state, question);
    }

    /** The first measurement of a key that has not been seen is where its state starts. */
    private void look(PosteriorState state, Question question, int horizon, Scratch scratch) {
        boolean unseen = state.assimilated == 0;
        if (unseen) {
            first.elapsed = 0;
            future.begin(state, first, Scored.iterationAhead(1), scratch);
        } else {
            first.elapsed = 1 + clock.sinceLast(state, question);
            future.start(state, scratch);
            future.move(state, first, Scored.iterationAhead(1), scratch);
        }
        for (int k = 2; k <= horizon; k++) {
            future.move(state, unit, Scored.iterationAhead(k), scratch);
        }
        future.measure(state, unit, Scored.iterationAhead(horizon), scratch);
    }
}
