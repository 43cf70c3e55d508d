package io.driftwood.inference.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.filter.dynamics.GaussianObservation;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.numeric.Scratch;
import org.junit.jupiter.api.Test;

/** Filters that are not exact even with many particles: they say so, and what they do promise holds. */
class ApproximateFiltersTest {

    private static Filter liuWest(StateSpaceModel model, FilterSetup setup) {
        return new ParticleFilter(model, new LiuWestProposal(model, 0.95), false, setup);
    }

    /**
     * The kernel keeps mean and covariance of any weighted cloud; this one is moved away from 0, where a lost mean would not show. With 200,000 particles their errors are below 0.3 % of a standard deviation, and
     * below 1 % of a variance (weights are uneven); 5 of those.
     */
    @Test
    void liuWest_keepsMeanAndVariance() {
        StateSpaceModel model = Run.model("brownian", "response", "y", "prior-sd", 0.7);
        Run run = Run.of(model, 200_000, 4, ApproximateFiltersTest::liuWest).feed(0.4).feed(1.0);
        for (int k = 0; k < 2 * run.state.particles.stride; k++) {
            run.state.particles.values[k] += 7;
        }
        double[] before = moments(run);
        double[] values = run.state.particles.values.clone();
        run.state.step++;
        new LiuWestProposal(model, 0.95).stir(run.state, new Scratch());
        double[] after = moments(run);
        assertThat(run.state.particles.values).isNotEqualTo(values);
        for (int j = 0; j < 2; j++) {
            assertThat(after[j]).isCloseTo(before[j], within(0.015 * Math.sqrt(before[2 + j])));
            assertThat(after[2 + j] / before[2 + j]).isCloseTo(1, within(0.05));
        }
        assertThat(run.summary().evidenceKind()).isEqualTo("biased");
        assertThat(run.summary().bias()).contains("approximate");
    }

    private static double[] moments(Run run) {
        double[] out = new double[4];
        double[] weights = run.state.weights.normalised;
        for (int j = 0; j < 2; j++) {
            for (int i = 0; i < run.state.particles.size; i++) {
                out[j] += weights[i] * run.state.particles.get(j, i);
            }
            for (int i = 0; i < run.state.particles.size; i++) {
                double away = run.state.particles.get(j, i) - out[j];
                out[2 + j] += weights[i] * away * away;
            }
        }
        return out;
    }

    /** On a linear-Gaussian model the ensemble is right in the limit; 50,000 members: errors of the mean below 0.5, of 5 of them 2.5. */
    @Test
    void ensembleKalman_isRightOnALinearModelWithManyMembers() {
        Run run = Run.of(Run.nileModel(), 50_000, 1, (m, s) -> new EnsembleKalmanFilter((GaussianObservation) m, s)).feedAll(Run.nile());
        assertThat(run.state.logEvidence).isCloseTo(-640.3805408, within(0.1));
        assertThat(run.mean(0)).isCloseTo(798.3702926, within(2.5));
        assertThat(run.variance(0)).isCloseTo(4032.157942, within(150.0));
        assertThat(run.summary().evidenceKind()).isEqualTo("biased");
    }
}
