package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A filter that says what it expects before it sees it. Before a measurement is used, {@value #DRAWS} draws of it are made from the posterior so
 * far; they give, per channel y, derived quantities of the summary:
 * <pre>
 *   y.expected        mean, sd and quantiles of the one-step prediction
 *   y.pit             its probability integral transform, uniform when the filter is right
 *   y.crps            its continuous ranked probability score
 *   y.drift           evidence that the transforms have ceased to be uniform ({@link DriftDetector})
 *   y.coverage        share of measurements so far between the outer quantiles of what was expected, and the standard error it should have
 *   y.alarm           1 when evidence reaches the limit at this record, 0 otherwise; alarms so far, and event time of the last ({@link Watch})
 *   y.ahead[k]        prediction of the k-th next measurement, after this one was used
 * </pre>
 * The logarithmic score is the increment of the log-evidence. A channel that is missing has no transform and no score. Scores are kept at the front of
 * a key's statistics, [pit, crps, mean, sd, 12 quantiles, watch, drift] of each channel. Allocates nothing in a step.
 */
final class Scored implements Filter {

    /** Draws of a prediction. */
    static final int DRAWS = 128;
    private static final int AHEAD_DRAWS = 1024;
    /** Iterations of the predictions' random numbers are negative, and so no filter's. */
    private static final int FIRST_ITERATION = -2;

    private static final int PIT = 0;
    private static final int CRPS = 1;
    private static final int MEAN = 2;
    private static final int SD = 3;
    private static final int QUANTILES = 4;
    /** Levels beyond this many have no quantile of what was expected: the layout must not depend on a configuration. */
    private static final int MOST_LEVELS = 12;
    private static final int WATCH = QUANTILES + MOST_LEVELS;
    private static final int DRIFT = WATCH + Watch.LENGTH;
    private static final int WIDTH = DRIFT + DriftDetector.LENGTH;

    private final Filter filter;
    private final double[] levels;
    private final int[] ahead;
    private final double alarmAt;
    private final int channels;
    private final Particles states;
    private final Particles futures;
    private final double[] drawn;
    private final Predictive predictive = new Predictive(DRAWS);
    private final Predictive future = new Predictive(AHEAD_DRAWS);
    private final Moment unit = Moment.after(1);

    /**
     * @param filter one that leaves the first {@link #reserved} numbers of a key's statistics alone
     * @param ahead how many measurements ahead to predict, ascending
     * @param alarmAt evidence of drift that is an alarm, in records; infinite for no alarms
     */
    Scored(Filter filter, double[] levels, int[] ahead, double alarmAt) {
        this.alarmAt = alarmAt;
        this.filter = filter;
        this.levels = levels;
        this.ahead = ahead;
        channels = filter.model().channels().size();
        states = new Particles(DRAWS, filter.model().dimension());
        futures = new Particles(AHEAD_DRAWS, filter.model().dimension());
        drawn = new double[channels * AHEAD_DRAWS];
        unit.inputs = new double[filter.model().inputs().size()];
    }

    /** What every filter leaves free at the front of a key's statistics, scored or not, so that scores may be switched on and off. */
    static int reserved(StateSpaceModel model) { return model.channels().size() * WIDTH; }

    @Override
    public StateSpaceModel model() { return filter.model(); }

    @Override
    public void prepare(PosteriorState state) { filter.prepare(state); }

    @Override
    public String advance(PosteriorState state, double[] y, Moment moment, boolean first, StepInfo info, Scratch scratch) {
        clear(state);
        if (!info.missing) {
            score(state, y, moment, first, scratch);
        }
        return filter.advance(state, y, moment, first, info, scratch);
    }

    private void clear(PosteriorState state) {
        for (int c = 0; c < channels; c++) {
            int from = c * WIDTH;
            Arrays.fill(state.statistics, from, from + WATCH, Double.NaN);
            Watch.settle(state.clock, state.statistics, from + WATCH);
        }
    }

    private void score(PosteriorState state, double[] y, Moment moment, boolean first, Scratch scratch) {
        if (first) {
            model().drawInitial(states, moment, state.randomness(), state.step, FIRST_ITERATION, scratch);
        } else {
            filter.draw(state, states, scratch);
            model().propagate(states, moment, state.randomness(), state.step, FIRST_ITERATION, scratch);
        }
        model().drawObservation(states, moment, drawn, state.randomness(), state.step, FIRST_ITERATION, scratch);
        for (int c = 0; c < channels; c++) {
            if (y[c] == y[c]) {
                score(state, y[c], c);
            }
        }
    }

    private void score(PosteriorState state, double y, int c) {
        double[] to = state.statistics;
        int at = c * WIDTH;
        predictive.of(drawn, c * states.stride);
        double pit = predictive.probabilityTransform(y, state.randomness().uniform(state.step, Purpose.SUMMARY, FIRST_ITERATION - c));
        to[at + PIT] = pit;
        to[at + CRPS] = predictive.rankedScore(y);
        to[at + MEAN] = predictive.mean();
        to[at + SD] = predictive.sd();
        for (int q = 0; q < Math.min(levels.length, MOST_LEVELS); q++) {
            to[at + QUANTILES + q] = predictive.quantile(levels[q]);
        }
        watch(pit, to, at);
    }

    private void watch(double pit, double[] to, int at) {
        DriftDetector.observe(pit, to, at + DRIFT);
        double evidence = DriftDetector.evidence(to, at + DRIFT);
        boolean covered = levels.length > 1 && pit >= levels[0] && pit <= levels[levels.length - 1];
        if (Watch.observe(covered, evidence, alarmAt, to, at + WATCH)) {
            Arrays.fill(to, at + DRIFT, at + WIDTH, 0.0);
        }
    }

    @Override
    public void draw(PosteriorState state, Particles out, Scratch scratch) { filter.draw(state, out, scratch); }

    @Override
    public PosteriorSummary summarise(PosteriorState state, Observation y, StepInfo info, Scratch scratch) {
        List<Quantity> more = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
            addScores(state.statistics, c, more);
            addWatch(state.statistics, y.eventTime(), c, more);
        }
        PosteriorSummary summary = filter.summarise(state, y, info, scratch);
        if (ahead.length > 0) {
            addFuture(state, more, scratch);
        }
        return summary.withDerived(more.toArray(Quantity[]::new));
    }

    private void addScores(double[] from, int c, List<Quantity> to) {
        String name = model().channels().get(c);
        int at = c * WIDTH;
        to.add(new Quantity(name + ".expected", from[at + MEAN], from[at + SD], expectedQuantiles(from, at)));
        to.add(number(name + ".pit", from[at + PIT]));
        to.add(number(name + ".crps", from[at + CRPS]));
        to.add(number(name + ".drift", DriftDetector.evidence(from, at + DRIFT)));
    }

    private void addWatch(double[] from, long time, int c, List<Quantity> to) {
        String name = model().channels().get(c);
        int at = c * WIDTH + WATCH;
        if (levels.length > 1) {
            double nominal = levels[levels.length - 1] - levels[0];
            to.add(new Quantity(name + ".coverage", Watch.coverage(from, at), Watch.coverageError(nominal, from, at), number("", 0).quantiles()));
        }
        if (alarmAt < Double.POSITIVE_INFINITY) {
            to.add(number(name + ".alarm", Watch.isNow(from, at) ? 1 : 0));
            to.add(number(name + ".alarms", Watch.alarms(from, at)));
            to.add(number(name + ".alarm-time", Watch.alarmTime(time, from, at)));
        }
    }

    private double[] expectedQuantiles(double[] from, int at) {
        double[] out = new double[levels.length];
        Arrays.fill(out, Double.NaN);
        System.arraycopy(from, at + QUANTILES, out, 0, Math.min(levels.length, MOST_LEVELS));
        return out;
    }

    private Quantity number(String name, double value) {
        double[] none = new double[levels.length];
        Arrays.fill(none, Double.NaN);
        return new Quantity(name, value, Double.NaN, none);
    }

    private void addFuture(PosteriorState state, List<Quantity> to, Scratch scratch) {
        filter.draw(state, futures, scratch);
        int next = 0;
        for (int k = 1; k <= ahead[ahead.length - 1]; k++) {
            int iteration = FIRST_ITERATION - k;
            model().propagate(futures, unit, state.randomness(), state.step, iteration, scratch);
            if (k == ahead[next]) {
                next++;
                model().drawObservation(futures, unit, drawn, state.randomness(), state.step, iteration, scratch);
                for (int c = 0; c < channels; c++) {
                    future.of(drawn, c * futures.stride);
                    to.add(new Quantity(model().channels().get(c) + ".ahead[" + k + "]", future.mean(), future.sd(),
                            Arrays.stream(levels).map(future::quantile).toArray()));
                }
            }
        }
    }
}
