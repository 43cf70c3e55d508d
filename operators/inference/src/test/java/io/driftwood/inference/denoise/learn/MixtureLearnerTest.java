package io.driftwood.inference.denoise.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianMixture;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MixtureLearnerTest {

    private final Scratch scratch = new Scratch();

    private static MixtureLearner learner(Covariances covariances) { return new MixtureLearner("eruptions", List.of("e", "w"), 2, covariances, 100, OnlineMixture.DECAY, 1); }

    @Test
    void thereIsNoVersion_beforeFirstFitAndBurnIn() {
        MixtureLearner learner = learner(Covariances.FULL);
        Particles rows = OldFaithful.rows();
        double[] state = learner.start();
        for (int i = 0; i < 121; i++) {
            assertThat(learner.snapshot(state, 1, 0)).as("after %d rows", i).isEmpty();
            state = learner.learn(state, Seeding.row(rows, i), scratch);
        }
        Learned learned = learner.snapshot(state, 3, 77).orElseThrow();
        assertThat(learned.name()).isEqualTo("eruptions");
        assertThat(learned.type()).isEqualTo("mixture");
        assertThat(learned.version()).isEqualTo(3);
        assertThat(learned.eventTime()).isEqualTo(77);
        assertThat(learned.label("rows")).isEqualTo("121");
    }

    /** What is known is the state: another learner that is given it between any two rows goes on with the same bits. */
    @ParameterizedTest
    @EnumSource(value = Covariances.class, names = "KNOWN", mode = EnumSource.Mode.EXCLUDE)
    void anotherLearner_goesOnWithTheSameBits(Covariances covariances) {
        Particles rows = OldFaithful.rows();
        MixtureLearner one = learner(covariances);
        double[] whole = one.start();
        double[] handed = one.start();
        for (int i = 0; i < rows.size; i++) {
            whole = one.learn(whole, Seeding.row(rows, i), scratch);
            handed = learner(covariances).learn(handed.clone(), Seeding.row(rows, i), new Scratch());
        }
        assertThat(handed).isEqualTo(whole);
        assertThat(one.snapshot(whole, 1, 0).orElseThrow().array("means")).isEqualTo(learner(covariances).snapshot(handed, 1, 0).orElseThrow().array("means"));
    }

    /** 6000 rows of two far normals. The last 180 or so count: standard errors of means 0.1 and of weights 0.04; six of them, false alarm below 1e-7 with a fixed seed. */
    @Test
    void farNormals_areFound() {
        MixtureLearner learner = new MixtureLearner("x", List.of("a"), 2, Covariances.DIAGONAL, 50, OnlineMixture.DECAY, 1);
        double[] state = learner.start();
        double[] z = new double[1];
        for (int i = 0; i < 6000; i++) {
            Randomness random = Randomness.of(9, "far");
            random.normals(i, Purpose.USER, 0, z, 0, 1);
            state = learner.learn(state, new double[] {random.uniform(i, Purpose.ANCESTOR, 0) < 0.3 ? -4 + 0.5 * z[0] : 4 + z[0]}, scratch);
        }
        GaussianMixture mixture = LearnedMixture.read(learner.snapshot(state, 1, 0).orElseThrow(), 1);
        int left = mixture.mean(0)[0] < 0 ? 0 : 1;
        assertThat(mixture.weights()[left]).isCloseTo(0.3, within(0.24));
        assertThat(mixture.mean(left)[0]).isCloseTo(-4, within(0.6));
        assertThat(mixture.mean(1 - left)[0]).isCloseTo(4, within(0.6));
        assertThat(mixture.covariance(left)[0]).isCloseTo(0.25, within(0.2));
    }

    @Test
    void mixtures_areReadAsTheyWereWritten() {
        GaussianMixture full = GaussianMixture.full(new double[] {1, 3}, new double[][] {{0, 1}, {2, 3}}, new double[][] {{1, 0.5, 0.5, 2}, {3, 0, 0, 1}});
        GaussianMixture diagonal = GaussianMixture.diagonal(new double[] {1, 3}, new double[][] {{0, 1}, {2, 3}}, new double[][] {{1, 2}, {3, 4}});
        for (GaussianMixture mixture : List.of(full, diagonal)) {
            Learned learned = LearnedMixture.of("m", 1, 0, mixture, mixture == diagonal, Map.of());
            GaussianMixture read = LearnedMixture.read(learned, 2);
            assertThat(read.weights()).isEqualTo(mixture.weights());
            for (int k = 0; k < 2; k++) {
                assertThat(read.mean(k)).isEqualTo(mixture.mean(k));
                assertThat(read.covariance(k)).containsExactly(mixture.covariance(k), within(1e-14));
            }
        }
    }

    private static Learned mixture(double[] weights, double[] means, String spread, double... spreads) {
        return Learned.of("m", "mixture", 4, 0, Map.of(), Map.of("weights", weights, "means", means, spread, spreads));
    }

    @Test
    void whatIsNoLawOfX_isUnfitWithTheReason() {
        double[] half = {0.5, 0.5};
        Map<Learned, String> unfit = Map.of(
                mixture(half, new double[] {0, 1}, "variances", 1, 1), "has 2 numbers in array 'means' where 4 are needed",
                mixture(new double[] {0.5, 0.4}, new double[4], "variances", 1, 1, 1, 1), "add up to 0.9 and not to 1",
                mixture(new double[] {1.5, -0.5}, new double[4], "variances", 1, 1, 1, 1), "a component of weight -0.5",
                mixture(half, new double[4], "variances", 1, 1, 0, 1), "a variance of 0.0",
                mixture(half, new double[4], "covariances", 1, 0, 0, 1, 1, 2, 2, 1), "must be positive definite",
                mixture(half, new double[4], "covariances", 1, 0, 0, 1, 1, 0.5, 0.1, 1), "not symmetric",
                mixture(half, new double[] {0, 1, Double.NaN, 2}, "variances", 1, 1, 1, 1), "holds NaN in array 'means'",
                mixture(half, new double[4], "spreads", 1), "has no array 'covariances'",
                Learned.of("m", "ridge-denoiser", 4, 0, Map.of(), Map.of()), "is of type 'ridge-denoiser', and 'mixture' is needed");
        unfit.forEach((learned, reason) -> assertThatThrownBy(() -> LearnedMixture.prior(learned, 2))
                .isInstanceOf(Learned.UnfitException.class).hasMessageContaining("'m' version 4").hasMessageContaining(reason));
        double[] covariance = {2, 0.1, 0.1, 1};
        Learned gaussian = Learned.of("g", "gaussian", 1, 0, Map.of(), Map.of("mean", new double[] {1, 2}, "covariance", covariance));
        assertThat(LearnedMixture.read(gaussian, 2).mean(0)).containsExactly(1, 2);
        assertThat(Arrays.stream(LearnedMixture.read(gaussian, 2).covariance(0)).sum()).isCloseTo(3.2, within(1e-14));
    }
}
