package io.driftwood.inference.denoise.stream;

import static io.driftwood.inference.denoise.stream.OneKey.NONE;
import static io.driftwood.inference.denoise.stream.OneKey.mean;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.assimilate.Answer;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.Question;
import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import io.driftwood.inference.summary.SummaryOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DenoisingPosteriorTest {

    static final Map<String, ?> TWO_MODES = Map.of("type", "gaussian-mixture", "means", List.of(List.of(-3.0), List.of(3.0)), "weights", List.of(0.2, 0.8), "sd", 1.0);
    private static final Map<String, ?> PLANE = Map.of("type", "gaussian-mixture", "means", List.of(List.of(-1.0, 0.5), List.of(2.0, -1.0)),
            "covariances", List.of(List.of(List.of(1.0, 0.6), List.of(0.6, 2.0)), List.of(List.of(0.5, -0.2), List.of(-0.2, 1.0))));

    /** Prior N(-3, 1)/5 + 4 N(3, 1)/5 and sigma = 3; twelve numbers from an independent implementation with 50 digits. */
    @Test
    void threeMeasurements_giveTheNumbersByHand() {
        OneKey stream = OneKey.of("measurements", List.of("y"), "prior", TWO_MODES, "noise", 3.0);
        double[] y = {4.1, -2.3, 0.4};
        double[][] expected = {
            {2.9970747568, 1.4970442025, 0.9790879179, -2.3327407943},
            {2.1977828948, 2.7052230965, 0.9143631823, -5.8077399798},
            {2.0876226376, 2.1861822455, 0.9231754010, -8.1289602834},
        };
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            PosteriorSummary summary = stream.next(y[i]);
            sum += summary.logEvidenceIncrement();
            double sd = summary.parameters()[0].sd();
            assertThat(new double[] {mean(summary, "x[1]"), sd * sd, mean(summary, "mode[2]"), summary.logEvidence()}).containsExactly(expected[i], within(1e-10));
            assertThat(sum).isCloseTo(expected[i][3], within(1e-10));
            assertThat(mean(summary, "effective-noise[1]")).isCloseTo(3 / Math.sqrt(i + 1), within(1e-12));
            assertThat(summary.evidenceKind()).isEqualTo("exact");
            assertThat(summary.seq()).isEqualTo(i + 1);
        }
    }

    /** Quantiles are where the distribution function, computed another way, is the level. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 10})
    void quantiles_areExact(double y) {
        OneKey stream = OneKey.of("measurements", List.of("y"), "prior", TWO_MODES, "noise", 3.0);
        Quantity x = stream.next(y).parameters()[0];
        // by hand: components of variance 0.9 about 0.9 mu + y/10, weighed by N(y; mu, 10); the left one has 0.0006 after 10
        double[] weights = {0.2 * Math.exp(-(y + 3) * (y + 3) / 20), 0.8 * Math.exp(-(y - 3) * (y - 3) / 20)};
        double[] levels = {0.05, 0.5, 0.95};
        for (int q = 0; q < 3; q++) {
            double below = 0;
            for (int k = 0; k < 2; k++) {
                double centre = 0.9 * (k == 0 ? -3 : 3) + 0.1 * y;
                below += weights[k] / (weights[0] + weights[1]) * 0.5 * Erf.erfc(-(x.quantiles()[q] - centre) / Math.sqrt(1.8));
            }
            assertThat(below).isCloseTo(levels[q], within(1e-13));
        }
    }

    /** Of points the quantile is a point: the first with so much weight at or below it. */
    @Test
    void quantilesOfPoints_arePoints() {
        OneKey stream = OneKey.of("measurements", List.of("y"), "noise", 50.0,
                "prior", Map.of("type", "atoms", "atoms", List.of(List.of(2.0), List.of(-1.0), List.of(0.3)), "weights", List.of(0.3, 0.4, 0.3)));
        assertThat(stream.next(0).parameters()[0].quantiles()).containsExactly(-1, 0.3, 2);
    }

    @Test
    void quantiles_areNotComputedWhenNoLevelsAreAskedFor() {
        OneKey stream = OneKey.of(Map.of(), new SummaryOptions("job", new double[0], List.of(), 0, 0), "measurements", List.of("y"), "prior", TWO_MODES, "noise", 3.0);
        assertThat(stream.next(1).parameters()[0].quantiles()).isEmpty();
    }

    /** Taken up, taken back, and repeated right: the same as if it had always been right. The evidence is told at every step, and its increments add up. */
    @Test
    void aCorrectedMeasurement_countsAsCorrected() {
        Object[] options = {"measurements", List.of("a", "b"), "prior", PLANE, "noise", List.of("sa", "sb"), "retraction", "wrong"};
        OneKey corrected = OneKey.of(options);
        double sum = 0;
        double[][] records = {{1, 2, 0.5, 1, 0}, {30, -4, 0.7, 1, NONE}, {0, NONE, 2, 1, 0}, {30, -4, 0.7, 1, 1}, {3, -0.4, 0.7, 1, 0}};
        PosteriorSummary last = null;
        for (double[] record : records) {
            last = corrected.next(record);
            sum += last.logEvidenceIncrement();
            assertThat(sum).isCloseTo(last.logEvidence(), within(1e-9 * Math.abs(sum)));
        }
        OneKey right = OneKey.of(options);
        right.next(1, 2, 0.5, 1, 0);
        right.next(0, NONE, 2, 1, 0);
        PosteriorSummary expected = right.next(3, -0.4, 0.7, 1, 0);
        assertThat(last.logEvidence()).isCloseTo(expected.logEvidence(), within(1e-9));
        for (int j = 0; j < 2; j++) {
            assertThat(last.parameters()[j].mean()).isCloseTo(expected.parameters()[j].mean(), within(1e-12));
            assertThat(last.parameters()[j].sd()).isCloseTo(expected.parameters()[j].sd(), within(1e-12));
        }
        assertThat(last.seq()).isEqualTo(5);
    }

    @Test
    void takingBackWhatWasNeverTakenUp_isRefused() {
        OneKey stream = OneKey.of("measurements", List.of("y"), "prior", TWO_MODES, "noise", "s", "retraction", "wrong");
        assertThat(stream.refusal(1, 1, 1)).isEqualTo("it takes back a measurement that has not been taken up");
        stream.next(5, 1, 0);
        assertThat(stream.refusal(4, 1, 1)).as("another value").isNotNull();
        assertThat(stream.refusal(5, 0.5, 1)).as("a better measurement").isNotNull();
        stream.next(5.5, 1, 0);
        assertThat(stream.refusal(-90, 1, 1)).as("more scatter than there is").isNotNull();
        assertThat(stream.refusal(5, 1, 2)).contains("`wrong` is 2.0");
        stream.next(5, 1, 1);
        assertThat(stream.info.rejection).isNull();
    }

    @Test
    void shards_mergeIntoTheWhole() {
        Object[] options = {"measurements", List.of("a", "b"), "prior", PLANE, "noise", 0.8};
        OneKey one = OneKey.of(options);
        OneKey two = OneKey.of(options);
        OneKey whole = OneKey.of(options);
        double[][] records = {{1, 2}, {0.4, NONE}, {-1, 1}, {1.3, 0.2}, {2, 2}};
        PosteriorSummary expected = null;
        for (int i = 0; i < records.length; i++) {
            (i % 2 == 0 ? one : two).next(records[i]);
            expected = whole.next(records[i]);
        }
        one.denoising().merge(one.state, two.state, one.scratch);
        assertThat(one.state.logEvidence).isCloseTo(expected.logEvidence(), within(1e-12));
        assertThat(one.state.assimilated).isEqualTo(5);
        PosteriorSummary merged = one.next(NONE, NONE);
        assertThat(merged.missing()).isTrue();
        assertThat(merged.parameters()[1].mean()).isCloseTo(expected.parameters()[1].mean(), within(1e-13));
    }

    @Test
    void recordsThatAreNoMeasurements_areRefusedWithTheReason() {
        OneKey stream = OneKey.of("measurements", List.of("a", "b"), "prior", PLANE, "noise", "s");
        stream.next(1, 2, 0.5);
        assertThat(stream.refusal(1, 2)).contains("expected 3 values");
        assertThat(stream.refusal(1, Double.POSITIVE_INFINITY, 1)).contains("`b` is infinite");
        assertThat(stream.refusal(1, 2, -0.5)).isEqualTo("field `s`, the scale of the noise, is -0.5; it must be greater than 0, and its square a number");
        assertThat(stream.refusal(1, 2, 0)).contains("is 0.0");
        assertThat(stream.refusal(1, 2, 1e-200)).contains("1.0E-200");
        assertThat(stream.refusal(1, 2, NONE)).contains("`s`, the scale of the noise, is missing");
        assertThat(stream.refusal(1, 2, Double.POSITIVE_INFINITY)).contains("`s` is infinite");
        assertThat(stream.state.rejected).isEqualTo(7);
        assertThat(stream.state.assimilated).isEqualTo(1);
        stream.next(NONE, NONE, -1);
        assertThat(stream.info.rejection).as("noise of nothing does not matter").isNull();
        OneKey signs = OneKey.of("measurements", List.of("a", "b"), "noise", 0.4, "channel", "signs",
                "prior", Map.of("type", "patterns", "patterns", List.of(List.of(1.0, -1.0), List.of(1.0, 1.0))));
        assertThat(signs.refusal(1, 0.5)).contains("`b` is 0.5, and a sign is 1 or -1");
    }

    /** Weights e^(alpha x.y) / (2 cosh alpha)^2 by hand. */
    @Test
    void signs_areWeighedByBayesRule() {
        OneKey stream = OneKey.of("measurements", List.of("a", "b"), "noise", 0.4, "channel", "signs",
                "prior", Map.of("type", "patterns", "patterns", List.of(List.of(1.0, -1.0), List.of(1.0, 1.0)), "weights", List.of(1.0, 3.0)));
        double first = Math.exp(0.8) / 4;
        double second = 3.0 / 4;
        PosteriorSummary summary = stream.next(1, -1);
        assertThat(mean(summary, "mode[1]")).isCloseTo(first / (first + second), within(1e-14));
        assertThat(summary.logEvidence()).isCloseTo(Math.log((first + second) / Math.pow(2 * Math.cosh(0.4), 2)), within(1e-14));
        assertThat(mean(summary, "x[1]")).isEqualTo(1);
    }

    /** A normal prior, sigma 2 and half of the past left: precisions and the increments' sum by hand. */
    @Test
    void discount_fadesThePastAndScores() {
        OneKey stream = OneKey.of("measurements", List.of("y"), "noise", 2.0, "drift", Map.of("type", "discount", "factor", 0.5),
                "prior", Map.of("type", "gaussian", "mean", List.of(1.0), "sd", 3.0));
        stream.next(4);
        PosteriorSummary summary = stream.next(-1);
        double precision = 1.0 / 9 + 0.25 * (0.5 + 1);
        assertThat(mean(summary, "x[1]")).isCloseTo((1.0 / 9 + 0.25 * (0.5 * 4 - 1)) / precision, within(1e-13));
        assertThat(summary.evidenceKind()).isEqualTo("score");
        double before = (1.0 / 9 + 0.125 * 4) / (1.0 / 9 + 0.125);
        double variance = 1 / (1.0 / 9 + 0.125) + 4;
        double expected = -0.5 * Math.log(2 * Math.PI * 13) - 9.0 / 26 - 0.5 * Math.log(2 * Math.PI * variance) - (1 + before) * (1 + before) / (2 * variance);
        assertThat(summary.logEvidence()).isCloseTo(expected, within(1e-13));
    }

    /** Kalman's recursion by hand, with time between the records, and a record without a measurement that lets time pass. */
    @Test
    void randomWalk_followsTheClock() {
        OneKey stream = OneKey.of("measurements", List.of("y"), "noise", 2.0, "drift", Map.of("type", "random-walk", "variance", 0.5, "time-unit", "1 s"),
                "prior", Map.of("type", "gaussian", "mean", List.of(1.0), "sd", 3.0), "covariance", true);
        double m = 1;
        double v = 9;
        double logEvidence = 0;
        double[] y = {4, NONE, -1, 2};
        long[] time = {1000, 2500, 3000, 3000};
        for (int i = 0; i < y.length; i++) {
            PosteriorSummary summary = stream.at(time[i], y[i]);
            v += i == 0 ? 0 : 0.5 * (time[i] - time[i - 1]) / 1000;
            if (!Double.isNaN(y[i])) {
                logEvidence += -0.5 * Math.log(2 * Math.PI * (v + 4)) - (y[i] - m) * (y[i] - m) / (2 * (v + 4));
                m += v / (v + 4) * (y[i] - m);
                v = 4 * v / (v + 4);
            }
            assertThat(mean(summary, "x[1]")).isCloseTo(m, within(1e-13));
            assertThat(summary.parameters()[0].sd()).isCloseTo(Math.sqrt(v), within(1e-13));
            assertThat(mean(summary, "cov[1,1]")).isCloseTo(v, within(1e-13));
            assertThat(summary.logEvidence()).isCloseTo(logEvidence, within(1e-13));
        }
        stream.at(2000, 1.0);
        assertThat(stream.info.rejection).contains("does not go back");
    }

    /** A question is answered for its own time, changes nothing, and before any record from the prior. */
    @Test
    void questions_areAnsweredForTheirTime() {
        Object[] options = {"measurements", List.of("y"), "noise", 2.0, "prior", Map.of("type", "gaussian", "mean", List.of(1.0), "sd", 3.0)};
        OneKey walk = OneKey.of("measurements", options[1], "noise", 2.0, "prior", options[5], "drift", Map.of("type", "random-walk", "variance", 0.5, "time-unit", "1 s"));
        assertThat(ask(walk, 500).quantities()[0].sd()).isEqualTo(3);
        PosteriorSummary summary = walk.at(1000, 4);
        double[] memory = walk.state.statistics.clone();
        double sd = summary.parameters()[0].sd();
        assertThat(ask(walk, 4000).quantities()[0].sd()).isCloseTo(Math.sqrt(sd * sd + 1.5), within(1e-13));
        assertThat(ask(walk, 4000).quantities()[0].mean()).isEqualTo(mean(summary, "x[1]"));
        assertThat(walk.state.statistics).isEqualTo(memory);
        OneKey standing = OneKey.of(options);
        Quantity told = standing.at(1000, 4).parameters()[0];
        Answer answer = ask(standing, 90_000);
        assertThat(answer.seq()).isEqualTo(1);
        assertThat(answer.quantities()[0].quantiles()).isEqualTo(told.quantiles());
    }

    private static Answer ask(OneKey stream, long time) {
        return stream.posterior.answer(stream.state, new Question("key", time, "q", new double[0], "test", 0), stream.scratch);
    }

    /** Draws of 4000 particles come when they are due, and agree with the exact moments; false alarm below 1e-7 with this seed. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "unknown", "walk"})
    void samples_comeOnDemandAndAreOfThePosterior(String kind) {
        Map<String, ?> prior = kind.equals("walk") ? Map.of("type", "gaussian-mixture", "means", List.of(List.of(-1.0, 0.5), List.of(2.0, -1.0))) : PLANE;
        Object[] options = {"measurements", List.of("a", "b"), "prior", prior, "noise", 1.2};
        Object[] more = kind.equals("none") ? new Object[0]
                : kind.equals("unknown") ? new Object[] {"unknown-noise", Map.of("shape", 3.0, "rate", 2.0)} : new Object[] {"drift", Map.of("type", "random-walk", "variance", 0.1)};
        Object[] all = Arrays.copyOf(options, options.length + more.length);
        System.arraycopy(more, 0, all, options.length, more.length);
        OneKey stream = OneKey.of(Map.of("particles", 4000L), new SummaryOptions("job", new double[] {0.5}, List.of(), 2, 4000), all);
        assertThat(stream.next(1, 0).samples()).isNull();
        PosteriorSummary summary = stream.next(0, 0.4);
        PosteriorSummary.Samples samples = summary.samples();
        assertThat(samples.values().length).isEqualTo(summary.parameters().length);
        for (int k = 0; k < summary.parameters().length; k++) {
            Quantity exact = summary.parameters()[k];
            double mean = Arrays.stream(samples.values()[k]).average().orElseThrow();
            double square = Arrays.stream(samples.values()[k]).map(v -> (v - exact.mean()) * (v - exact.mean())).average().orElseThrow();
            assertThat(mean).as(exact.name()).isCloseTo(exact.mean(), within(6 * exact.sd() / Math.sqrt(4000)));
            // a fourth moment of 9 sd^4 is more than these have
            assertThat(square).as(exact.name()).isCloseTo(exact.sd() * exact.sd(), within(6 * Math.sqrt(8.0 / 4000) * exact.sd() * exact.sd()));
        }
    }

    /** A state that was saved and read again goes on with the same bits, also where the summary comes without its step. */
    @Test
    void aCopyOfTheState_goesOnWithTheSameBits() {
        Object[] options = {"measurements", List.of("a", "b"), "prior", PLANE, "noise", 0.8};
        OneKey original = OneKey.of(options);
        OneKey copy = OneKey.of(options);
        for (double[] record : new double[][] {{1, 2}, {0.4, NONE}, {NONE, NONE}, {-1, 1}}) {
            PosteriorSummary told = original.next(record);
            PosteriorState restored = copy.posterior.start("key");
            restored.statistics = original.state.statistics.clone();
            restored.logEvidence = original.state.logEvidence;
            restored.assimilated = original.state.assimilated;
            restored.step = original.state.step;
            PosteriorSummary again = copy.posterior.summarise(restored, new Observation("key", Observation.NO_TIME, record, "test", 0), original.info, copy.scratch);
            for (int j = 0; j < 2; j++) {
                assertThat(again.parameters()[j].mean()).isEqualTo(told.parameters()[j].mean());
                assertThat(again.parameters()[j].sd()).isEqualTo(told.parameters()[j].sd());
                assertThat(again.parameters()[j].quantiles()).isEqualTo(told.parameters()[j].quantiles());
            }
        }
    }

    @Test
    void whatDoesNotGoTogether_isSaidAllAtOnce() {
        assertThatThrownBy(() -> OneKey.of("measurements", List.of("a"), "prior", PLANE, "noise", List.of(1.0, 2.0, 3.0), "channel", "signs",
                "drift", Map.of("type", "random-walk", "variance", 1.0), "unknown-noise", Map.of("shape", 1.0, "rate", 1.0)))
                .isInstanceOfSatisfying(ConfigurationException.class, e -> assertThat(e.problems().stream().map(p -> p.path() + " " + p.message()))
                        .hasSizeGreaterThanOrEqualTo(6).anyMatch(p -> p.contains("measurements needs 2 fields")).anyMatch(p -> p.contains("noise needs one scale, or 2"))
                        .anyMatch(p -> p.contains("prior must be patterns")).anyMatch(p -> p.contains("without correlations")));
        assertThatThrownBy(() -> OneKey.of("measurements", List.of("a", "a"), "prior", PLANE, "noise", 1.0)).hasMessageContaining("named twice");
    }

    @Test
    void steps_allocateNothing() {
        OneKey stream = OneKey.of("measurements", List.of("a", "b"), "prior", PLANE, "noise", "s");
        Observation record = new Observation("key", Observation.NO_TIME, new double[] {1, 2, 0.5}, "test", 0);
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        // vector code allocates until the compiler has come to it, late on a busy machine
        long end = System.nanoTime() + 60_000_000_000L;
        while (least > 0 && System.nanoTime() < end) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 500; i++) {
                stream.posterior.step(stream.state, record, stream.scratch);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
    }
}
