package io.driftwood.inference.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianMixture;
import io.driftwood.inference.target.Neuron;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.transition.Mala;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two normals at -a and a, sd tau: x | xi is log-concave iff rho >= (a^2 - tau^2)/tau^4, xi iff rho &lt;= 1/(a^2 - tau^2); both at once iff a &lt;= sqrt(2) tau. */
class LogConcaveCouplingTest {

    private static final List<List<Double>> NEURON = List.of(
            List.of(1.0, 0.5, 1.0), List.of(-0.3, 1.2, -0.8), List.of(0.8, -0.7, 0.6), List.of(-1.1, -0.2, -1.0), List.of(0.4, 0.9, 0.9));

    private final Scratch scratch = new Scratch();

    private static GaussianMixture pair(double a) { return GaussianMixture.isotropic(new double[] {0.5, 0.5}, new double[][] {{-a}, {a}}, 1); }

    /** At the saddle between the modes, where the mixture curves most. */
    @Test
    void conditional_isLogConcaveFromTheOraclesPrecisionOn() {
        for (double a : new double[] {1.2, 1.4, 1.43, 2}) {
            double threshold = a * a - 1;
            assertThat(leastCurvature(a, threshold * 1.001)).isGreaterThan(0);
            assertThat(leastCurvature(a, threshold * 0.999)).isLessThan(0);
        }
    }

    private double leastCurvature(double a, double precision) {
        CoupledTarget conditional = new CoupledTarget(pair(a).target(), LinearMap.identity(1), precision);
        Particles grid = new Particles(81, 1);
        for (int i = 0; i < grid.size; i++) {
            grid.set(0, i, (i - 40) / 8.0);
        }
        grid.pad();
        return CouplingChecks.leastCurvature(conditional.given(new double[grid.stride]), grid, scratch);
    }

    /** The spread at xi = 0, where it is largest, from 8 x 20000 moves: an error of 0.4 %. */
    @Test
    void marginal_isLogConcaveUpToTheOraclesPrecision() {
        double edge = 1 / (1.4 * 1.4 - 1);
        assertThat(edge).isCloseTo(1.0417, within(1e-4));
        assertThat(meanSpread(1.4, edge)).isCloseTo(1, within(0.03));
        assertThat(meanSpread(1.4, 0.9 * edge)).isLessThan(0.99);
        assertThat(meanSpread(1.4, 1.15 * edge)).isGreaterThan(1.01);
    }

    private double meanSpread(double a, double precision) {
        CoupledChains chains = new CoupledChains(pair(a), new Mala(), LinearMap.identity(1), precision, 0, 20, 8, Randomness.of(31, "spread"));
        chains.warmUp(50);
        double mean = 0;
        for (double[] draws : chains.drawsGiven(new double[8], 8, 20_000)) {
            mean += CouplingChecks.spread(draws, draws.length, LinearMap.identity(1), precision) / 8;
        }
        return mean;
    }

    @Test
    void bothChecks_holdInTheWindowAndAreReported() {
        Draws draws = Sampling.sampler("log-concave-coupling", "precision", 1.0).draw(pair(1.4), 256, 20, Sampling.run(32, 0));
        assertThat(draws.facts().get("least-curvature")).isBetween(0.0, 0.1);
        assertThat(draws.facts().get("marginal-spread")).isBetween(0.7, 1.1);
        assertThat(draws.facts().get("inner-error")).isBetween(0.01, 0.5);
        assertThat(draws.bias()).contains("outer-step");
        Draws none = Sampling.sampler("log-concave-coupling", "precision", 1.0).draw(pair(2), 256, 20, Sampling.run(32, 0));
        assertThat(none.facts().get("least-curvature")).as("a = 2 has no window").isLessThan(-1.5);
    }

    /** Gibbs is exact: mean 0, mean of x^2 = 1 + a^2. 1024 chains x 40 correlated draws: errors of some 0.02 and 0.03, five of them allowed. */
    @Test
    void gibbs_leavesTheMixtureInvariant() {
        Draws draws = Sampling.sampler("log-concave-coupling", "precision", 0.7, "outer", "gibbs").draw(pair(1.4), 1024, 40, Sampling.run(33, 0));
        assertThat(draws.bias()).isEmpty();
        assertThat(draws.mean(0)).isCloseTo(0, within(0.1));
        assertThat(meanSquare(draws)).isCloseTo(1 + 1.4 * 1.4, within(0.15));
        assertThat(shareBelow(draws, -1.4)).isCloseTo(0.25 + 0.5 * 0.00256, within(0.02));
    }

    /** Langevin is biased by its step: at outer-step 0.2 some 10 % in the variance of xi, less of x. */
    @Test
    void langevin_isNearTheMixture() {
        Draws draws = Sampling.sampler("log-concave-coupling", "precision", 1.0, "inner", 40L, "outer-step", 0.05, "thin", 20L)
                .draw(pair(1.4), 1024, 20, Sampling.run(34, 0));
        assertThat(draws.mean(0)).isCloseTo(0, within(0.15));
        assertThat(meanSquare(draws)).isCloseTo(1 + 1.4 * 1.4, within(0.25));
    }

    /** A tanh neuron: log p = log N(w | 0, s0^2 I) + beta sum r_i tanh(w x_i); with A = X, x | xi is log-concave from rho = beta max|r| sup|tanh''| on. */
    @Test
    void singleNeuron_isLogConcaveGivenXiFromTheBoundOn() {
        Neuron neuron = (Neuron) Sampling.problem("neuron", "data", NEURON, "gain", 6.0, "prior-sd", 2.0);
        double bound = neuron.couplingPrecision();
        LinearMap inputs = LinearMap.of(neuron.inputs().rows());
        assertThat(bound).isCloseTo(6 * 4 / (3 * Math.sqrt(3)), within(1e-12));
        assertThat(leastCurvature(neuron, inputs, bound)).isGreaterThan(0.25 - 1e-9);
        assertThat(leastCurvature(neuron, inputs, bound / 3)).isLessThan(0);
        Draws annealed = Sampling.sampler("smc").draw(neuron, 4096, 1, Sampling.run(35, 2));
        Draws coupled = Sampling.sampler("log-concave-coupling", "outer", "gibbs").draw(neuron, 512, 20, Sampling.run(35, 0));
        assertThat(coupled.facts().get("least-curvature")).isGreaterThan(0.25 - 1e-9);
        for (int j = 0; j < 2; j++) {
            assertThat(coupled.mean(j)).as("the mean by another sampler").isCloseTo(annealed.mean(j), within(0.2));
        }
    }

    /** Over a grid of the plane. */
    private double leastCurvature(Problem problem, LinearMap map, double precision) {
        CoupledTarget conditional = new CoupledTarget(problem.target(), map, precision);
        Particles grid = new Particles(41 * 41, 2);
        for (int i = 0; i < grid.size; i++) {
            grid.set(0, i, (i % 41 - 20) / 5.0);
            grid.set(1, i, (i / 41 - 20) / 5.0);
        }
        grid.pad();
        return CouplingChecks.leastCurvature(conditional.given(new double[map.rows() * grid.stride]), grid, scratch);
    }

    @Test
    void mapOfAnotherWidth_isRefused() {
        Sampler sampler = Sampling.sampler("log-concave-coupling", "precision", 1.0, "map", List.of(List.of(1.0, 0.0)));
        assertThat(sampler.refusal(pair(1))).contains("has 1 dimensions", "`map`");
        assertThat(Sampling.sampler("smc").refusal(pair(1))).isEmpty();
    }

    private static double meanSquare(Draws draws) {
        double sum = 0;
        for (int i = 0; i < draws.particles().size; i++) {
            sum += draws.particles().get(0, i) * draws.particles().get(0, i);
        }
        return sum / draws.particles().size;
    }

    private static double shareBelow(Draws draws, double x) {
        int below = 0;
        for (int i = 0; i < draws.particles().size; i++) {
            below += draws.particles().get(0, i) < x ? 1 : 0;
        }
        return (double) below / draws.particles().size;
    }
}
