package io.driftwood.inference.model.bijector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bijector: there and back, log-Jacobian against the determinant of differences, and its derivatives against differences. */
class BijectorsTest {

    private static final int STRIDE = 16;

    private final Scratch scratch = new Scratch();

    static Stream<Arguments> bijectors() {
        return Stream.of(
                Arguments.of("identity", new Identity()),
                Arguments.of("exponential", new Exponential()),
                Arguments.of("softplus", new Softplus()),
                Arguments.of("interval", new Interval(-3, 0.5)),
                Arguments.of("simplex of 2", new Simplex(2)),
                Arguments.of("simplex of 5", new Simplex(5)),
                Arguments.of("correlation of 2", new CorrelationCholesky(2)),
                Arguments.of("correlation of 4", new CorrelationCholesky(4)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bijectors")
    void pointsComeBackAndColumnsAreThePoints(String name, Bijector bijector) {
        int m = bijector.unconstrainedSize();
        double[] z = points(bijector, 1.5);
        double[] x = new double[bijector.constrainedSize() * STRIDE + 3];
        bijector.constrain(z, 0, x, 3, STRIDE, scratch);
        assertThat(bijector.constrainedNames("p")).hasSize(bijector.constrainedSize()).doesNotHaveDuplicates();
        for (int i = 0; i < STRIDE; i++) {
            double[] point = point(z, m, i);
            double[] constrained = constrain(bijector, point);
            for (int k = 0; k < constrained.length; k++) {
                assertThat(constrained[k]).isEqualTo(x[3 + k * STRIDE + i]);
            }
            double[] back = new double[m];
            bijector.unconstrain(constrained, 0, back, 0);
            for (int j = 0; j < m; j++) {
                assertThat(back[j]).isCloseTo(point[j], within(1e-10 * (1 + Math.abs(point[j]))));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bijectors")
    void logJacobianIsTheLogDeterminantOfDifferences(String name, Bijector bijector) {
        int m = bijector.unconstrainedSize();
        double[] z = points(bijector, 1.5);
        double[] log = new double[STRIDE];
        bijector.addLogJacobian(z, 0, STRIDE, log, null, scratch);
        for (int i = 0; i < STRIDE; i++) {
            DMatrixRMaj jacobian = new DMatrixRMaj(m, m);
            for (int j = 0; j < m; j++) {
                double[] up = constrain(bijector, moved(point(z, m, i), j, 1e-4));
                double[] down = constrain(bijector, moved(point(z, m, i), j, -1e-4));
                double[] up2 = constrain(bijector, moved(point(z, m, i), j, 2e-4));
                double[] down2 = constrain(bijector, moved(point(z, m, i), j, -2e-4));
                for (int k = 0; k < m; k++) {
                    jacobian.set(k, j, (8 * (up[k] - down[k]) - (up2[k] - down2[k])) / 12e-4);
                }
            }
            assertThat(log[i]).isCloseTo(Math.log(Math.abs(CommonOps_DDRM.det(jacobian))), within(1e-8));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bijectors")
    void derivativesOfTheLogJacobianAreItsDifferences(String name, Bijector bijector) {
        double[] z = points(bijector, 1.5);
        double[] score = new double[z.length];
        bijector.addLogJacobian(z, 0, STRIDE, new double[STRIDE], score, scratch);
        double[] v = points(bijector, 1);
        double[] product = new double[z.length];
        bijector.addLogJacobianHessianVector(z, 0, STRIDE, v, product, scratch);
        double h = 1e-5;
        double[] up = new double[STRIDE];
        double[] down = new double[STRIDE];
        double[] scoreUp = new double[z.length];
        double[] scoreDown = new double[z.length];
        bijector.addLogJacobian(along(z, v, h), 0, STRIDE, up, scoreUp, scratch);
        bijector.addLogJacobian(along(z, v, -h), 0, STRIDE, down, scoreDown, scratch);
        for (int i = 0; i < STRIDE; i++) {
            double slope = 0;
            for (int k = i; k < z.length; k += STRIDE) {
                slope += score[k] * v[k];
                assertThat(product[k]).isCloseTo((scoreUp[k] - scoreDown[k]) / (2 * h), within(1e-8));
            }
            assertThat(slope).isCloseTo((up[i] - down[i]) / (2 * h), within(1e-8));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bijectors")
    void pullBackIsTheTransposedJacobian(String name, Bijector bijector) {
        double[] z = points(bijector, 1.5);
        double[] v = points(bijector, 1);
        int k = bijector.constrainedSize();
        double[] g = new double[k * STRIDE];
        Randomness.of(3, name).normals(1, Purpose.USER, 0, g, 0, g.length);
        double[] score = new double[z.length];
        bijector.addPullBack(z, 0, g, 0, score, STRIDE, scratch);
        double h = 1e-5;
        double[] up = new double[k * STRIDE];
        double[] down = new double[k * STRIDE];
        bijector.constrain(along(z, v, h), 0, up, 0, STRIDE, scratch);
        bijector.constrain(along(z, v, -h), 0, down, 0, STRIDE, scratch);
        for (int i = 0; i < STRIDE; i++) {
            double forwards = 0; // g . (J v)
            double backwards = 0; // (Jᵀ g) . v
            for (int at = i; at < g.length; at += STRIDE) {
                forwards += g[at] * (up[at] - down[at]) / (2 * h);
            }
            for (int at = i; at < z.length; at += STRIDE) {
                backwards += score[at] * v[at];
            }
            assertThat(backwards).isCloseTo(forwards, within(1e-8 * (1 + Math.abs(forwards))));
        }
    }

    @Test
    void scalarDerivativesAreDifferences() {
        bijectors().map(a -> a.get()[1]).filter(ScalarBijector.class::isInstance).map(ScalarBijector.class::cast).forEach(bijector -> {
            double[] z = points(bijector, 2);
            double[] first = new double[STRIDE];
            double[] second = new double[STRIDE];
            bijector.derivatives(z, 0, STRIDE, first, second, scratch);
            double h = 1e-4;
            for (int i = 0; i < STRIDE; i++) {
                double up = constrain(bijector, new double[] {z[i] + h})[0];
                double at = constrain(bijector, new double[] {z[i]})[0];
                double down = constrain(bijector, new double[] {z[i] - h})[0];
                assertThat(first[i]).isCloseTo((up - down) / (2 * h), within(1e-7 * (1 + Math.abs(first[i]))));
                assertThat(second[i]).isCloseTo((up - 2 * at + down) / (h * h), within(1e-6 * (1 + Math.abs(second[i]))));
            }
        });
    }

    @Test
    void aSimplexAddsUpToOneAndZeroIsItsCentre() {
        Simplex simplex = new Simplex(4);
        assertThat(constrain(simplex, new double[3])).usingComparatorWithPrecision(1e-15).containsExactly(0.25, 0.25, 0.25, 0.25);
        assertThat(Arrays.stream(constrain(simplex, new double[] {-40, 3, 12})).sum()).isCloseTo(1, within(1e-15));
        assertThat(constrain(simplex, new double[] {900, -900, 900})).usingComparatorWithPrecision(1e-15).containsExactly(1, 0, 0, 0);
    }

    @Test
    void aCorrelationFactorHasUnitRows() {
        CorrelationCholesky factor = new CorrelationCholesky(4);
        double[] x = constrain(factor, new double[] {0.3, -1, 2, 0.1, 0.2, -0.4});
        int at = 0;
        for (int i = 1; i < 4; i++) {
            double squares = 0;
            for (int j = 0; j < i; j++, at++) {
                squares += x[at] * x[at];
            }
            assertThat(squares).isLessThan(1);
        }
        assertThat(constrain(new CorrelationCholesky(2), new double[] {0.7})[0]).isCloseTo(Math.tanh(0.7), within(1e-15));
    }

    @Test
    void sizesThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new Simplex(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CorrelationCholesky(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Interval(1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Interval(0, Double.POSITIVE_INFINITY)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double[] points(Bijector bijector, double spread) {
        double[] z = new double[bijector.unconstrainedSize() * STRIDE];
        Randomness.of(7, "bijectors").normals((long) (10 * spread), Purpose.USER, 0, z, 0, z.length);
        for (int k = 0; k < z.length; k++) {
            z[k] *= spread;
        }
        return z;
    }

    private static double[] point(double[] z, int m, int i) {
        double[] point = new double[m];
        for (int j = 0; j < m; j++) {
            point[j] = z[j * STRIDE + i];
        }
        return point;
    }

    private static double[] moved(double[] point, int j, double h) {
        double[] moved = point.clone();
        moved[j] += h;
        return moved;
    }

    private static double[] along(double[] z, double[] v, double h) {
        double[] moved = z.clone();
        for (int k = 0; k < z.length; k++) {
            moved[k] += h * v[k];
        }
        return moved;
    }

    private double[] constrain(Bijector bijector, double[] point) {
        double[] x = new double[bijector.constrainedSize()];
        bijector.constrain(point, 0, x, 0, 1, scratch);
        return x;
    }
}
