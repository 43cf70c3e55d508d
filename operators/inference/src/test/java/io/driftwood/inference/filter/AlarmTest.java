package io.driftwood.inference.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.assimilate.Alarm;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.particle.SystematicResampler;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sensors that fail, and how soon that is seen, against the rule that three standard deviations from what was expected are an alarm. Seeds are fixed. */
class AlarmTest {

    private static final double[] LEVELS = {0.05, 0.5, 0.95};
    private static final double LIMIT = 10_000;
    private static final double WANDERING = 0.05;
    private static final StateSpaceModel MODEL = Run.model("local-level", "response", "y", "noise-variance", 1.0, "level-variance", WANDERING,
            "initial", Map.of("mean", 0.0, "variance", 1.0));
    private static final int HEALTHY = 300;
    private static final int STREAMS = 25;
    private static final int LONGEST = 1000;

    private static Run run(int seed) {
        Filter inner = Filters.CATALOGUE.build(Settings.of("type", "kalman")).with(MODEL, Run.setup(MODEL, 8, new SystematicResampler()));
        return new Run(new Scored(inner, LEVELS, new int[0], LIMIT), seed);
    }

    private static double derived(PosteriorSummary summary, String name) { return quantity(summary, name).mean(); }

    private static Quantity quantity(PosteriorSummary summary, String name) {
        return Arrays.stream(summary.derived()).filter(q -> q.name().equals(name)).findFirst().orElseThrow();
    }

    /** A sensor of a level that wanders as the model says, with noise of variance 1, until it fails. */
    private static final class Sensor {

        private final Random random;
        private final String fault;
        private double level;
        private double stuck;
        private int failing;

        Sensor(long seed, String fault) {
            random = new Random(seed);
            this.fault = fault;
            level = random.nextGaussian();
        }

        double read(boolean fails) {
            level += Math.sqrt(WANDERING) * random.nextGaussian();
            failing += fails ? 1 : 0;
            double healthy = level + random.nextGaussian();
            if (!fails) {
                stuck = healthy;
                return healthy;
            }
            return switch (fault) {
                case "stuck" -> stuck;
                case "jump" -> healthy + 8;
                case "drift" -> healthy + 0.3 * failing;
                case "noise" -> level + 3 * (healthy - level);
                default -> healthy;
            };
        }
    }

    private static boolean isFar(PosteriorSummary summary, double y) {
        Quantity expected = quantity(summary, "y.expected");
        return Math.abs(y - expected.mean()) > 3 * expected.sd();
    }

    /**
     * Records from the failure to the first alarm within 1,000, on average over the sensors of 25 of which it is seen. What is asked is twice what was
     * measured. A jump is seen at once or not at all: the filter follows to the new level within a few records.
     */
    @ParameterizedTest
    @CsvSource({"stuck,45,0", "jump,15,3", "drift,45,0", "noise,25,0"})
    void failure_isSeenSoon(String fault, double atMost, int unseen) {
        double delay = 0;
        double plain = 0;
        int seen = 0;
        int plainSeen = 0;
        for (int stream = 0; stream < STREAMS; stream++) {
            Run run = run(stream);
            Sensor sensor = new Sensor(stream, fault);
            for (int t = 0; t < HEALTHY; t++) {
                run.feed(sensor.read(false));
            }
            int alarm = 0;
            int far = 0;
            for (int t = 1; t <= LONGEST && (alarm == 0 || far == 0); t++) {
                double y = sensor.read(true);
                PosteriorSummary summary = run.feed(y).summary();
                alarm = alarm == 0 && derived(summary, "y.alarm") == 1 ? t : alarm;
                far = far == 0 && isFar(summary, y) ? t : far;
            }
            delay += alarm;
            plain += far;
            seen += alarm > 0 ? 1 : 0;
            plainSeen += far > 0 ? 1 : 0;
        }
        assertThat(seen).isGreaterThanOrEqualTo(STREAMS - unseen);
        assertThat(delay / seen).isLessThan(atMost);
        assertThat(plainSeen).as("what is stuck is never far from what was expected").isEqualTo(fault.equals("stuck") ? 0 : STREAMS);
    }

    /**
     * 60,000 records of sensors that work: at most 6 alarms are expected at 10,000 records each; more than 25 has probability below 1e-8 by Poisson. The plain
     * rule gives some 60,000 * 0.0027 = 160.
     */
    @Test
    void falseAlarms_areRarerThanThoseOfThePlainRule() {
        double alarms = 0;
        int far = 0;
        double covered = 0;
        double mean = 0;
        double spread = 0;
        for (int stream = 0; stream < 20; stream++) {
            Run run = run(stream);
            Sensor sensor = new Sensor(1000 + stream, "none");
            PosteriorSummary summary = null;
            for (int t = 0; t < 3000; t++) {
                double y = sensor.read(false);
                summary = run.feed(y).summary();
                far += isFar(summary, y) ? 1 : 0;
            }
            alarms += derived(summary, "y.alarms");
            covered += derived(summary, "y.coverage") / 20;
            mean += derived(summary, "y.pit-mean") / 20;
            spread += derived(summary, "y.pit-spread") / 20;
            assertThat(quantity(summary, "y.pit-mean").sd()).isCloseTo(1 / Math.sqrt(12 * 3000), within(1e-12));
            assertThat(quantity(summary, "y.coverage").sd()).isCloseTo(Math.sqrt(0.09 / 3000), within(1e-12));
        }
        assertThat(alarms).isLessThanOrEqualTo(25);
        assertThat(far).isGreaterThan(80);
        assertThat(covered).as("60,000 records; 6 standard errors").isCloseTo(0.9, within(6 * Math.sqrt(0.09 / 60_000)));
        assertThat(mean).isCloseTo(0.5, within(6 / Math.sqrt(12 * 60_000)));
        assertThat(spread).as("and the bias of a root, below 1/3000").isCloseTo(1, within(6 / Math.sqrt(5 * 60_000) + 1e-3));
    }

    /** The time of an alarm is that of its record, whenever it is asked for; the evidence starts again. */
    @Test
    void alarm_isTimed() {
        Run run = run(3);
        Sensor sensor = new Sensor(3, "jump");
        long time = 0;
        PosteriorSummary summary = run.feedAt(time, sensor.read(false)).summary();
        assertThat(derived(summary, "y.alarm-time")).isNaN();
        double at = -1;
        for (int t = 1; t < 200 && at < 0; t++) {
            time += 1000;
            summary = run.feedAt(time, sensor.read(t > 50)).summary();
            at = derived(summary, "y.alarm") == 1 ? time : -1;
        }
        assertThat(at).isGreaterThan(50_000);
        Alarm alarm = run.info.alarms.get(0);
        assertThat(alarm.kind()).isEqualTo("drift");
        assertThat(alarm.channel()).isEqualTo("y");
        assertThat(alarm.statistic()).isGreaterThanOrEqualTo(alarm.bound());
        assertThat(alarm.bound()).isEqualTo(LIMIT);
        assertThat(alarm.message()).startsWith("y comes out ").contains("once in 1.00e+04 measurements");
        assertThat(derived(summary, "y.alarm-time")).isEqualTo(at);
        assertThat(derived(summary, "y.drift")).isZero();
        PosteriorSummary next = run.feedAt(time + 1000, Double.NaN).summary();
        assertThat(run.info.alarms).isEmpty();
        assertThat(derived(next, "y.alarm")).isZero();
        assertThat(derived(next, "y.alarms")).isOne();
        assertThat(derived(next, "y.alarm-time")).isEqualTo(at);
    }

    /** Numbers of a key that an earlier job left as not a number count as nothing seen. */
    @Test
    void savedKey_countsFromItsNextRecord() {
        Run run = run(1).feedAll(new double[] {0.1, 0.2});
        int from = 4 + 10;
        Arrays.fill(run.state.statistics, from, from + Watch.LENGTH, Double.NaN);
        assertThat(derived(run.summary(), "y.coverage")).isNaN();
        PosteriorSummary next = run.feed(0.2).summary();
        assertThat(derived(next, "y.coverage")).isBetween(0.0, 1.0);
        assertThat(derived(next, "y.alarms")).isZero();
    }
}
