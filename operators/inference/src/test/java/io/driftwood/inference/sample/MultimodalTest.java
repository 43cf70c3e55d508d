package io.driftwood.inference.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.inference.target.GaussianMixture;
import io.driftwood.inference.target.Problem;
import org.junit.jupiter.api.Test;

/**
 * Eight normals in ten dimensions, 14 and more standard deviations apart and of unequal weight, from a normal around the origin that knows nothing of the
 * weights. No more than 5 % of the weight may be with a wrong mode. At these sizes seeds 42 to 44 misplaced 0.015 to 0.025 (smc) and seeds 41 to 44
 * 0.028 to 0.034 (simulated tempering), 0.009 to 0.015 (replica exchange) and 0.24 to 0.28 (chains). The seed is fixed: another may need a wider bound.
 */
class MultimodalTest {

    private static final double[] WEIGHTS = {0.30, 0.20, 0.14, 0.11, 0.09, 0.07, 0.05, 0.04};
    private static final Problem MIXTURE = new ReferencedProblem(GaussianMixture.isotropic(WEIGHTS, means(), 1), Sampling.normal(10, 0, 4));

    private static double[][] means() {
        double[][] means = new double[8][10];
        for (int k = 0; k < means.length; k++) {
            means[k][k / 2] = k % 2 == 0 ? 10 : -10;
        }
        return means;
    }

    /** Weight that is with a wrong mode: half the sum of the differences of the shares. Modes do not overlap, so the nearest is the right one. */
    private static double misplaced(Sampler sampler, int particles, int length) {
        Draws draws = sampler.draw(MIXTURE, particles, length, Sampling.run(41, 0));
        double[] shares = new double[WEIGHTS.length];
        for (int i = 0; i < draws.particles().size; i++) {
            shares[nearest(draws, i)] += draws.weights().normalised[i];
        }
        double misplaced = 0;
        for (int k = 0; k < shares.length; k++) {
            misplaced += Math.abs(shares[k] - WEIGHTS[k]) / 2;
        }
        return misplaced;
    }

    /** The means lie on the axes. */
    private static int nearest(Draws draws, int i) {
        int axis = 0;
        for (int j = 1; j < 4; j++) {
            axis = Math.abs(draws.particles().get(j, i)) > Math.abs(draws.particles().get(axis, i)) ? j : axis;
        }
        return 2 * axis + (draws.particles().get(axis, i) > 0 ? 0 : 1);
    }

    @Test
    void annealedPopulation_findsTheWeights() {
        assertThat(misplaced(Sampling.sampler("smc"), 8192, 1)).isLessThan(0.05);
    }

    @Test
    void simulatedTempering_findsTheWeights() {
        assertThat(misplaced(Sampling.sampler("simulated-tempering", "moves", 2L), 1024, 80)).isLessThan(0.05);
    }

    @Test
    void replicaExchange_findsTheWeights() {
        assertThat(misplaced(Sampling.sampler("replica-exchange"), 512, 100)).isLessThan(0.05);
    }

    /** Each chain stays where it falls from where it begins. */
    @Test
    void chainsOfLangevinSteps_doNot() {
        assertThat(misplaced(Sampling.sampler("chains", "transition", "mala"), 1024, 40)).isGreaterThan(0.15);
    }
}
