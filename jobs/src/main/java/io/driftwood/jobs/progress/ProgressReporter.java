package io.driftwood.jobs.progress;

import io.driftwood.connectors.TriageOperator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.Scheduled;

/**
 * Shows how far a job in this process has got, from Flink's own metrics: a reader that the stream never waits for. On a terminal
 * a bar, elsewhere a line every 30 s.
 */
public final class ProgressReporter implements MetricReporter, Scheduled {

    private static final String ESS = "essPerMille";
    private static final String ACCEPTANCE = "acceptancePerMille";
    private static final String WAITING = "waiting";
    private static final Set<String> WANTED = Set.of(
            TriageOperator.RECORDS_IN, TriageOperator.DEAD_LETTERS, "late", "rejected", WAITING, ESS, ACCEPTANCE);

    private final Map<String, List<Metric>> metrics = new ConcurrentHashMap<>();
    private final Map<String, Long> highest = new ConcurrentHashMap<>();
    private Display display;

    @Override
    public void open(MetricConfig config) {
        display = Display.of(config);
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        if (WANTED.contains(name)) {
            metrics.computeIfAbsent(name, absent -> new CopyOnWriteArrayList<>()).add(metric);
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        if (WANTED.contains(name)) {
            metrics.getOrDefault(name, List.of()).remove(metric);
        }
    }

    @Override
    public void report() {
        display.show(snapshot());
    }

    Snapshot snapshot() {
        return new Snapshot(sum(TriageOperator.RECORDS_IN), waiting(), sum("late"), sum(TriageOperator.DEAD_LETTERS) + sum("rejected"),
                histograms(ESS, h -> h.getStatistics().getMin()), histograms(ACCEPTANCE, h -> h.getStatistics().getMean()));
    }

    @Override
    public void close() {
        display.close();
    }

    /** Never less than before: an operator that has ended takes its metrics away, and a restarted one brings its counts back. */
    private long sum(String name) {
        long now = metrics.getOrDefault(name, List.of()).stream().mapToLong(m -> m instanceof Counter counter ? counter.getCount() : 0).sum();
        return highest.merge(name, now, Math::max);
    }

    private long waiting() {
        return metrics.getOrDefault(WAITING, List.of()).stream()
                .mapToLong(m -> m instanceof Gauge<?> gauge && gauge.getValue() instanceof Long held ? held : 0).sum();
    }

    /** The smallest over the operator's instances; per mille become shares. */
    private double histograms(String name, ToDoubleFunction<Histogram> statistic) {
        return metrics.getOrDefault(name, List.of()).stream()
                .map(Histogram.class::cast).filter(histogram -> histogram.getCount() > 0)
                .mapToDouble(statistic).min().orElse(Double.NaN) / 1000;
    }
}
