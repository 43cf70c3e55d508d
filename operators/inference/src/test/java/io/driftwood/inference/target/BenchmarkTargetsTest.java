package io.driftwood.inference.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Table;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Benchmark targets against numbers computed elsewhere, all normalisers kept. */
class BenchmarkTargetsTest {

    private final Scratch scratch = new Scratch();

    @ParameterizedTest
    @CsvSource({"ionosphere.csv, 35, -107.42524134609644, -112.605321", "sonar.csv, 61, -110.55497, -111.4331"})
    void logisticRegressionHasThePublishedModeAndLaplaceEvidence(String file, int dimension, double mode, double laplace) throws Exception {
        Problem problem = build("logistic", "data", table(file), "standardise", true, "prior-sd", 1.0);
        Target target = problem.target();
        assertThat(target.dimension()).isEqualTo(dimension);
        LaplaceApproximation found = LaplaceApproximation.of(target, new double[dimension], scratch).orElseThrow();
        assertThat(densityAt(target, found.mode())).isCloseTo(mode, within(6e-6));
        assertThat(found.logEvidence()).isCloseTo(laplace, within(6e-5));
        assertThat(problem.reference().mean()).containsExactly(found.mode(), within(1e-6));
        assertThat(problem.names()).startsWith("intercept", "v1", "v2");
    }

    /** Each term written out with SciPy's densities, at b_g = 0.1 sin(g + 4), ... and two values of log tau. */
    @Test
    void seedsHasTheFormulasValue() {
        double[] z = new double[26];
        for (int j = 0; j < 26; j++) {
            z[j] = 0.1 * Math.sin(j + 1);
        }
        Problem centred = build("seeds", "effects", "centred");
        Problem standardised = build("seeds", "effects", "standardised");
        double[][] expected = {{1.3, -118.55148687696084}, {-1.0, -142.51941413581446}};
        for (double[] pair : expected) {
            z[25] = pair[0];
            assertThat(densityAt(centred.target(), z)).isCloseTo(pair[1], within(1e-10));
            double[] u = z.clone();
            for (int g = 4; g < 25; g++) {
                u[g] *= Math.exp(0.5 * pair[0]);
            }
            assertThat(densityAt(standardised.target(), u)).isCloseTo(pair[1] - 21 * 0.5 * pair[0], within(1e-10));
        }
        assertThat(centred.names()).startsWith("a0", "a1", "a12", "a2", "b1").endsWith("b21", "log tau");
        assertThat(standardised.names()).contains("z1", "z21");
    }

    /** SciPy's densities, five times, two of the observations missing. */
    @Test
    void brownianMotionHasTheFormulasValue() {
        Target target = build("brownian", "observations", column(0.2, Double.NaN, -0.1, 0.4, Double.NaN)).target();
        assertThat(densityAt(target, new double[] {-1.5, -0.7, 0.3, 0.1, -0.2, 0.5, 0.9})).isCloseTo(-11.371764581508716, within(1e-11));
        assertThat(densityAt(target, new double[] {0.8, -3, 0.3, 0.1, -0.2, 0.5, 0.9})).isCloseTo(-10.663091692021055, within(1e-11));
    }

    /**
     * Given both scales the path is normal, so that its integral over the path is exact by Laplace's method; and it is the evidence of the
     * Kalman filter of the same random walk.
     */
    @Test
    void theBrownianPathIntegratesToTheKalmanEvidence() {
        double[] y = new double[30];
        Randomness.of(9, "series").normals(0, Purpose.USER, 0, y, 0, 30);
        for (int t = 0; t < 30; t++) {
            y[t] = t >= 10 && t < 20 ? Double.NaN : 0.2 * y[t] + 0.02 * t;
        }
        Target target = build("brownian", "observations", column(y)).target();
        double walk = Math.log1p(Math.exp(-1.2));
        double noise = Math.log1p(Math.exp(-0.8));
        Target path = new Path30(target, -1.2, -0.8);
        double integral = LaplaceApproximation.of(path, new double[30], scratch).orElseThrow().logEvidence();
        assertThat(integral).isCloseTo(kalman(y, walk, noise) + logPrior(-1.2) + logPrior(-0.8), within(1e-9));
    }

    private static double logPrior(double u) {
        double s = Math.log1p(Math.exp(u));
        return -Math.log(s) - Math.log(2) - 0.5 * Math.log(2 * Math.PI) - Math.log(s) * Math.log(s) / 8 - Math.log1p(Math.exp(-u));
    }

    private static double kalman(double[] y, double walk, double noise) {
        double mean = 0;
        double variance = 0;
        double log = 0;
        for (double observation : y) {
            variance += walk * walk;
            if (observation == observation) {
                double total = variance + noise * noise;
                double error = observation - mean;
                log -= 0.5 * Math.log(2 * Math.PI * total) + 0.5 * error * error / total;
                mean += variance / total * error;
                variance *= noise * noise / total;
            }
        }
        return log;
    }

    /** The last 30 coordinates of a target, the first two held. */
    private record Path30(Target whole, double first, double second) implements Target {

        @Override
        public int dimension() { return 30; }

        @Override
        public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
            Particles all = widened(x);
            double[] wide = new double[all.length()];
            whole.evaluate(all, logDensity, wide, scratch);
            if (score != null) {
                System.arraycopy(wide, 2 * x.stride, score, 0, x.length());
            }
        }

        @Override
        public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) {
            double[] direction = new double[32 * x.stride];
            double[] wide = new double[32 * x.stride];
            System.arraycopy(v, 0, direction, 2 * x.stride, x.length());
            whole.hessianVector(widened(x), direction, wide, scratch);
            System.arraycopy(wide, 2 * x.stride, out, 0, x.length());
        }

        private Particles widened(Particles x) {
            Particles all = new Particles(x.size, 32);
            Arrays.fill(all.values, 0, x.stride, first);
            Arrays.fill(all.values, x.stride, 2 * x.stride, second);
            System.arraycopy(x.values, 0, all.values, 2 * x.stride, x.length());
            return all;
        }
    }

    /** SciPy's densities, three times, the middle observation missing. */
    @Test
    void theLorenzBridgeHasTheFormulasValue() {
        Problem problem = build("lorenz", "observations", column(0.2, Double.NaN, -0.4));
        double[] at = {0.5, -0.3, 0.8, 0.4, -0.1, 0.7, 0.3, 0.1, 0.7};
        assertThat(densityAt(problem.target(), at)).isCloseTo(-21.602799846558305, within(1e-10));
        assertThat(problem.names()).containsExactly("x0", "y0", "z0", "x1", "y1", "z1", "x2", "y2", "z2");
    }

    /** 100 speeds of light about N(700, 300^2) with sd 80, whose evidence is known; Laplace's method is exact for a normal posterior. */
    @Test
    void theEvidenceOfAConjugateModelIsTheNormaliser() throws Exception {
        Problem problem = build("posterior", "model", Settings.of("type", "normal-known-variance", "response", "speed_minus_299000_km_s", "sd", 80.0,
                "prior", Settings.of("mean", 700.0, "sd", 300.0)), "data", table("michelson_morley_1879.csv"));
        assertThat(problem.logNormaliser().orElseThrow()).isCloseTo(-582.1332785, within(1e-6));
        assertThat(LaplaceApproximation.of(problem.target(), new double[1], scratch).orElseThrow().logEvidence()).isCloseTo(-582.1332785, within(1e-6));
        assertThat(build("seeds", "effects", "centred").logNormaliser()).isEmpty();
    }

    /** The stated normaliser against a sum over a grid about the mode, in the axes of the Laplace approximation. */
    @ParameterizedTest
    @ValueSource(strings = {"proper", "lecture"})
    void oringHasItsNormaliser(String prior) {
        Problem problem = build("oring", "prior", prior);
        GaussianTarget laplace = problem.reference();
        double[] mean = laplace.mean();
        double[] lower = laplace.lower();
        int n = 401;
        double range = 14;
        double step = 2 * range / (n - 1);
        Particles grid = new Particles(n * n, 2);
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                double u = -range + a * step;
                double v = -range + b * step;
                grid.set(0, a * n + b, mean[0] + lower[0] * u);
                grid.set(1, a * n + b, mean[1] + lower[2] * u + lower[3] * v);
            }
        }
        grid.pad();
        double[] density = new double[grid.stride];
        problem.target().evaluate(grid, density, null, scratch);
        double sum = 0;
        for (int i = 0; i < grid.size; i++) {
            sum += Math.exp(density[i]);
        }
        double integral = Math.log(sum * step * step * lower[0] * lower[3]);
        assertThat(problem.logNormaliser().orElseThrow()).isCloseTo(integral, within(1e-6));
    }

    /** By adaptive quadrature. */
    @Test
    void theDoubleWellHasItsNormaliser() {
        assertThat(build("double-well", "dimension", 1L, "barrier", 5.0, "distance", 1.0).logNormaliser().orElseThrow())
                .isCloseTo(-0.18145137058752386, within(1e-12));
        assertThat(build("double-well", "dimension", 3L, "barrier", 1.0, "distance", 2.0).logNormaliser().orElseThrow())
                .isCloseTo(3 * 1.3730734234537318, within(1e-12));
    }

    /** The value with NumPy. Given the auxiliary variables, the Hessian is negative definite at the coupling precision and need not be below it. */
    @Test
    void theNeuronHasTheFormulasValueAndItsCoupling() {
        double[][] data = {{0.5, -1, 0.7}, {1.2, 0.3, -0.4}, {-0.6, 0.8, 0.2}};
        Neuron neuron = (Neuron) build("neuron", "data", Table.of(data), "gain", 2.0, "activation", "tanh", "prior-sd", 1.5);
        assertThat(densityAt(neuron.target(), new double[] {0.4, -0.9})).isCloseTo(-2.206948154444645, within(1e-12));
        assertThat(neuron.couplingPrecision()).isCloseTo(2 * 0.7 * 0.769800358919501, within(1e-12));
        assertThat(largestCurvature(neuron, neuron.couplingPrecision())).isNegative();
        Neuron steep = (Neuron) build("neuron", "data", Table.of(new double[][] {{3, 1}}), "gain", 20.0, "activation", "logistic", "prior-sd", 50.0);
        assertThat(steep.couplingPrecision()).isCloseTo(20 / (6 * Math.sqrt(3)), within(1e-12));
        assertThat(largestCurvature(steep, steep.couplingPrecision())).isNegative();
        assertThat(largestCurvature(steep, 0.98 * steep.couplingPrecision())).isPositive();
    }

    /** The largest of u^T (H - rho A^T A) u over random points and the coordinate directions, A the inputs. */
    private double largestCurvature(Neuron neuron, double rho) {
        int d = neuron.dimension();
        Particles w = GaussianMixtureTest.cloud(2000, d, 1);
        double largest = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < d; j++) {
            double[] unit = new double[w.length()];
            Arrays.fill(unit, j * w.stride, (j + 1) * w.stride, 1.0);
            double[] out = new double[w.length()];
            neuron.hessianVector(w, unit, out, scratch);
            double squares = Arrays.stream(neuron.inputs().column(j)).map(a -> a * a).sum();
            for (int i = 0; i < w.size; i++) {
                largest = Math.max(largest, out[j * w.stride + i] - rho * squares);
            }
        }
        return largest;
    }

    /** Bernoulli noise: the posterior mean by the definition, at a sum of three measurements. */
    @Test
    void patternsGivenMeasurementsHaveTheirPosteriorMean() {
        double[][] rows = {{1, 1}, {-1, 1}, {-1, -1}};
        double alpha = 0.7;
        Patterns patterns = new Patterns(rows, new double[] {1, 2, 3}, alpha);
        double[][] measured = {{1, 1}, {1, -1}, {1, 1}};
        double keep = 1 / (1 + Math.exp(-2 * alpha));
        double[] posterior = {1, 2, 3};
        for (int a = 0; a < 3; a++) {
            for (double[] y : measured) {
                for (int j = 0; j < 2; j++) {
                    posterior[a] *= y[j] == rows[a][j] ? keep : 1 - keep;
                }
            }
        }
        double total = Arrays.stream(posterior).sum();
        double[] mean = new double[16];
        patterns.posteriorMean(GaussianMixtureTest.points(new double[][] {{3, 1}}), mean, scratch);
        for (int j = 0; j < 2; j++) {
            int column = j;
            double expected = 0;
            for (int a = 0; a < 3; a++) {
                expected += posterior[a] / total * rows[a][column];
            }
            assertThat(mean[8 * j]).isCloseTo(expected, within(1e-13));
        }
    }

    @Test
    void aTemperedTargetIsScaledAsAWhole() {
        Target target = build("banana", "sd", 2.0, "bend", 0.4).target();
        TemperedTarget tempered = new TemperedTarget(target, 0.3);
        Particles x = GaussianMixtureTest.cloud(5, 2, 1);
        double[] density = new double[8];
        double[] score = new double[16];
        double[] product = new double[16];
        double[] out = new double[8];
        double[] outScore = new double[16];
        double[] outProduct = new double[16];
        target.evaluate(x, density, score, scratch);
        target.hessianVector(x, x.values, product, scratch);
        tempered.evaluate(x, out, outScore, scratch);
        tempered.hessianVector(x, x.values, outProduct, scratch);
        for (int k = 0; k < 16; k++) {
            assertThat(outScore[k]).isEqualTo(0.3 * score[k]);
            assertThat(outProduct[k]).isEqualTo(0.3 * product[k]);
            assertThat(out[k % 8]).isEqualTo(0.3 * density[k % 8]);
        }
        assertThatThrownBy(() -> tempered.at(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTableThatDoesNotFitIsAProblemOfItsKey() {
        assertThatThrownBy(() -> build("logistic", "data", column(0, 2), "standardise", true, "prior-sd", 1.0))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("label other than 0 and 1");
        assertThatThrownBy(() -> build("gaussian-mixture", "means", column(1, 2), "sd", column(1, 2, 3)))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("2 rows");
        assertThatThrownBy(() -> build("gaussian", "mean", List.of(0.0, 0.0), "sd", 1.0, "covariance", Table.of(new double[] {1, 2}, new double[] {2, 1})))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("positive definite");
        assertThatThrownBy(() -> build("ising", "couplings", Table.of(new double[] {0, 2}, new double[] {1, 0}), "field", 0.0))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("not symmetric");
        assertThatThrownBy(() -> build("patterns", "patterns", column(1, 0.5), "alpha", 1.0))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("-1 and 1");
        assertThatThrownBy(() -> build("posterior", "model", Settings.of("type", "oring", "prior", "lecture", "response", "failure", "temperature", "temp_f",
                "log-b", 15.62), "data", new Table(List.of("temp_f", "failure"), new double[][] {{66, 0}})))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("improper");
        assertThatThrownBy(() -> build("posterior", "model", Settings.of("type", "oring", "prior", "proper", "response", "failure", "temperature", "temp_f"),
                "data", new Table(List.of("temp", "failure"), new double[][] {{66, 0}})))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("no column temp_f");
    }

    private static Problem build(String type, Object... settings) {
        List<Object> all = new ArrayList<>(List.of("type", type));
        all.addAll(List.of(settings));
        return Targets.CATALOGUE.build(Settings.of(all.toArray()));
    }

    private double densityAt(Target target, double[] point) {
        Particles x = GaussianMixtureTest.points(new double[][] {point});
        double[] density = new double[x.stride];
        target.evaluate(x, density, null, scratch);
        return density[0];
    }

    private static Table column(double... values) {
        return Table.of(Arrays.stream(values).mapToObj(v -> new double[] {v}).toArray(double[][]::new));
    }

    private static Table table(String file) throws Exception {
        List<String> lines = Files.readAllLines(Path.of(BenchmarkTargetsTest.class.getResource("/data/" + file).toURI()));
        double[][] rows = lines.stream().skip(1)
                .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray()).toArray(double[][]::new);
        return new Table(List.of(lines.get(0).split(",")), rows);
    }
}
