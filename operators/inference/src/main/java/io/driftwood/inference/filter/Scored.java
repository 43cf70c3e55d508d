package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A filter that says what it expects before it sees it. Before a measurement is used its law is foreseen from the posterior so far, in closed form where
 * the filter has one ({@link Foresight}) and by {@value #DRAWS} draws otherwise; it gives, per channel y, derived quantities of the summary:
 * <pre>
 *   y.expected        mean, sd and quantiles of the one-step prediction
 *   y.pit             its probability integral transform, uniform when the filter is right
 *   y.crps            its continuous ranked probability score
 *   y.drift           evidence that the transforms have ceased to be uniform ({@link DriftDetector})
 *   y.coverage        share of measurements so far between the outer quantiles of what was expected, and the standard error it should have
 *   y.pit-mean, y.pit-spread   how uniform the transforms have been so far: about 1/2 and 1, with the standard errors they should have
 *   y.alarm           1 when evidence reaches the limit at this record, 0 otherwise; alarms so far, and event time of the last ({@link Watch});
 *                     an alarm is told by the step, too
 *   y.ahead[k]        prediction of the k-th next measurement, after this one was used
 * </pre>
 * The logarithmic score is the increment of the log-evidence. A channel that is missing has no transform and no score. Scores are kept at the front of
 * a key's statistics ({@link ChannelScores}). Allocates nothing in a step.
 */
final class Scored implements Filter {

    /** Draws of a prediction. */
    static final int DRAWS = 128;
    static final int AHEAD_DRAWS = 1024;
    /** Iterations of the predictions' random numbers are negative, and so no filter's. */
    private static final int FIRST_ITERATION = -2;

    private final Filter filter;
    private final double[] levels;
    private final int[] ahead;
    private final ChannelScores[] scores;
    private final Foresight next;
    private final Foresight future;
    private final Moment unit = Moment.after(1);

    /**
     * @param filter one that leaves the first {@link #reserved} numbers of a key's statistics alone
     * @param ahead how many measurements ahead to predict, ascending
     * @param alarmAt evidence of drift that is an alarm, in records; infinite for no alarms
     */
    Scored(Filter filter, double[] levels, int[] ahead, double alarmAt) {
        this.filter = filter;
        this.levels = levels;
        this.ahead = ahead;
        List<String> channels = filter.model().channels();
        scores = new ChannelScores[channels.size()];
        Arrays.setAll(scores, c -> new ChannelScores(channels.get(c), c, levels, alarmAt));
        next = filter.foresight(DRAWS);
        future = filter.foresight(AHEAD_DRAWS);
        unit.inputs = new double[filter.model().inputs().size()];
    }

    /** What every filter leaves free at the front of a key's statistics, scored or not, so that scores may be switched on and off. */
    static int reserved(StateSpaceModel model) { return model.channels().size() * ChannelScores.WIDTH; }

    /** Iteration of the random numbers of the k-th next measurement. */
    static int iterationAhead(int k) { return FIRST_ITERATION - k; }

    @Override
    public StateSpaceModel model() { return filter.model(); }

    @Override
    public Set<String> samplerOptions() { return filter.samplerOptions(); }

    @Override
    public String bias() { return filter.bias(); }

    @Override
    public void prepare(PosteriorState state) { filter.prepare(state); }

    @Override
    public String advance(PosteriorState state, double[] y, Moment moment, boolean first, StepInfo info, Scratch scratch) {
        for (ChannelScores channel : scores) {
            channel.clear(state);
        }
        if (!info.missing) {
            score(state, y, moment, first, info, scratch);
        }
        return filter.advance(state, y, moment, first, info, scratch);
    }

    private void score(PosteriorState state, double[] y, Moment moment, boolean first, StepInfo info, Scratch scratch) {
        if (first) {
            next.begin(state, moment, FIRST_ITERATION, scratch);
        } else {
            next.start(state, scratch);
            next.move(state, moment, FIRST_ITERATION, scratch);
        }
        next.measure(state, moment, FIRST_ITERATION, scratch);
        for (int c = 0; c < scores.length; c++) {
            if (y[c] == y[c]) {
                scores[c].take(next.channel(c), y[c], state, FIRST_ITERATION, info);
            }
        }
    }

    @Override
    public void draw(PosteriorState state, Particles out, Scratch scratch) { filter.draw(state, out, scratch); }

    @Override
    public PosteriorSummary summarise(PosteriorState state, Observation y, StepInfo info, Scratch scratch) {
        List<Quantity> more = new ArrayList<>();
        for (ChannelScores channel : scores) {
            channel.report(state.statistics, more);
            channel.reportWatch(state.statistics, y.eventTime(), more);
        }
        PosteriorSummary summary = filter.summarise(state, y, info, scratch);
        if (ahead.length > 0) {
            addFuture(state, more, scratch);
        }
        return summary.withDerived(more.toArray(Quantity[]::new));
    }

    private void addFuture(PosteriorState state, List<Quantity> to, Scratch scratch) {
        future.start(state, scratch);
        int at = 0;
        for (int k = 1; k <= ahead[ahead.length - 1]; k++) {
            future.move(state, unit, iterationAhead(k), scratch);
            if (k == ahead[at]) {
                at++;
                future.measure(state, unit, iterationAhead(k), scratch);
                for (int c = 0; c < scores.length; c++) {
                    Expected law = future.channel(c);
                    to.add(new Quantity(model().channels().get(c) + ".ahead[" + k + "]", law.mean(), law.sd(),
                            Arrays.stream(levels).map(law::quantile).toArray()));
                }
            }
        }
    }
}
