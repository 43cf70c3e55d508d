package io.driftwood.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every model of the catalogue must do. Statistical bounds are 5.5 standard errors (4e-8 each, fewer than 500 comparisons: a
 * correct suite fails with probability below 2e-5 over seeds); the seed is fixed.
 */
class ModelLawsTest {

    private static final double Z = 5.5;

    private final Scratch scratch = new Scratch();

    static Stream<ModelCase> cases() { return ModelCases.all(); }

    static Stream<ModelCase> batched() { return ModelCases.batched(); }

    static Stream<ModelCase> proper() { return ModelCases.proper(); }

    static Stream<ModelCase> improper() { return ModelCases.all().filter(c -> !c.model().hasProperPrior()); }

    @ParameterizedTest
    @MethodSource("cases")
    void logLikelihoodAddsUpOverRowsAndIsLinearInTheirWeights(ModelCase c) {
        Particles theta = c.particles(21, 1);
        Rows rows = c.rows(37);
        for (int r = 0; r < rows.count; r++) {
            rows.weights[r] = 1 / (1.0 + r);
        }
        double[] whole = filled(theta.stride, 3.0);
        double[] wholeScore = filled(theta.length(), -2.0);
        c.model().addLogLikelihood(theta, rows, 0, rows.count, whole, wholeScore, scratch);
        double[] parts = filled(theta.stride, 3.0);
        double[] partsScore = filled(theta.length(), -2.0);
        for (int r = 0; r < rows.count; r++) {
            double weight = rows.weights[r];
            rows.weights[r] = 1;
            double[] one = new double[theta.stride];
            double[] oneScore = new double[theta.length()];
            c.model().addLogLikelihood(theta, rows, r, r + 1, one, oneScore, scratch);
            addScaled(weight, one, parts);
            addScaled(weight, oneScore, partsScore);
        }
        assertClose(whole, parts, 1e-11);
        assertClose(wholeScore, partsScore, 1e-10);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aRowOfWeightZeroSaysNothingWhateverItHolds(ModelCase c) {
        Particles theta = c.particles(8, 1);
        Rows rows = c.rows(5);
        double[] expected = new double[theta.stride];
        c.model().addLogLikelihood(theta, rows, 0, 5, expected, null, scratch);
        double[] unknown = new double[c.model().rowWidth()];
        Arrays.fill(unknown, Double.NaN);
        rows.append(unknown, 0);
        double[] actual = new double[theta.stride];
        double[] score = new double[theta.length()];
        double[] product = new double[theta.length()];
        c.model().addLogLikelihood(theta, rows, 0, 6, actual, score, scratch);
        c.model().addLikelihoodHessianVector(theta, new double[theta.length()], rows, 0, 6, product, scratch);
        assertThat(actual).containsExactly(expected);
        assertThat(Arrays.stream(score).allMatch(Double::isFinite)).isTrue();
        assertThat(Arrays.stream(product).allMatch(Double::isFinite)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void logDensityIsTheSameWithAndWithoutScore(ModelCase c) {
        Particles theta = c.particles(21, 1);
        Rows rows = c.rows(37);
        double[] without = new double[theta.stride];
        c.model().addLogPrior(theta, without, null, scratch);
        c.model().addLogLikelihood(theta, rows, 0, 37, without, null, scratch);
        double[] with = new double[theta.stride];
        double[] score = new double[theta.length()];
        c.model().addLogPrior(theta, with, score, scratch);
        c.model().addLogLikelihood(theta, rows, 0, 37, with, score, scratch);
        assertThat(with).containsExactly(without);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aMissingValueInAnyFieldIsSeenInTheRow(ModelCase c) {
        double[] complete = c.observation(c.particles(1, 1), 0, 1);
        double[] row = new double[c.model().rowWidth()];
        c.model().encode(complete, row);
        assertThat(Arrays.stream(row).noneMatch(Double::isNaN)).as("complete row").isTrue();
        for (int field = 0; field < complete.length; field++) {
            double[] values = complete.clone();
            values[field] = Double.NaN;
            c.model().encode(values, row);
            assertThat(Arrays.stream(row).anyMatch(Double::isNaN)).as("without %s", c.model().fields().get(field)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void parametersGoToTheLineAndBack(ModelCase c) {
        ParameterSpace space = c.model().parameters();
        Particles theta = c.particles(9, 1);
        int k = space.parameters().size();
        double[] columns = new double[k * theta.stride];
        space.constrain(theta, columns, scratch);
        for (int i = 0; i < theta.size; i++) {
            double[] z = new double[space.dimension()];
            double[] x = new double[k];
            for (int j = 0; j < z.length; j++) {
                z[j] = theta.get(j, i);
            }
            space.constrain(z, x);
            for (int j = 0; j < k; j++) {
                assertThat(x[j]).isEqualTo(columns[j * theta.stride + i]);
            }
            double[] back = new double[z.length];
            space.unconstrain(x, back);
            assertClose(back, z, 1e-9);
        }
        assertThat(space.unconstrainedNames()).hasSize(space.dimension()).doesNotHaveDuplicates();
        assertThat(space.parameters()).doesNotHaveDuplicates();
    }

    /** E[d/dz log p(z)] = 0 for z from p. Heavy-tailed scores would void the normal bound; those of the cases have four moments. */
    @ParameterizedTest
    @MethodSource("proper")
    void scoreOfThePriorHasMeanZeroUnderThePrior(ModelCase c) {
        int n = 20_000;
        Particles theta = c.particles(n, 7);
        double[] score = new double[theta.length()];
        c.model().addLogPrior(theta, new double[theta.stride], score, scratch);
        for (int j = 0; j < theta.dimension; j++) {
            assertMeanZero(score, j * theta.stride, n, "score of " + c.model().parameters().unconstrainedNames().get(j));
        }
    }

    /** E_y[d/dz log p(y | z)] = 0 for y simulated from z: simulate and the likelihood tell the same story. */
    @ParameterizedTest
    @MethodSource("cases")
    void scoreOfTheLikelihoodHasMeanZeroUnderSimulatedData(ModelCase c) {
        int n = 4_000;
        Particles theta = c.particles(1, 11);
        double[][] scores = new double[theta.dimension][n];
        double[] row = new double[c.model().rowWidth()];
        for (int r = 0; r < n; r++) {
            c.model().encode(c.observation(theta, 0, r), row);
            Rows rows = new Rows(row.length);
            rows.append(row, 1);
            double[] score = new double[theta.length()];
            c.model().addLogLikelihood(theta, rows, 0, 1, new double[theta.stride], score, scratch);
            for (int j = 0; j < theta.dimension; j++) {
                scores[j][r] = score[j * theta.stride];
            }
        }
        for (int j = 0; j < theta.dimension; j++) {
            assertMeanZero(scores[j], 0, n, "score of " + c.model().parameters().unconstrainedNames().get(j));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void predictedMeanIsTheMeanOfSimulatedResponses(ModelCase c) {
        int n = 4_000;
        Particles theta = c.particles(1, 12);
        double[] difference = new double[n];
        double[] mean = new double[theta.stride];
        for (int r = 0; r < n; r++) {
            double[] values = c.observation(theta, 0, r);
            double y = values[0];
            values[0] = Double.NaN;
            c.model().predictMean(theta, values, mean, scratch);
            difference[r] = y - mean[0];
        }
        assertMeanZero(difference, 0, n, "y - E[y]");
    }

    @ParameterizedTest
    @MethodSource("proper")
    void drawsOfThePriorAreDecidedByTheirAddress(ModelCase c) {
        assertThat(c.particles(9, 3).values).containsExactly(c.particles(9, 3).values);
        assertThat(c.particles(9, 3).values).isNotEqualTo(c.particles(9, 4).values);
    }

    @ParameterizedTest
    @MethodSource("improper")
    void anImproperPriorCannotBeSampled(ModelCase c) {
        assertThatThrownBy(() -> c.model().samplePrior(new Particles(4, c.model().parameters().dimension()), c.random(), 0, scratch))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @MethodSource("batched")
    void hotPathAllocatesNothing(ModelCase c) {
        Particles theta = c.particles(64, 1);
        Rows rows = c.rows(37);
        double[] density = new double[theta.stride];
        double[] score = new double[theta.length()];
        double[] out = new double[theta.length()];
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5000 && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int repetition = 0; repetition < 10; repetition++) {
                c.model().addLogPrior(theta, density, score, scratch);
                c.model().addLogLikelihood(theta, rows, 0, 37, density, score, scratch);
                c.model().addPriorHessianVector(theta, score, out, scratch);
                c.model().addLikelihoodHessianVector(theta, score, rows, 0, 37, out, scratch);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
    }

    private static void assertMeanZero(double[] x, int offset, int n, String what) {
        double mean = 0;
        for (int i = 0; i < n; i++) {
            mean += x[offset + i] / n;
        }
        double variance = 0;
        for (int i = 0; i < n; i++) {
            variance += (x[offset + i] - mean) * (x[offset + i] - mean) / n;
        }
        assertThat(mean).as(what).isCloseTo(0, within(Z * Math.sqrt(variance / n) + 1e-12));
    }

    private static double[] filled(int length, double value) {
        double[] a = new double[length];
        Arrays.fill(a, value);
        return a;
    }

    private static void addScaled(double factor, double[] a, double[] to) {
        for (int i = 0; i < a.length; i++) {
            to[i] += factor * a[i];
        }
    }

    private static void assertClose(double[] actual, double[] expected, double relative) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("[%d]", i).isCloseTo(expected[i], within(relative * (1 + Math.abs(expected[i]))));
        }
    }
}
