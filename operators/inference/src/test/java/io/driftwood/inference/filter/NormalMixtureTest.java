package io.driftwood.inference.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.StandardNormal;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Closed forms against quadrature. */
class NormalMixtureTest {

    private static final double[] MEANS = {-1, 0.5, 3};
    private static final double[] SDS = {0.5, 2, 0.3};

    private static NormalMixture mixture() {
        NormalMixture mixture = new NormalMixture(3);
        for (int i = 0; i < 3; i++) {
            mixture.set(i, MEANS[i], SDS[i] * SDS[i]);
        }
        return mixture;
    }

    /** The trapezium rule, whose error is far below what is asked for smooth functions that vanish at both ends. */
    private static double integral(double from, double to, DoubleUnaryOperator f) {
        int n = 200_000;
        double h = (to - from) / n;
        double sum = 0.5 * (f.applyAsDouble(from) + f.applyAsDouble(to));
        for (int k = 1; k < n; k++) {
            sum += f.applyAsDouble(from + k * h);
        }
        return sum * h;
    }

    private static double density(double y) {
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            sum += StandardNormal.density((y - MEANS[i]) / SDS[i]) / SDS[i] / 3;
        }
        return sum;
    }

    @Test
    void moments_areThoseOfTheDensity() {
        double mean = integral(-25, 25, y -> y * density(y));
        assertThat(mixture().mean()).isCloseTo(mean, within(1e-10));
        assertThat(mixture().sd()).isCloseTo(Math.sqrt(integral(-25, 25, y -> (y - mean) * (y - mean) * density(y))), within(1e-10));
    }

    /** crps = integral of (F(x) - 1{x >= y})^2. */
    @Test
    void rankedScore_isTheIntegralOfSquares() {
        NormalMixture mixture = mixture();
        for (double y : new double[] {-3, 0.4, 3.1, 8}) {
            double below = integral(-25, y, x -> Math.pow(mixture.probabilityTransform(x, 0), 2));
            double above = integral(y, 25, x -> Math.pow(1 - mixture.probabilityTransform(x, 0), 2));
            assertThat(mixture.rankedScore(y)).isCloseTo(below + above, within(1e-8));
        }
    }

    @Test
    void quantile_invertsTheTransform() {
        NormalMixture mixture = mixture();
        for (double level : new double[] {1e-6, 0.05, 0.5, 0.66, 0.95, 1 - 1e-6}) {
            assertThat(mixture.probabilityTransform(mixture.quantile(level), 0)).isCloseTo(level, within(1e-12));
        }
    }

    @Test
    void transform_staysInsideTheUnitInterval() {
        assertThat(mixture().probabilityTransform(-1e9, 0)).isPositive();
        assertThat(mixture().probabilityTransform(1e9, 0)).isLessThan(1);
    }
}
