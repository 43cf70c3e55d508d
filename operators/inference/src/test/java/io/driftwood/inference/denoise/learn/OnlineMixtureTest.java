package io.driftwood.inference.denoise.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianMixture;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OnlineMixtureTest {

    private final Scratch scratch = new Scratch();

    /** With the gain 1/t the statistics are averages of all rows. */
    @Test
    void oneComponentWithGainOneOverT_isSampleMeanAndCovariance() {
        Particles rows = OldFaithful.rows();
        GaussianMixture start = GaussianMixture.full(new double[] {1}, new double[][] {{3, 60}}, new double[][] {{1, 0, 0, 1}});
        OnlineMixture online = new OnlineMixture(start, Covariances.FULL, 1, OnlineMixture.BURN_IN);
        for (int i = 0; i < rows.size; i++) {
            online.update(Seeding.row(rows, i), scratch);
        }
        MixtureStatistics all = new MixtureStatistics(1, new double[2]);
        double[] ones = new double[rows.stride];
        Arrays.fill(ones, 1);
        all.add(rows, ones, 1);

        assertThat(online.rows()).isEqualTo(272);
        assertThat(online.mixture().mean(0)).containsExactly(all.mean(0), within(1e-9));
        assertThat(online.mixture().covariance(0)).containsExactly(all.covariance(0), within(1e-7));
    }

    @Test
    void duringTheBurnIn_theStartIsKept() {
        GaussianMixture start = GaussianMixture.isotropic(new double[] {1, 1}, new double[][] {{-1}, {1}}, 1);
        OnlineMixture online = new OnlineMixture(start, Covariances.FULL);
        for (int t = 0; t < OnlineMixture.BURN_IN; t++) {
            online.update(new double[] {0.1 * t}, scratch);
            assertThat(online.mixture()).isSameAs(start);
        }
        online.update(new double[] {0.3}, scratch);
        assertThat(online.mixture()).isNotSameAs(start);
    }

    @Test
    void rowsThatAreNotFinite_areLeftOut() {
        OnlineMixture online = new OnlineMixture(GaussianMixture.isotropic(new double[] {1}, new double[][] {{0, 0}}, 1), Covariances.FULL);
        online.update(new double[] {Double.NaN, 1}, scratch);
        online.update(new double[] {1, Double.POSITIVE_INFINITY}, scratch);
        assertThat(online.rows()).isZero();
        assertThat(online.mixture().mean(0)).containsExactly(0, 0);
    }

    /**
     * 40000 rows of a known mixture. With gain t^-0.6 the last parameters average over some 580 rows: standard errors of the means about 0.06 and of
     * a weight about 0.02; the bounds are six of them, false alarm below 1e-7 with a fixed seed.
     */
    @Test
    void mixtureOfTheRows_isLearned() {
        GaussianMixture truth = GaussianMixture.diagonal(new double[] {0.3, 0.7}, new double[][] {{-2, 0}, {2, 1}}, new double[][] {{1, 0.5}, {0.7, 1.5}});
        Particles rows = new Particles(40_000, 2);
        truth.exactSampler().orElseThrow().sample(rows, Randomness.of(21, "rows"), 0, 0, scratch);
        for (Covariances covariances : new Covariances[] {Covariances.FULL, Covariances.DIAGONAL}) {
            GaussianMixture start = GaussianMixture.isotropic(new double[] {1, 1}, new double[][] {{-1, 0}, {1, 0}}, 2);
            OnlineMixture online = new OnlineMixture(start, covariances);
            for (int i = 0; i < rows.size; i++) {
                online.update(Seeding.row(rows, i), scratch);
            }
            assertThat(online.mixture().weights()[0]).isCloseTo(0.3, within(0.12));
            assertThat(online.mixture().mean(0)).containsExactly(new double[] {-2, 0}, within(0.5));
            assertThat(online.mixture().mean(1)).containsExactly(new double[] {2, 1}, within(0.45));
            assertThat(Math.sqrt(online.mixture().covariance(1)[3])).isCloseTo(1.5, within(0.4));
        }
    }
}
