package io.driftwood.inference.variational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Target;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Paths that begin at particles: those from a normal are known path by path, and from any law the mean weight is the ratio of the normalisers. */
class PopulationPathsTest {

    private static final Randomness RANDOM = Randomness.of(20240312, "population paths");
    private static final GaussianTarget NEAR = new GaussianTarget(new double[] {1, -2, 0.5}, new double[] {0.8, 0, 0, 0.3, 0.7, 0, -0.2, 0.2, 0.9});
    private static final GaussianTarget FAR = new GaussianTarget(new double[] {1.7, -2.4, 0.6}, new double[] {0.6, 0, 0, 0.1, 0.8, 0, 0.2, -0.1, 0.5});
    private static final GaussianTarget NEARER = new GaussianTarget(new double[] {1.3, -2.2, 0.6}, new double[] {0.7, 0, 0, 0.2, 0.7, 0, -0.1, 0.1, 0.8});
    private static final GaussianTarget COORDINATES = new GaussianTarget(new double[] {1, -1, 0}, new double[] {0.9, 0, 0, -0.2, 0.6, 0, 0.1, 0.3, 1.1});

    /** Same noise, same start, bridges that coincide: what differs is rounding. The coordinates are those of the start, as the other paths need them. */
    @Test
    void run_fromDrawsOfANormal_isTheAnnealedPathsFromIt() {
        int size = 13;
        int bridges = 7;
        Target target = new ShiftedTarget(FAR, 4);
        for (Method method : leaders()) {
            PathParameters parameters = parameters(method, bridges).withIncrements(new double[] {1, 2, 1, 3, 1, 1, 2, 1});
            AnnealedPaths expected = AnnealedPaths.forSampling(new WhitenedTarget(target, NEAR), method, bridges, size);
            expected.run(parameters, RANDOM, 3);
            Particles ends = new Particles(size, 3);
            new WhitenedTarget(target, NEAR).colour(expected.ends(), ends);

            Particles x = draws(NEAR, size, 3);
            double[] logWeights = new double[x.stride];
            new PopulationPaths(method, bridges, new BetweenTargets(NEAR, target), size)
                    .run(x, NEAR, parameters, RANDOM, 3, logWeights, new Scratch());
            for (int i = 0; i < size; i++) {
                assertThat(logWeights[i]).as("%s path %d", method, i).isCloseTo(expected.logWeights()[i], within(1e-10));
                for (int j = 0; j < 3; j++) {
                    assertThat(x.get(j, i)).isCloseTo(ends.get(j, i), within(1e-11));
                }
            }
        }
    }

    /** In coordinates that are nobody's own. 16 comparisons at 5.5 standard errors of weights whose logarithms spread by about 1: false alarm about 1e-6 in all. */
    @Test
    void meanWeight_isTheRatioOfTheNormalisers() {
        int size = 20_000;
        for (Method method : leaders()) {
            for (int bridges : new int[] {0, 6}) {
                Particles x = draws(NEAR, size, 8);
                double[] logWeights = new double[x.stride];
                new PopulationPaths(method, bridges, new BetweenTargets(new ShiftedTarget(NEAR, 3), new ShiftedTarget(NEARER, -2)), size)
                        .run(x, COORDINATES, parameters(method, bridges), RANDOM, 9, logWeights, new Scratch());
                requireMean(logWeights, size, -5, method + " K = " + bridges);
            }
        }
    }

    /** From two modes, where no normal will do for a start; the ratio times a normal likelihood is a mixture again. 4 comparisons at 5.5 standard errors: below 1e-6. */
    @Test
    void meanWeight_fromTwoModes_isTheEvidence() {
        int size = 20_000;
        double[] mean = {-1.5, 2};
        double evidence = 0;
        for (int k = 0; k < 2; k++) {
            // int N(x | mean_k, 0.36) N(1 | x, 0.64) dx
            evidence += 0.5 * Math.exp(-(1 - mean[k]) * (1 - mean[k]) / 2) / Math.sqrt(2 * Math.PI);
        }
        for (Method method : new Method[] {Method.ULA, Method.UHA, Method.LDVI_EXACT, Method.UHA_EM}) {
            Particles x = new Particles(size, 1);
            RANDOM.normals(21, Purpose.START, 0, x.values, 0, x.stride);
            for (int i = 0; i < x.stride; i++) {
                x.values[i] = mean[i % 2] + 0.6 * x.values[i];
            }
            double[] logWeights = new double[x.stride];
            PopulationPaths paths = new PopulationPaths(method, 5, new TwoModesSeen(mean, 0.6, 1, 0.8), size);
            paths.run(x, GaussianTarget.independent(new double[] {0}, new double[] {1.5}), parameters(method, 5), RANDOM, 22, logWeights, new Scratch());
            requireMean(logWeights, size, Math.log(evidence), method.toString());
            assertThat(weightedMean(x, logWeights)).as("posterior mean, %s", method).isCloseTo(posteriorMean(mean), within(0.06));
        }
    }

    @Test
    void run_givesTheSameBitsAgain() {
        double[][] logWeights = new double[2][16];
        PopulationPaths paths = new PopulationPaths(Method.UHA, 6, new BetweenTargets(NEAR, FAR), 13);
        for (double[] out : logWeights) {
            paths.run(draws(NEAR, 13, 1), COORDINATES, parameters(Method.UHA, 6), RANDOM, 4, out, new Scratch());
        }
        assertThat(logWeights[0]).isEqualTo(logWeights[1]);
    }

    private static List<Method> leaders() { return Arrays.stream(Method.values()).filter(PopulationPaths::canLeave).toList(); }

    private static PathParameters parameters(Method method, int bridges) {
        return PathParameters.standard(3, bridges, method.hasMomentum() ? 0.3 : 0.08, method.keepsShare() ? 0.6 : 1.2);
    }

    private static Particles draws(GaussianTarget law, int size, long step) {
        Particles x = new Particles(size, law.dimension());
        law.sample(x, RANDOM, step, Purpose.START, 0, new Scratch());
        return x;
    }

    private static void requireMean(double[] logWeights, int size, double log, String what) {
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < size; i++) {
            double weight = Math.exp(logWeights[i] - log);
            mean += weight / size;
            squares += weight * weight / size;
        }
        double se = Math.sqrt((squares - mean * mean) / size);
        assertThat(mean).as(what).isCloseTo(1, within(5.5 * se));
        assertThat(se).as("the test must see an error of a fifth, %s", what).isLessThan(0.035);
    }

    private static double weightedMean(Particles x, double[] logWeights) {
        double total = 0;
        double weighted = 0;
        for (int i = 0; i < x.size; i++) {
            total += Math.exp(logWeights[i]);
            weighted += Math.exp(logWeights[i]) * x.get(0, i);
        }
        return weighted / total;
    }

    /** Of the mixture of the two conjugate posteriors. */
    private static double posteriorMean(double[] mean) {
        double total = 0;
        double weighted = 0;
        for (int k = 0; k < 2; k++) {
            double weight = Math.exp(-(1 - mean[k]) * (1 - mean[k]) / 2);
            total += weight;
            weighted += weight * (mean[k] * 0.64 + 0.36);
        }
        return weighted / total;
    }
}
