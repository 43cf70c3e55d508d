package io.driftwood.bench;

import io.driftwood.bench.FailingSensor.Fault;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.filter.Filters;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.filter.dynamics.StateSpaceModels;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import io.driftwood.inference.summary.SummaryOptions;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How soon a failing sensor is noticed, and how often a healthy one is accused: alarms of drift at an evidence of 10,000 records, against the rule that
 * more than three standard deviations from what the same exact filter expected is an alarm. {@link #SENSORS} sensors of each kind work for
 * {@link #HEALTHY} records and then fail; the first alarm within {@link #WATCHED} records of the failure counts.
 */
final class SensorsBench implements Bench {

    private static final int SENSORS = 200;
    private static final int HEALTHY = 300;
    private static final int WATCHED = 300;

    private final Scratch scratch = new Scratch();
    private final SequentialPosterior posterior = posterior();

    @Override
    public String name() { return "sensors"; }

    @Override
    public String help() {
        return "Failing sensors: records until the first alarm, and false alarms, by evidence of drift (limit 10,000) and by three standard deviations.";
    }

    private static SequentialPosterior posterior() {
        StateSpaceModel model = StateSpaceModels.build(Settings.of("type", "local-level", "response", "value", "noise-variance", 1.0,
                "level-variance", FailingSensor.LEVEL_VARIANCE, "initial", Settings.of("mean", 20.0, "variance", 4.0)));
        Settings sampler = Settings.of("particles", 8L, "seed", 1L, "resampler", Settings.of("type", "systematic"), "ess-threshold", 0.5,
                "conditional-ess", 0.8);
        return Filters.build(model, sampler, Settings.of("type", "kalman", "scores", true, "alarm", 1e4, "smoothing-lag", 0L), SummaryOptions.of("bench"));
    }

    @Override
    public List<Figure> run(PrintWriter talk) {
        List<Figure> figures = new ArrayList<>();
        Tally healthy = new Tally();
        for (Fault fault : Fault.values()) {
            talk.println("sensors: " + SENSORS + " with fault " + fault + " ...");
            talk.flush();
            Tally tally = new Tally();
            for (int s = 0; s < SENSORS; s++) {
                watch(new FailingSensor(1000L * fault.ordinal() + s, fault, HEALTHY), fault, tally, healthy);
            }
            if (fault != Fault.NONE) {
                report(fault.name().toLowerCase(Locale.ROOT), tally, figures);
            }
        }
        double each = 10_000.0 / healthy.records;
        figures.add(new Figure("false alarms by evidence", each * healthy.drift, "in 10,000", "3 sd", (double) healthy.far / healthy.drift));
        figures.add(Figure.alone("false alarms by 3 sd", each * healthy.far, "in 10,000"));
        figures.add(Figure.alone("healthy records", healthy.records, ""));
        return figures;
    }

    private static void report(String fault, Tally tally, List<Figure> figures) {
        double drift = (double) tally.driftDelay / tally.drift;
        double far = (double) tally.farDelay / tally.far;
        figures.add(new Figure(fault + ", delay by evidence", drift, "records", "3 sd", far / drift));
        if (tally.far > 0) {
            figures.add(Figure.alone(fault + ", delay by 3 sd", far, "records"));
        }
        figures.add(Figure.alone(fault + ", seen by evidence", 100.0 * tally.drift / SENSORS, "%"));
        figures.add(Figure.alone(fault + ", seen by 3 sd", 100.0 * tally.far / SENSORS, "%"));
    }

    private void watch(FailingSensor sensor, Fault fault, Tally failing, Tally healthy) {
        PosteriorState state = posterior.start("sensor");
        boolean drift = false;
        boolean far = false;
        for (int t = 0; t < HEALTHY + WATCHED && !(drift && far); t++) {
            Observation y = new Observation("sensor", t, new double[] {sensor.read()}, "bench", t);
            StepInfo info = posterior.step(state, y, scratch);
            boolean alarm = !info.alarms.isEmpty();
            boolean outside = isFar(posterior.summarise(state, y, info, scratch), y.values()[0]);
            if (t < HEALTHY || fault == Fault.NONE) {
                healthy.records++;
                healthy.drift += alarm ? 1 : 0;
                healthy.far += outside ? 1 : 0;
            } else {
                int delay = t - HEALTHY + 1;
                failing.driftDelay += alarm && !drift ? delay : 0;
                failing.farDelay += outside && !far ? delay : 0;
                failing.drift += alarm && !drift ? 1 : 0;
                failing.far += outside && !far ? 1 : 0;
                drift |= alarm;
                far |= outside;
            }
        }
    }

    private static boolean isFar(PosteriorSummary summary, double y) {
        Quantity expected = Arrays.stream(summary.derived()).filter(q -> q.name().equals("value.expected")).findFirst().orElseThrow();
        return Math.abs(y - expected.mean()) > 3 * expected.sd();
    }

    /** Alarms of each rule, and the sum of their delays. */
    private static final class Tally {

        private long records;
        private long drift;
        private long far;
        private long driftDelay;
        private long farDelay;
    }
}
