package io.driftwood.inference.denoise.stream;

import static io.driftwood.inference.denoise.stream.OneKey.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.denoise.learn.LearnedMixture;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.SummaryOptions;
import io.driftwood.inference.target.GaussianMixture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

class LearnedPriorTest {

    private static final Map<String, ?> START = Map.of("type", "gaussian", "mean", List.of(0.0, 0.0), "sd", 5.0);
    private static final Map<String, ?> THREE_MODES = Map.of("type", "gaussian-mixture", "means", List.of(List.of(-2.0, 1.0), List.of(1.0, 0.0), List.of(3.0, -1.0)),
            "weights", List.of(0.5, 0.3, 0.2), "sd", 0.7);
    private static final Learned LEARNED = LearnedMixture.of("prior", 6, 0,
            GaussianMixture.isotropic(new double[] {0.5, 0.3, 0.2}, new double[][] {{-2, 1}, {1, 0}, {3, -1}}, 0.7), true, Map.of());

    private static Object[] options(Map<String, ?> prior, boolean unknown) {
        Object[] known = {"measurements", List.of("a", "b"), "noise", 1.3, "prior", prior};
        return unknown ? new Object[] {"measurements", List.of("a", "b"), "noise", 1.3, "prior", prior, "unknown-noise", Map.of("shape", 3.0, "rate", 2.0)} : known;
    }

    /** What was measured under the old prior counts under the new one as if that had always been there, and back; bits may differ by the path of the square root. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLearnedPrior_isTakenUpBetweenTwoRecords(boolean unknown) {
        OneKey early = OneKey.of(options(START, unknown));
        OneKey always = OneKey.of(options(THREE_MODES, unknown));
        OneKey never = OneKey.of(options(START, unknown));
        double[][] records = {{1.5, 0.2}, {NONE, -1}, {2.4, -0.7}, {0.4, 0.4}};
        for (double[] record : List.of(records[0], records[1])) {
            early.next(record);
            always.next(record);
            never.next(record);
        }
        OneKey late = early.with(early.posterior.with(LEARNED));
        same(late.next(records[2]), always.next(records[2]));
        never.next(records[2]);
        // and the first recursion may serve the same state again
        same(early.next(records[3]), never.next(records[3]));
    }

    private static void same(PosteriorSummary actual, PosteriorSummary expected) {
        assertThat(actual.logEvidence()).isCloseTo(expected.logEvidence(), within(1e-11));
        assertThat(actual.logEvidenceIncrement()).as("foretold by the prior in force").isCloseTo(expected.logEvidenceIncrement(), within(1e-11));
        for (int j = 0; j < expected.parameters().length; j++) {
            assertThat(actual.parameters()[j].mean()).isCloseTo(expected.parameters()[j].mean(), within(1e-11));
            assertThat(actual.parameters()[j].sd()).isCloseTo(expected.parameters()[j].sd(), within(1e-11));
            assertThat(actual.parameters()[j].quantiles()).containsExactly(expected.parameters()[j].quantiles(), within(1e-10));
        }
        assertThat(actual.derived().length).isEqualTo(expected.derived().length);
    }

    @Test
    void whatDoesNotFit_isRefusedWithTheReason() {
        OneKey plane = OneKey.of(options(START, false));
        OneKey walk = OneKey.of("measurements", List.of("a", "b"), "noise", 1.3, "prior", START, "drift", Map.of("type", "random-walk", "variance", 1.0));
        OneKey line = OneKey.of("measurements", List.of("a"), "noise", 1.3, "prior", DenoisingPosteriorTest.TWO_MODES);
        OneKey conjugate = OneKey.of("measurements", List.of("a", "b"), "noise", 1.0, "unknown-noise", Map.of("shape", 2.0, "rate", 3.0),
                "prior", Map.of("type", "gaussian-in-noise", "mean", List.of(0.0, 0.0), "worth", 1.0));
        OneKey particles = OneKey.of(Map.of("particles", 16L), SummaryOptions.of("job"), "measurements", List.of("a", "b"), "noise", 1.0, "prior", START, "channel", "student-t");
        OneKey signs = OneKey.of("measurements", List.of("a", "b"), "noise", 1.0, "channel", "signs", "prior", Map.of("type", "patterns", "patterns", List.of(List.of(1.0, -1.0))));
        Map<OneKey, String> unfit = Map.of(signs, "this x is a pattern of signs", line, "has 6 numbers in array 'means' where 3 are needed", walk, "an x that walks has left it",
                conjugate, "how wide x is in terms of the noise", particles, "learns nothing from elsewhere");
        unfit.forEach((stream, reason) -> assertThatThrownBy(() -> stream.posterior.with(LEARNED))
                .isInstanceOf(Learned.UnfitException.class).hasMessageContaining("'prior' version 6").hasMessageContaining(reason));
        assertThatThrownBy(() -> plane.posterior.with(Learned.of("t", "tuned-path", 1, 0, Map.of(), Map.of()))).isInstanceOf(Learned.UnfitException.class);
    }
}
