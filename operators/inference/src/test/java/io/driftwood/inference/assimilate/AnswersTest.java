package io.driftwood.inference.assimilate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.catalogue.Checker;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.NormalKnownVariance;
import io.driftwood.inference.model.Oring;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.Prediction;
import io.driftwood.inference.summary.Quantity;
import io.driftwood.inference.summary.SummaryOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Questions to parameters that stand still. Seeds are fixed. */
class AnswersTest {

    private static final double[][] LAUNCHES = {{0, 66}, {1, 70}, {0, 69}, {0, 68}, {1, 57}, {1, 53}, {0, 76}};

    private final Scratch scratch = new Scratch();

    private static SequentialPosterior posterior(Model model, Prediction... predictions) {
        Settings sampler = Checker.check(new Shape.Struct(SamplerOptions.OPTIONS), Map.of("particles", 512L)).orThrow();
        return Posteriors.build(model, sampler, Optional.empty(),
                new SummaryOptions("test", new double[] {0.05, 0.5, 0.95}, List.of(predictions), 0, 0));
    }

    private static Observation launch(int n) { return new Observation("fleet", n, LAUNCHES[n], "launches", n); }

    private static Question ask(double... values) { return new Question("fleet", 100, "q", values, "questions", 1); }

    private static void assertSame(Quantity answer, Quantity summary) {
        assertThat(answer.mean()).isEqualTo(summary.mean());
        assertThat(answer.sd()).isEqualTo(summary.sd());
        assertThat(answer.quantiles()).isEqualTo(summary.quantiles());
    }

    @Test
    void aResponse_isWhatASummaryPredicts_andAskingChangesNothing() {
        SequentialPosterior posterior = posterior(Oring.proper("failure", "temp"), new Prediction("cold", new double[] {Double.NaN, 31}));
        assertThat(posterior.asks()).containsExactly("temp");
        PosteriorState asked = posterior.start("fleet");
        PosteriorState silent = posterior.start("fleet");
        for (int n = 0; n < LAUNCHES.length; n++) {
            Answer answer = posterior.answer(asked, ask(31), scratch);
            assertThat(answer.isRefused()).isFalse();
            assertThat(answer.seq()).isEqualTo(n);
            StepInfo info = posterior.step(asked, launch(n), scratch);
            Answer after = posterior.answer(asked, ask(31), scratch);
            assertThat(after.quantities()).singleElement().satisfies(q -> assertThat(q.name()).isEqualTo("failure"));
            assertSame(after.quantities()[0], posterior.summarise(asked, launch(n), info, scratch).derived()[0]);
            posterior.step(silent, launch(n), scratch);
        }
        assertThat(asked.particles.values).isEqualTo(silent.particles.values);
        assertThat(asked.weights.log).isEqualTo(silent.weights.log);
        assertThat(asked.step).isEqualTo(silent.step);
    }

    /** 512 exact draws: the mean has a standard error of sd/sqrt(512); six of them. */
    @Test
    void anExactPosterior_answersFromItsOwnDraws_alsoBeforeTheFirstRecord() {
        SequentialPosterior posterior = posterior(new NormalKnownVariance("y", 1, 3, 2));
        assertThat(posterior.asks()).isEmpty();
        PosteriorState state = posterior.start("fleet");
        Answer prior = posterior.answer(state, ask(), scratch);
        assertThat(prior.seq()).isZero();
        assertThat(prior.quantities()[0].mean()).isCloseTo(3, within(6 * 2 / Math.sqrt(512)));
        assertThat(prior.quantities()[0].sd()).isCloseTo(2, within(6 * 2 / Math.sqrt(1024)));
        posterior.step(state, new Observation("fleet", 1, new double[] {5}, "f", 1), scratch);
        Answer one = posterior.answer(state, ask(), scratch);
        assertThat(one.quantities()[0].mean()).isCloseTo((3.0 / 4 + 5) / 1.25, within(6 * Math.sqrt(0.8 / 512)));
        assertThat(state.statistics).containsExactly((3.0 / 4 + 5) / 1.25, 1.25);
    }

    @Test
    void aCovariateThatIsMissingOrInfinite_isRefused() {
        SequentialPosterior posterior = posterior(Oring.proper("failure", "temp"));
        PosteriorState state = posterior.start("fleet");
        assertThat(posterior.answer(state, ask(Double.NaN), scratch).refusal()).contains("temp is missing");
        assertThat(posterior.answer(state, ask(Double.POSITIVE_INFINITY), scratch).refusal()).contains("temp is not finite");
    }

    @Test
    void anImproperPrior_isNoAnswer() {
        SequentialPosterior posterior = posterior(Oring.lecture("failure", "temp", 15.62));
        PosteriorState state = posterior.start("fleet");
        Answer answer = posterior.answer(state, ask(31), scratch);
        assertThat(answer.isRefused()).isTrue();
        assertThat(answer.quantities()).isEmpty();
        assertThat(answer.refusal()).contains("improper");
    }
}
