package io.driftwood.flink;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.StepInfo;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * Metrics of one operator instance in the group {@code posterior}: aggregates over its keys, never one per key. Counters count since the
 * instance was started; the {@link Books} count since the job's beginning.
 *
 * <p>Flink's histograms take whole numbers: fractions are given per mille.
 */
final class PosteriorMetrics {

    /** Steps that a histogram looks back on. */
    private static final int WINDOW = 1024;

    private final Counter assimilated;
    private final Counter late;
    private final Counter lateAssimilated;
    private final Counter rejected;
    private final Counter missing;
    private final Counter resamplings;
    private final Counter rejectedNonFinite;
    private final Counter forgotten;
    private final Counter alarms;
    private final Counter foreseen;
    private final Counter covered;
    private final Histogram essPerMille = new DescriptiveStatisticsHistogram(WINDOW);
    private final Histogram acceptancePerMille = new DescriptiveStatisticsHistogram(WINDOW);
    private final Histogram stepNanos = new DescriptiveStatisticsHistogram(WINDOW);
    private final Histogram pitPerMille = new DescriptiveStatisticsHistogram(WINDOW);
    private final Histogram ancestors = new DescriptiveStatisticsHistogram(WINDOW);

    /** @param waiting observations that wait for the watermark */
    PosteriorMetrics(MetricGroup operator, LongSupplier waiting) {
        MetricGroup group = operator.addGroup("posterior");
        assimilated = group.counter("assimilated");
        late = group.counter("late");
        lateAssimilated = group.counter("lateAssimilated");
        rejected = group.counter("rejected");
        missing = group.counter("missing");
        resamplings = group.counter("resamplings");
        rejectedNonFinite = group.counter("rejectedNonFinite");
        forgotten = group.counter("keysForgotten");
        alarms = group.counter("alarms");
        foreseen = group.counter("foreseen");
        covered = group.counter("foreseenCovered");
        group.histogram("essPerMille", essPerMille);
        group.histogram("acceptancePerMille", acceptancePerMille);
        group.histogram("stepNanos", stepNanos);
        group.histogram("pitPerMille", pitPerMille);
        group.histogram("ancestors", ancestors);
        group.gauge("waiting", (Gauge<Long>) waiting::getAsLong);
    }

    void stepped(PosteriorState state, StepInfo info, long nanos) {
        stepNanos.update(nanos);
        if (info.rejection != null) {
            rejected.inc();
            return;
        }
        assimilated.inc();
        if (info.missing) {
            missing.inc();
        }
        if (info.resampled) {
            resamplings.inc();
        }
        if (info.foreseen > 0) {
            foreseen.inc(info.foreseen);
            covered.inc(info.covered);
            pitPerMille.update(Math.round(1000 * info.pitSum / info.foreseen));
        }
        if (info.ancestors > 0) {
            ancestors.update(info.ancestors);
        }
        if (state.weights != null && info.ess == info.ess) {
            essPerMille.update(Math.round(1000 * info.ess / state.weights.size));
        }
        if (info.moves.moves > 0) {
            acceptancePerMille.update(Math.round(1000 * info.moves.acceptance()));
        }
        rejectedNonFinite.inc(info.moves.rejectedNonFinite);
    }

    void rejectedUnseen() { rejected.inc(); }

    void late() { late.inc(); }

    void lateAssimilated() { lateAssimilated.inc(); }

    void forgotten() { forgotten.inc(); }

    void alarm() { alarms.inc(); }
}
