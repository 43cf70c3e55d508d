package io.driftwood.inference.variational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.Test;

/** The adjoint against automatic differentiation of the same paths, and against differences of the paths themselves. */
class PathGradientTest {

    private static final Randomness RANDOM = Randomness.of(5, "path gradient");
    private static final int PATHS = 11;
    private static final int[] BRIDGES = {0, 1, 5, 40};

    private static PathParameters parameters(Method method, int bridges) {
        double[] increments = Bridges.even(bridges);
        for (int i = 0; i < increments.length; i++) {
            increments[i] = 0.5 + 0.3 * (i % 4);
        }
        return PathParameters.standard(2, bridges, 0.13, method.keepsShare() ? 0.6 : 2.2).withIncrements(increments)
                .withStart(new double[] {0.3, -0.2}, new double[] {-0.3, 0.2});
    }

    @Test
    void gradient_isThatOfAutomaticDifferentiation() {
        for (Method method : Method.values()) {
            for (int bridges : BRIDGES) {
                PathParameters parameters = parameters(method, bridges);
                AnnealedPaths paths = AnnealedPaths.forTraining(new BentTarget(), method, bridges, PATHS);
                double[] gradient = paths.gradient(parameters, RANDOM, 3);
                double[] expected = new double[gradient.length];
                for (int i = 0; i < PATHS; i++) {
                    Gradient log = new DifferentiablePath(method, parameters, bridges).logWeight(noise(bridges, i));
                    assertThat(paths.logWeights()[i]).as("%s K = %d", method, bridges).isCloseTo(log.getValue(), within(1e-10 * (1 + Math.abs(log.getValue()))));
                    for (int k = 0; k < expected.length; k++) {
                        expected[k] += log.getPartialDerivative(k) / PATHS;
                    }
                }
                double scale = 0;
                for (double e : expected) {
                    scale = Math.max(scale, Math.abs(e));
                }
                for (int k = 0; k < expected.length; k++) {
                    assertThat(gradient[k]).as("%s K = %d parameter %d", method, bridges, k).isCloseTo(expected[k], within(1e-11 * scale));
                }
            }
        }
    }

    /** z_1, rho_1, xi_1..xi_K of one path. */
    private static double[][] noise(int bridges, int path) {
        double[][] noise = new double[2 + bridges][2];
        double[] lanes = new double[2 * 16];
        for (int m = 0; m < noise.length; m++) {
            RANDOM.normals(3, m == 0 ? Purpose.START : m == 1 ? Purpose.MOMENTUM : Purpose.NOISE, Math.max(0, m - 2), lanes, 0, lanes.length);
            noise[m] = new double[] {lanes[path], lanes[16 + path]};
        }
        return noise;
    }

    @Test
    void gradient_isThatOfDifferencesOnTheSameNoise() {
        for (Method method : Method.values()) {
            int bridges = 6;
            PathParameters parameters = parameters(method, bridges);
            AnnealedPaths paths = AnnealedPaths.forTraining(new BentTarget(), method, bridges, PATHS);
            double[] gradient = paths.gradient(parameters, RANDOM, 3);
            for (int k = 0; k < gradient.length; k++) {
                double difference = (shifted(paths, parameters, k, 1e-5) - shifted(paths, parameters, k, -1e-5)) / 2e-5;
                assertThat(gradient[k]).as("%s parameter %d", method, k).isCloseTo(difference, within(1e-6 * (1 + Math.abs(difference))));
            }
        }
    }

    private static double shifted(AnnealedPaths paths, PathParameters parameters, int k, double by) {
        double[] flat = parameters.flat();
        flat[k] += by;
        paths.run(parameters.unflatten(flat), RANDOM, 3);
        return paths.meanLogWeight();
    }

    @Test
    void temperatures_ofEqualIncrementsAreEven_andOthersRise() {
        for (int bridges : new int[] {1, 5, 32, 100}) {
            double[] betas = Bridges.temperatures(Bridges.even(bridges), bridges);
            for (int k = 0; k < bridges; k++) {
                assertThat(betas[k]).isCloseTo((k + 1.0) / (bridges + 1), within(1e-14));
            }
        }
        assertThat(Bridges.temperatures(new double[] {1, 2, 5}, 2)).containsExactly(0.125, 0.375);
    }
}
