package io.driftwood.inference.denoise.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.denoise.function.Denoiser;
import io.driftwood.inference.denoise.function.FittedDenoiser;
import io.driftwood.inference.denoise.function.RidgeDenoiser;
import io.driftwood.inference.denoise.walk.SequentialMeasurements;
import io.driftwood.inference.denoise.walk.Walk;
import io.driftwood.inference.denoise.walk.WalkJump;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianMixture;
import io.driftwood.inference.target.GaussianTarget;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** Normal data, for which the best denoiser is linear, f(y) = -(S + v I)^-1 (y - m), and its expected loss the trace of Cov(X|Y). */
class LearnedDenoisersTest {

    private static final GaussianTarget DATA = GaussianTarget.of(new double[] {1, -2}, new double[] {2, 0.9, 0.9, 1});
    private static final GaussianMixture PRIOR = GaussianMixture.full(new double[] {1}, new double[][] {DATA.mean()}, new double[][] {DATA.covariance()});
    private static final RidgeLearner.Options LINEAR = new RidgeLearner.Options(0, 1, 3, 0.3, 3, 1e-3, 200);

    private final Scratch scratch = new Scratch();

    private static Particles rows(int size, long seed) {
        Particles x = new Particles(size, 2);
        DATA.sample(x, Randomness.of(seed, "rows"), 0, Purpose.SIMULATE, 0, new Scratch());
        return x;
    }

    private RidgeDenoiser ridge(RidgeLearner.Options options, Particles rows) {
        RidgeLearner learner = new RidgeLearner("ridge", List.of("a", "b"), options, 91);
        double[] state = learner.start();
        for (int i = 0; i < rows.size; i++) {
            state = learner.learn(state, new double[] {rows.get(0, i), rows.get(1, i)}, scratch);
        }
        return learner.denoiser(state).orElseThrow();
    }

    /** Loss of a denoiser on fresh data over that of the exact posterior mean on the same: 1 is the least that can be expected. */
    private double excess(Denoiser denoiser, double sigma) {
        Particles x = rows(20_000, 92);
        Particles y = new Particles(x.size, 2);
        Randomness.of(93, "noise").normals(0, Purpose.NOISE, 0, y.values, 0, y.length());
        for (int at = 0; at < y.length(); at++) {
            y.values[at] = x.values[at] + sigma * y.values[at];
        }
        double[] mean = new double[y.length()];
        denoiser.posteriorMean(y, sigma * sigma, mean, scratch);
        double[] exact = new double[y.length()];
        PRIOR.posteriorMean(y, sigma * sigma, exact, scratch);
        double loss = 0;
        double least = 0;
        for (int at = 0; at < y.length(); at++) {
            loss += (mean[at] - x.values[at]) * (mean[at] - x.values[at]);
            least += (exact[at] - x.values[at]) * (exact[at] - x.values[at]);
        }
        // the least is tr Cov(X|Y) up to its own error, 20000 times two coordinates
        double[] covariance = new double[4];
        PRIOR.posteriorCovariance(y, 0, sigma * sigma, covariance, scratch);
        assertThat(least / x.size).isCloseTo(covariance[0] + covariance[3], within(6 * 0.01 * (covariance[0] + covariance[3])));
        return loss / least;
    }

    /** 3 weights a coordinate from 20000 rows: the loss is larger by 3/20000 in expectation, whose sixfold is still below 0.002; without noise of its own at every level it would not be. */
    @Test
    void ridgeOnNormalData_isTheLinearOracle() {
        RidgeDenoiser ridge = ridge(LINEAR, rows(20_000, 94));
        for (double sigma : new double[] {0.3, Math.sqrt(0.9), 3}) {
            assertThat(excess(ridge, sigma)).as("noise %s", sigma).isBetween(0.999, 1.002);
        }
        // between two levels the linear map is interpolated
        assertThat(excess(ridge, 0.55)).isBetween(0.999, 1.02);
    }

    /** The weights after n rows solve the normal equations of all rows since the burn-in. */
    @Test
    void recursiveLeastSquares_areRidgeRegressionOnAllRows() {
        RidgeLearner.Options options = new RidgeLearner.Options(5, 1, 1, 0.8, 0.8, 0.1, 10);
        RidgeLearner learner = new RidgeLearner("ridge", List.of("a", "b"), options, 95);
        Particles rows = rows(60, 96);
        double[] state = learner.start();
        for (int i = 0; i < rows.size; i++) {
            state = learner.learn(state, new double[] {rows.get(0, i), rows.get(1, i)}, scratch);
        }
        int p = 8;
        int inverse = 4;
        // P (ridge I + sum phi phi^T) = I, so P applied to ridge I + ... is the identity; the sum comes from the learner's own features through one more row
        double[] before = state.clone();
        double[] after = learner.learn(state.clone(), new double[] {0.3, -1.1}, scratch);
        double[] a = invert(before, inverse, p);
        double[] b = invert(after, inverse, p);
        double[] outer = new double[p * p];
        for (int k = 0; k < outer.length; k++) {
            outer[k] = b[k] - a[k];
        }
        // one row adds a matrix of rank one with a first feature of one: every entry is the product of its row's and its column's first
        for (int r = 0; r < p; r++) {
            for (int c = 0; c < p; c++) {
                assertThat(outer[r * p + c]).isCloseTo(outer[r * p] * outer[c], within(1e-6));
            }
        }
        assertThat(outer[0]).isCloseTo(1, within(1e-6));
        // and the weights move so that A W^T grows by phi target^T: its column of the first feature is the target itself, in every other column its multiple
        for (int j = 0; j < 2; j++) {
            double[] moved = new double[p];
            for (int r = 0; r < p; r++) {
                for (int c = 0; c < p; c++) {
                    moved[r] += b[r * p + c] * after[inverse + p * p + j * p + c] - a[r * p + c] * before[inverse + p * p + j * p + c];
                }
            }
            for (int r = 0; r < p; r++) {
                assertThat(moved[r]).isCloseTo(outer[r * p] * moved[0], within(1e-6));
            }
        }
    }

    private static double[] invert(double[] state, int offset, int p) {
        DMatrixRMaj matrix = DMatrixRMaj.wrap(p, p, Arrays.copyOfRange(state, offset, offset + p * p));
        CommonOps_DDRM.invert(matrix);
        return matrix.data;
    }

    /** Two modes, where no linear function serves: with cosines the loss comes within 5 % of the exact one. */
    @Test
    void cosines_learnWhatIsNotLinear() {
        GaussianMixture modes = GaussianMixture.isotropic(new double[] {0.4, 0.6}, new double[][] {{-2}, {2}}, 0.4);
        RidgeLearner learner = new RidgeLearner("ridge", List.of("a"), new RidgeLearner.Options(60, 0.5, 1, 1, 1, 1e-3, 200), 97);
        double[] state = learner.start();
        Particles rows = new Particles(8000, 1);
        modes.exactSampler().orElseThrow().sample(rows, Randomness.of(98, "rows"), 0, 0, scratch);
        for (int i = 0; i < rows.size; i++) {
            state = learner.learn(state, new double[] {rows.get(0, i)}, scratch);
        }
        Particles x = new Particles(4000, 1);
        modes.exactSampler().orElseThrow().sample(x, Randomness.of(99, "rows"), 0, 0, scratch);
        Particles y = new Particles(x.size, 1);
        Randomness.of(99, "noise").normals(0, Purpose.NOISE, 0, y.values, 0, y.length());
        double[] learned = new double[y.length()];
        double[] exact = new double[y.length()];
        LaneMath.get().axpy(1, x.values, 0, y.values, 0, y.length());
        learner.denoiser(state).orElseThrow().posteriorMean(y, 1, learned, scratch);
        modes.posteriorMean(y, 1, exact, scratch);
        LaneMath.get().axpy(-1, x.values, 0, learned, 0, y.length());
        LaneMath.get().axpy(-1, x.values, 0, exact, 0, y.length());
        double least = LaneMath.get().dot(exact, 0, exact, 0, x.size);
        assertThat(LaneMath.get().dot(learned, 0, learned, 0, x.size) / least).isBetween(0.99, 1.05);
        // the best line has 4.00/5.00 of the variance 4.00 of the data, 0.80
        assertThat(least / x.size).isLessThan(0.5);
    }

    @Test
    void perceptron_comesNearTheLeastLoss() {
        PerceptronTraining training = new PerceptronTraining(24, 1, 128, 500, 5e-3, 0.3, 3);
        PerceptronTraining.Result result = training.train(rows(5000, 99), Randomness.of(100, "training"), done -> {});
        for (double sigma : new double[] {0.3, 1, 3}) {
            assertThat(excess(result.denoiser(), sigma)).as("noise %s", sigma).isBetween(0.999, 1.02);
        }
        assertThat(training.train(rows(5000, 99), Randomness.of(100, "training"), done -> {}).losses()).containsExactly(result.losses());
    }

    /**
     * Walk-jump and sequential measurements with a learned score: jumps have the covariance S (S + v I)^-1 S, the sequential means nearly S. 10000 draws: six standard errors are 0.085 of a
     * variance, and 0.03 is for walks and fit.
     */
    @Test
    void samplersWithALearnedScore_haveTheLawOfTheExactOne() {
        Denoiser ridge = ridge(LINEAR, rows(20_000, 101));
        Particles x = rows(10_000, 102);
        new WalkJump(1, Walk.aboba(0.5, 1), 40, false).draw(ridge, x, Randomness.of(103, "walk"), 0, scratch);
        // S (S + I)^-1 S for S = [2 .9; .9 1]: (S + I)^-1 = [2 -.9; -.9 3] / 5.19
        double[] jumps = covariance(x);
        double[][] s = {{2, 0.9}, {0.9, 1}};
        double[][] inverse = {{2 / 5.19, -0.9 / 5.19}, {-0.9 / 5.19, 3 / 5.19}};
        for (int a = 0; a < 2; a++) {
            double expected = 0;
            for (int k = 0; k < 2; k++) {
                for (int l = 0; l < 2; l++) {
                    expected += s[a][k] * inverse[k][l] * s[l][a];
                }
            }
            assertThat(jumps[3 * a] / expected).isCloseTo(1, within(0.115));
        }
        Particles z = rows(10_000, 104);
        new SequentialMeasurements(2, 40, Walk.aboba(0.5, 1), 40, 4, false).draw(ridge, z, Randomness.of(105, "walk"), 0, scratch);
        double[] means = covariance(z);
        for (int a = 0; a < 2; a++) {
            // noise of variance 0.1 is left: S (S + 0.1 I)^-1 S is S - 0.1 I to second order
            assertThat(means[3 * a] / (s[a][a] - 0.1)).isCloseTo(1, within(0.115));
        }
    }

    private static double[] covariance(Particles x) {
        double[] mean = new double[2];
        double[] out = new double[4];
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < x.size; i++) {
                for (int a = 0; a < 2; a++) {
                    mean[a] += pass == 0 ? x.get(a, i) / x.size : 0;
                    for (int b = 0; pass == 1 && b < 2; b++) {
                        out[2 * a + b] += (x.get(a, i) - mean[a]) * (x.get(b, i) - mean[b]) / x.size;
                    }
                }
            }
        }
        return out;
    }

    /** The Hessian of a fitted score by differences, against the linear one -(S + v I)^-1. */
    @Test
    void hessianByDifferences_isThatOfTheLinearScore() {
        Denoiser ridge = ridge(LINEAR, rows(20_000, 106));
        Particles y = rows(8, 107);
        double[] direction = new double[16];
        Arrays.fill(direction, 0, 8, 1);
        double[] out = new double[16];
        double[] exact = new double[16];
        ridge.hessianVector(y, 0.9, direction, out, scratch);
        PRIOR.hessianVector(y, 0.9, direction, exact, scratch);
        assertThat(out).containsExactly(exact, within(0.02));
    }

    @Test
    void whatIsLearned_comesBackToTheBit() {
        Particles rows = rows(2000, 108);
        FittedDenoiser ridge = ridge(new RidgeLearner.Options(7, 1, 2, 0.3, 3, 1e-3, 50), rows);
        FittedDenoiser perceptron = new PerceptronTraining(8, 2, 16, 5, 1e-2, 0.3, 3).train(rows, Randomness.of(109, "training"), done -> {}).denoiser();
        Particles y = rows(9, 110);
        for (FittedDenoiser denoiser : List.of(ridge, perceptron)) {
            FittedDenoiser again = FittedDenoiser.read(denoiser.learned("it", 1, 0, Map.of()));
            double[] before = new double[y.length()];
            double[] after = new double[y.length()];
            denoiser.posteriorMean(y, 1, before, scratch);
            again.posteriorMean(y, 1, after, scratch);
            assertThat(after).containsExactly(before);
            assertThat(again.leastNoise()).isEqualTo(0.3);
        }
    }

    @Test
    void whatDoesNotFit_isRefusedWithTheReason() {
        Learned ridge = ridge(LINEAR, rows(300, 111)).learned("it", 1, 0, Map.of());
        Map<String, double[]> arrays = new TreeMap<>(ridge.arrays());
        arrays.put("weights", new double[5]);
        assertThatThrownBy(() -> FittedDenoiser.read(Learned.of("it", "ridge-denoiser", 1, 0, Map.of(), arrays)))
                .isInstanceOf(Learned.UnfitException.class).hasMessageContaining("'weights' where 18 are needed");
        assertThatThrownBy(() -> FittedDenoiser.read(Learned.of("it", "mixture", 1, 0, Map.of(), arrays))).hasMessageContaining("is of type 'mixture'");
        arrays.put("noise", new double[] {3, 0.3});
        assertThatThrownBy(() -> FittedDenoiser.read(Learned.of("it", "ridge-denoiser", 1, 0, Map.of(), arrays))).hasMessageContaining("noise from above 0 upwards");
    }
}
