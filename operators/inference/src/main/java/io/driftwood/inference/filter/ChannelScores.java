package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.Alarm;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.summary.Quantity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What was expected of one channel at the last record, and how well such expectations have come true so far. In a key's statistics:
 * <pre>   pit | crps | mean | sd | 10 quantiles | {@link Watch} | {@link DriftDetector}   </pre>
 */
final class ChannelScores {

    private static final int PIT = 0;
    private static final int CRPS = 1;
    private static final int MEAN = 2;
    private static final int SD = 3;
    private static final int QUANTILES = 4;
    /** Levels beyond this many have no quantile of what was expected: the layout must not depend on a configuration. */
    private static final int MOST_LEVELS = 10;
    private static final int WATCH = QUANTILES + MOST_LEVELS;
    private static final int DRIFT = WATCH + Watch.LENGTH;
    /** Numbers of a channel. */
    static final int WIDTH = DRIFT + DriftDetector.LENGTH;

    /** What these alarms are of. */
    private static final String KIND = "drift";

    private final String name;
    private final int channel;
    private final int at;
    private final double[] levels;
    private final double alarmAt;

    ChannelScores(String name, int channel, double[] levels, double alarmAt) {
        this.name = name;
        this.channel = channel;
        this.at = channel * WIDTH;
        this.levels = levels;
        this.alarmAt = alarmAt;
    }

    /** Nothing is known of the next record yet; the last alarm is given the time of its record. */
    void clear(PosteriorState state) {
        Arrays.fill(state.statistics, at, at + WATCH, Double.NaN);
        Watch.settle(state.clock, state.statistics, at + WATCH);
    }

    /** @param iteration of the uniform that decides within an atom, less the channel */
    void take(Expected law, double y, PosteriorState state, int iteration, StepInfo info) {
        double[] to = state.statistics;
        double pit = law.probabilityTransform(y, state.randomness().uniform(state.step, Purpose.SUMMARY, iteration - channel));
        to[at + PIT] = pit;
        to[at + CRPS] = law.rankedScore(y);
        to[at + MEAN] = law.mean();
        to[at + SD] = law.sd();
        for (int q = 0; q < Math.min(levels.length, MOST_LEVELS); q++) {
            to[at + QUANTILES + q] = law.quantile(levels[q]);
        }
        watch(pit, to, info);
    }

    private void watch(double pit, double[] to, StepInfo info) {
        DriftDetector.observe(pit, to, at + DRIFT);
        double evidence = DriftDetector.evidence(to, at + DRIFT);
        boolean covered = levels.length > 1 && pit >= levels[0] && pit <= levels[levels.length - 1];
        info.foreseen++;
        info.covered += covered ? 1 : 0;
        info.pitSum += pit;
        if (Watch.observe(pit, covered, evidence, alarmAt, to, at + WATCH)) {
            info.alarms.add(alarm(evidence, to));
            Arrays.fill(to, at + DRIFT, at + WIDTH, 0.0);
        }
    }

    private Alarm alarm(double evidence, double[] from) {
        return new Alarm(KIND, name, Observation.NO_TIME, evidence, alarmAt, String.format(Locale.ROOT,
                "%s comes out %s: evidence %.3g, which while the filter is right is reached no more often than once in %.3g measurements",
                name, DriftDetector.strongest(from, at + DRIFT), evidence, alarmAt));
    }

    void report(double[] from, List<Quantity> to) {
        to.add(new Quantity(name + ".expected", from[at + MEAN], from[at + SD], expectedQuantiles(from)));
        to.add(number("pit", from[at + PIT]));
        to.add(number("crps", from[at + CRPS]));
        to.add(number("drift", DriftDetector.evidence(from, at + DRIFT)));
    }

    /** @param time of the last record */
    void reportWatch(double[] from, long time, List<Quantity> to) {
        int watch = at + WATCH;
        if (levels.length > 1) {
            double nominal = levels[levels.length - 1] - levels[0];
            to.add(Numbers.of(name + ".coverage", Watch.coverage(from, watch), Watch.coverageError(nominal, from, watch), levels.length));
        }
        to.add(Numbers.of(name + ".pit-mean", Watch.pitMean(from, watch), Watch.pitMeanError(from, watch), levels.length));
        to.add(Numbers.of(name + ".pit-spread", Watch.pitSpread(from, watch), Watch.pitSpreadError(from, watch), levels.length));
        if (alarmAt < Double.POSITIVE_INFINITY) {
            to.add(number("alarm", Watch.isNow(from, watch) ? 1 : 0));
            to.add(number("alarms", Watch.alarms(from, watch)));
            to.add(number("alarm-time", Watch.alarmTime(time, from, watch)));
        }
    }

    private double[] expectedQuantiles(double[] from) {
        double[] out = new double[levels.length];
        Arrays.fill(out, Double.NaN);
        System.arraycopy(from, at + QUANTILES, out, 0, Math.min(levels.length, MOST_LEVELS));
        return out;
    }

    private Quantity number(String what, double value) { return Numbers.of(name + "." + what, value, levels.length); }
}
