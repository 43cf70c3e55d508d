package io.driftwood.inference.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.assimilate.Answer;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.Question;
import io.driftwood.inference.assimilate.SamplerOptions;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.catalogue.Checker;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.Quantity;
import io.driftwood.inference.summary.SummaryOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions to a state that moves. Seeds are fixed. */
class ForecasterTest {

    private static final double NOISE = 1.5;
    private static final double DRIFT = 0.3;
    private static final StateSpaceModel LEVEL = Run.model("local-level", "response", "y", "noise-variance", NOISE, "level-variance", DRIFT,
            "initial", Map.of("mean", 2.0, "variance", 4.0));
    private static final double[] SERIES = {1.1, 2.3, 1.7, 3.9};

    private final Scratch scratch = new Scratch();

    private static SequentialPosterior posterior(Object... filter) {
        Settings sampler = Checker.check(new Shape.Struct(SamplerOptions.OPTIONS), Map.of("particles", 256L)).orThrow();
        return Filters.build(LEVEL, sampler, Settings.of(filter), SummaryOptions.of("test"));
    }

    private static Question ask(double horizon, long time) { return new Question("key", time, "q", new double[] {horizon}, "questions", 1); }

    private PosteriorState fed(SequentialPosterior posterior) {
        PosteriorState state = posterior.start("key");
        for (int t = 0; t < SERIES.length; t++) {
            posterior.step(state, observation(t), scratch);
        }
        return state;
    }

    private static Observation observation(int t) { return new Observation("key", 1000L * (t + 1), new double[] {SERIES[t]}, "series", t); }

    /** The filtered mean and variance, by hand. */
    private static double[] filtered() {
        double m = 2;
        double p = 4;
        for (int t = 0; t < SERIES.length; t++) {
            p += t == 0 ? 0 : DRIFT;
            double gain = p / (p + NOISE);
            m += gain * (SERIES[t] - m);
            p *= 1 - gain;
        }
        return new double[] {m, p};
    }

    @Test
    void theExactFilter_foreseesInClosedForm() {
        SequentialPosterior posterior = posterior("type", "kalman");
        assertThat(posterior.asks()).containsExactly("horizon");
        PosteriorState state = fed(posterior);
        for (int k : new int[] {1, 2, 7}) {
            Answer answer = posterior.answer(state, ask(k, 4000), scratch);
            assertThat(answer.seq()).isEqualTo(4);
            Quantity y = answer.quantities()[0];
            assertThat(y.name()).isEqualTo("y");
            assertThat(y.mean()).isCloseTo(filtered()[0], within(1e-12));
            assertThat(y.sd() * y.sd()).isCloseTo(filtered()[1] + k * DRIFT + NOISE, within(1e-12));
            assertThat(y.quantiles()[1]).as("the median").isCloseTo(filtered()[0], within(1e-9));
        }
    }

    @Test
    void timeThatIsMeasured_countsFromTheQuestion() {
        SequentialPosterior posterior = posterior("type", "kalman", "time-unit", Duration.ofSeconds(1));
        PosteriorState state = fed(posterior);
        Quantity y = posterior.answer(state, ask(2, 6500), scratch).quantities()[0];
        assertThat(y.sd() * y.sd()).as("2.5 units have passed since the last record").isCloseTo(filtered()[1] + 4.5 * DRIFT + NOISE, within(1e-12));
        assertThat(posterior.answer(state, ask(2, 3999), scratch).refusal()).contains("does not go back");
    }

    @Test
    void aKeyThatHasNotBeenSeen_isForeseenFromWhereItStarts() {
        SequentialPosterior posterior = posterior("type", "kalman");
        PosteriorState state = posterior.start("key");
        for (int k : new int[] {1, 3}) {
            Answer answer = posterior.answer(state, ask(k, 4000), scratch);
            assertThat(answer.seq()).isZero();
            assertThat(answer.quantities()[0].mean()).isCloseTo(2, within(1e-12));
            assertThat(answer.quantities()[0].sd()).isCloseTo(Math.sqrt(4 + (k - 1) * DRIFT + NOISE), within(1e-12));
        }
    }

    /** The same numbers, and the states of one who was asked and one who was not stay the same to the bit. */
    @ParameterizedTest
    @ValueSource(strings = {"bootstrap", "guided", "auxiliary", "kalman", "resample-move"})
    void anAnswer_isWhatASummaryForesees_andAskingChangesNothing(String filter) {
        SequentialPosterior posterior = posterior("type", filter, "ahead", List.of(1L, 5L), "lag", 1L, "moves", 2L);
        PosteriorState asked = posterior.start("key");
        PosteriorState silent = posterior.start("key");
        for (int t = 0; t < SERIES.length; t++) {
            assertThat(posterior.answer(asked, ask(2, 0), scratch).isRefused()).isFalse();
            StepInfo info = posterior.step(asked, observation(t), scratch);
            Quantity ahead = Arrays.stream(posterior.summarise(asked, observation(t), info, scratch).derived())
                    .filter(q -> q.name().equals("y.ahead[5]")).findFirst().orElseThrow();
            Quantity answered = posterior.answer(asked, ask(5, 0), scratch).quantities()[0];
            assertThat(answered.mean()).isEqualTo(ahead.mean());
            assertThat(answered.sd()).isEqualTo(ahead.sd());
            assertThat(answered.quantiles()).isEqualTo(ahead.quantiles());
            posterior.step(silent, observation(t), scratch);
        }
        assertThat(asked.statistics).isEqualTo(silent.statistics);
        assertThat(asked.logEvidence).isEqualTo(silent.logEvidence);
        assertThat(asked.step).isEqualTo(silent.step);
        if (silent.particles != null) {
            assertThat(asked.particles.values).isEqualTo(silent.particles.values);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1.5, 10_001, Double.POSITIVE_INFINITY, Double.NaN})
    void aHorizonThatIsNone_isRefused(double horizon) {
        SequentialPosterior posterior = posterior("type", "kalman");
        Answer answer = posterior.answer(fed(posterior), ask(horizon, 4000), scratch);
        assertThat(answer.refusal()).startsWith("the horizon must be a whole number from 1 to 10000");
        assertThat(answer.quantities()).isEmpty();
    }

    @Test
    void aBiasedFilter_saysSo() {
        SequentialPosterior posterior = posterior("type", "ensemble-kalman");
        assertThat(posterior.answer(fed(posterior), ask(1, 4000), scratch).bias()).contains("ensemble Kalman");
    }
}
