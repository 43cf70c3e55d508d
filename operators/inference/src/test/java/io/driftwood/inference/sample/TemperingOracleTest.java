package io.driftwood.inference.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianMixture;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.transition.Transition;
import io.driftwood.inference.transition.Transitions;
import io.driftwood.inference.transition.Tuning;
import java.util.List;
import org.hipparchus.special.Beta;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Simulated tempering and replica exchange of normals, where acceptance, occupancy and normaliser are closed forms. */
class TemperingOracleTest {

    /**
     * Swaps of N(0, I/b1) with N(0, I/b2) are accepted with probability 2 I_(b1/(b1+b2))(d/2, d/2). The reference here is the one, the target the
     * other. Over 4096 x 50 swaps of a probability, in chains of short memory, the error is below 0.002; five of them are 1e-2.
     */
    @Test
    void swapAcceptance_isTheIncompleteBetaFunction() {
        assertThat(oracle(10, 0.5, 1)).isEqualTo(0.28969161, within(1e-8));
        assertThat(oracle(50, 0.8, 1)).isEqualTo(0.43292916, within(1e-8));
        assertThat(swapAcceptance(10, 0.5)).isCloseTo(0.28969161, within(0.01));
        assertThat(swapAcceptance(50, 0.8)).isCloseTo(0.43292916, within(0.01));
    }

    private static double oracle(int d, double b1, double b2) { return 2 * Beta.regularizedBeta(b1 / (b1 + b2), d / 2.0, d / 2.0); }

    private static double swapAcceptance(int d, double precision) {
        Problem problem = Sampling.gaussian(d, 0, 1, 0, 1 / Math.sqrt(precision));
        Draws draws = Sampling.sampler("replica-exchange", "temperatures", 1L, "warm-up", 20L).draw(problem, 4096, 50, Sampling.run(21, 0));
        return draws.facts().get("swap-acceptance-min");
    }

    /** With c_j = 1/Z_j both of two levels are occupied half the time; Z comes out, and the draws are those of the target. */
    @Test
    void twoLevels_areOccupiedEqually() {
        Problem problem = Sampling.gaussian(2, 0.5, 0.7, -3, 1.2);
        Draws draws = Sampling.sampler("simulated-tempering", "temperatures", 1L).draw(problem, 1024, 50, Sampling.run(22, 0));
        assertThat(draws.facts().get("occupancy-min")).isBetween(0.47, 0.5);
        assertThat(draws.facts().get("occupancy-max")).isBetween(0.5, 0.53);
        assertThat(Math.abs(draws.evidence().log() + 3)).as("%s", draws.evidence()).isLessThan(5 * draws.evidence().standardError());
        assertThat(draws.evidence().standardError()).isLessThan(0.02);
        expectNormal(draws, 0.5, 0.7);
    }

    @Test
    void everyLevel_isOccupiedEqually() {
        Problem problem = Sampling.gaussian(4, 2, 0.3, 5, 1);
        Draws draws = Sampling.sampler("simulated-tempering").draw(problem, 512, 20, Sampling.run(23, 0));
        double levels = draws.facts().get(Draws.TEMPERATURES) + 1;
        assertThat(levels).isGreaterThan(4);
        assertThat(draws.facts().get("occupancy-min")).isGreaterThan(0.7 / levels);
        assertThat(draws.facts().get("occupancy-max")).isLessThan(1.4 / levels);
        expectNormal(draws, 2, 0.3);
    }

    /** Two normals 12 standard deviations apart, 0.8 and 0.2: shares over 1024 chains of some 10 crossings each, of standard error 0.004. */
    @Test
    void farModes_getTheirWeights() {
        GaussianMixture pair = GaussianMixture.isotropic(new double[] {0.8, 0.2}, new double[][] {{-6}, {6}}, 1);
        for (String name : List.of("simulated-tempering", "replica-exchange")) {
            Draws draws = Sampling.sampler(name, "moves", 2L).draw(new ReferencedProblem(pair, Sampling.normal(1, 0, 6)), 1024, 60, Sampling.run(26, 0));
            double right = 0;
            for (int i = 0; i < draws.particles().size; i++) {
                right += draws.particles().get(0, i) > 0 ? draws.weights().normalised[i] : 0;
            }
            assertThat(right).as(name).isCloseTo(0.2, within(0.02));
            assertThat(Math.abs(draws.evidence().log())).as("%s %s", name, draws.evidence()).isLessThan(5 * draws.evidence().standardError());
        }
    }

    @Test
    void replicaExchange_drawsFromTheTarget() {
        Draws draws = Sampling.sampler("replica-exchange").draw(Sampling.gaussian(4, 2, 0.3, 5, 1), 512, 20, Sampling.run(24, 0));
        assertThat(draws.facts().get("passages")).isGreaterThan(512.0);
        expectNormal(draws, 2, 0.3);
    }

    /** Weights far from right are put right by the warm-up. */
    @Test
    void weights_areLearntFromAFalseStart() {
        Problem problem = Sampling.gaussian(2, 0, 0.5, 0, 1);
        TemperedChains chains = chains(problem, new double[] {0.5, 1}, new double[] {0, -6}, 512, Randomness.of(25, "false start"));
        chains.learnWeights(400);
        chains.untilAtTop(10);
        assertThat(chains.leastOccupancy()).isGreaterThan(0.25);
        assertThat(chains.greatestOccupancy()).isLessThan(0.42);
        Evidence evidence = chains.evidence("");
        assertThat(Math.abs(evidence.log())).as("%s", evidence).isLessThan(5 * evidence.standardError());
    }

    /**
     * Frozen weights e^shift of what makes two levels equal: the upper one is occupied with probability 1/(1 + e^-shift), and its occupancy makes up for
     * the weight in log Z = -3. The chains begin below; over a thousand iterations that is a tenth of the error. False alarm 6e-7 each.
     */
    @ParameterizedTest
    @ValueSource(doubles = {-2, 2})
    void falseWeights_areMadeUpForByTheOccupancy(double shift) {
        Problem problem = Sampling.gaussian(2, 0.5, 0.7, -3, 1.2);
        TemperedChains chains = chains(problem, new double[] {1}, new double[] {-3 - shift}, 64, Randomness.of(27, "false weights"));
        chains.untilAtTop(1000);
        Evidence evidence = chains.evidence("");
        assertThat(Math.abs(evidence.log() + 3)).as("%s", evidence).isLessThan(5 * evidence.standardError());
        assertThat(evidence.standardError()).isLessThan(0.03);
        assertThat(chains.occupancy(1)).isCloseTo(1 / (1 + Math.exp(-shift)), within(0.02));
    }

    /** Levels with these log-normalisers, right or wrong, moved by Langevin steps for the target's width. */
    private static TemperedChains chains(Problem problem, double[] betas, double[] logNormalisers, int size, Randomness random) {
        Transition mala = Transitions.CATALOGUE.build(Settings.of("type", "mala"));
        int dimension = problem.target().dimension();
        Tuning tuning = Tuning.initial(mala, dimension);
        for (int j = 0; j < dimension; j++) {
            tuning.lower[j * dimension + j] = 0.5;
        }
        Ladder ladder = new Ladder(betas, new Tuning[] {tuning}, new int[] {1}, logNormalisers);
        return new TemperedChains(new Levels(problem, mala, ladder, 1, random, 0), problem, size, random);
    }

    /** Means within five standard errors of independent lanes, standard deviation within 3 %. */
    private static void expectNormal(Draws draws, double mean, double sd) {
        for (int j = 0; j < draws.particles().dimension; j++) {
            double squares = 0;
            for (int i = 0; i < draws.particles().size; i++) {
                double x = draws.particles().get(j, i) - mean;
                squares += x * x;
            }
            assertThat(draws.mean(j)).isCloseTo(mean, within(5 * sd / Math.sqrt(draws.lanes())));
            assertThat(Math.sqrt(squares / draws.particles().size)).isCloseTo(sd, within(0.06 * sd));
        }
    }
}
