package io.driftwood.inference.denoise;

import static io.driftwood.inference.denoise.DenoisingRuns.correlated;
import static io.driftwood.inference.denoise.DenoisingRuns.run;
import static io.driftwood.inference.denoise.DenoisingRuns.uncorrelated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianMixture;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamingDenoiserTest {

    private static final double[] NO_NOISE_BUT_ONE = {1};
    private final Scratch scratch = new Scratch();

    /** Prior N(-3, 1)/5 + 4 N(3, 1)/5 and sigma = 3; twelve numbers from an independent implementation with 50 digits. */
    @Test
    void threeSteps_giveTheNumbersByHand() {
        GaussianMixture mixture = GaussianMixture.isotropic(new double[] {0.2, 0.8}, new double[][] {{-3}, {3}}, 1);
        StreamingDenoiser denoiser = new StreamingDenoiser(DenoisingPrior.of(mixture), Channel.NORMAL, 1);
        DenoisingState state = denoiser.newState();
        Denoised out = denoiser.newAnswer();
        double[] y = {4.1, -2.3, 0.4};
        double[][] expected = {
            {2.9970747568, 1.4970442025, 0.9790879179, -2.3327407943},
            {2.1977828948, 2.7052230965, 0.9143631823, -5.8077399798},
            {2.0876226376, 2.1861822455, 0.9231754010, -8.1289602834},
        };
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            denoiser.step(state, new double[] {y[i]}, new double[] {3}, denoiser.newState(), out, scratch);
            sum += out.logPredictive;
            assertThat(new double[] {out.mean[0], out.variances[0], out.modes[1], out.logEvidence}).containsExactly(expected[i], within(1e-10));
            assertThat(sum).isCloseTo(expected[i][3], within(1e-10));
            assertThat(out.noise[0]).isCloseTo(3 / Math.sqrt(i + 1), within(1e-12));
            assertThat(out.measurements).isEqualTo(i + 1);
        }
        // the score of the third measurement given the others, sigma^-2 (E[x | y_1..y_3] - y_3)
        assertThat((out.mean[0] - 0.4) / 9).isCloseTo(0.1875136264, within(1e-10));
    }

    /** log q_(sigma/sqrt m)(c) - (d (m-1)/2) log 2 pi sigma^2 - (d/2) log m - R/2, and the posterior of the smoothed mixture at c. */
    @ParameterizedTest
    @MethodSource("io.driftwood.inference.denoise.DenoisingRuns#mixtures")
    void oneNoiseScale_agreesWithTheBatchFormula(GaussianMixture mixture) {
        double sigma = 1.7;
        int m = 6;
        double[][] rows = Randoms.rows(m, 3, 31);
        StreamingDenoiser denoiser = new StreamingDenoiser(DenoisingPrior.of(mixture), Channel.NORMAL, 1);
        DenoisingState state = denoiser.newState();
        Denoised out = run(denoiser, state, rows, new double[][] {{sigma}});

        Particles centre = new Particles(1, 3);
        double squares = 0;
        for (int j = 0; j < 3; j++) {
            int column = j;
            centre.set(j, 0, Arrays.stream(rows).mapToDouble(row -> row[column]).average().orElseThrow());
            for (double[] row : rows) {
                squares += (row[j] - centre.get(j, 0)) * (row[j] - centre.get(j, 0));
            }
        }
        centre.pad();
        double variance = sigma * sigma / m;
        double[] logDensity = new double[8];
        double[] mean = new double[24];
        double[] variances = new double[24];
        double[] covariance = new double[9];
        double[] own = new double[9];
        mixture.evaluate(centre, variance, logDensity, null, scratch);
        mixture.posteriorVariances(centre, variance, mean, variances, scratch);
        mixture.posteriorCovariance(centre, 0, variance, covariance, scratch);
        denoiser.covariance(state, own, scratch);

        double logEvidence = logDensity[0] - 1.5 * (m - 1) * Math.log(2 * Math.PI * sigma * sigma) - 1.5 * Math.log(m) - squares / (2 * sigma * sigma);
        assertThat(out.logEvidence).isCloseTo(logEvidence, within(1e-11));
        for (int j = 0; j < 3; j++) {
            assertThat(out.mean[j]).isCloseTo(mean[j * 8], within(1e-12));
            assertThat(out.variances[j]).isCloseTo(variances[j * 8], within(1e-12));
        }
        assertThat(own).containsExactly(covariance, within(1e-12));
    }

    /** Noise that differs between measurements and coordinates, some of them missing: a quadrature over a grid is the judge. */
    @Test
    void unequalAndMissing_agreeWithQuadrature() {
        GaussianMixture mixture = GaussianMixture.full(new double[] {0.4, 0.6}, new double[][] {{-1, 0}, {1.5, 1}}, new double[][] {{1, 0.6, 0.6, 1}, {0.5, -0.2, -0.2, 0.8}});
        double[][] rows = {{0.5, Double.NaN}, {Double.NaN, 1.2}, {1.1, -0.3}, {Double.NaN, Double.NaN}};
        double[][] noises = {{0.9, 1}, {1, 0.7}, {1.4, 2.1}, {1, 1}};
        StreamingDenoiser denoiser = new StreamingDenoiser(DenoisingPrior.of(mixture), Channel.NORMAL, 1);
        DenoisingState state = denoiser.newState();
        Denoised out = run(denoiser, state, rows, noises);

        int points = 240;
        Particles grid = new Particles(points * points, 2);
        for (int i = 0; i < grid.size; i++) {
            grid.set(0, i, -6 + 12.0 * (i % points) / (points - 1));
            grid.set(1, i, -6 + 12.0 * (i / points) / (points - 1));
        }
        double[] logPrior = new double[grid.stride];
        mixture.evaluate(grid, 0, logPrior, null, scratch);
        double mass = 0;
        double[] first = new double[2];
        double product = 0;
        for (int i = 0; i < grid.size; i++) {
            double log = logPrior[i];
            for (int r = 0; r < rows.length; r++) {
                for (int j = 0; j < 2; j++) {
                    double z = (rows[r][j] - grid.get(j, i)) / noises[r][j];
                    log += Double.isNaN(z) ? 0 : -0.5 * z * z - Math.log(noises[r][j] * Math.sqrt(2 * Math.PI));
                }
            }
            double weight = Math.exp(log) * 144.0 / ((points - 1) * (points - 1));
            mass += weight;
            first[0] += weight * grid.get(0, i);
            first[1] += weight * grid.get(1, i);
            product += weight * grid.get(0, i) * grid.get(1, i);
        }
        double[] covariance = new double[4];
        denoiser.covariance(state, covariance, scratch);
        assertThat(out.logEvidence).isCloseTo(Math.log(mass), within(1e-9));
        assertThat(out.mean).containsExactly(new double[] {first[0] / mass, first[1] / mass}, within(1e-9));
        assertThat(covariance[1]).isCloseTo(product / mass - first[0] * first[1] / (mass * mass), within(1e-9));
        assertThat(covariance[2]).isCloseTo(covariance[1], within(1e-15));
        assertThat(out.logPredictive).as("a measurement of nothing").isZero();
    }

    /** A full mixture without correlations takes the long way to the same answer. */
    @Test
    void fullAndDiagonalWays_agree() {
        double[][] rows = Randoms.rows(5, 3, 33);
        rows[2][1] = Double.NaN;
        double[][] noises = {{0.5, 1, 2}, {3, 0.2, 1}};
        DenoisingPrior[] priors = {DenoisingPrior.of(uncorrelated()), new FullPrior(uncorrelated())};
        Denoised[] out = new Denoised[2];
        double[][] covariances = new double[2][9];
        for (int p = 0; p < 2; p++) {
            StreamingDenoiser denoiser = new StreamingDenoiser(priors[p], Channel.NORMAL, 1);
            DenoisingState state = denoiser.newState();
            out[p] = run(denoiser, state, rows, noises);
            denoiser.covariance(state, covariances[p], scratch);
        }
        assertThat(priors[0]).isInstanceOf(DiagonalPrior.class);
        assertThat(out[1].logEvidence).isCloseTo(out[0].logEvidence, within(1e-12));
        assertThat(out[1].mean).containsExactly(out[0].mean, within(1e-12));
        assertThat(out[1].variances).containsExactly(out[0].variances, within(1e-12));
        assertThat(out[1].modes).containsExactly(out[0].modes, within(1e-12));
        assertThat(covariances[1]).containsExactly(covariances[0], within(1e-12));
    }

    /** Precisions that differ in the last digits only take the long way. */
    @Test
    void evenAndUnevenPrecisions_agree() {
        DenoisingPrior prior = DenoisingPrior.of(correlated());
        double[] centre = {0.3, -1, 2};
        Denoised even = new Denoised(3, 2);
        Denoised uneven = new Denoised(3, 2);
        for (double precision : new double[] {0, 1e-3, 0.7, 50}) {
            double[] nearly = {precision, precision * (1 + 1e-14) + 1e-300, precision};
            double a = prior.condition(new double[] {precision, precision, precision}, centre, even.modes, even.mean, even.variances, scratch);
            double b = prior.condition(nearly, centre, uneven.modes, uneven.mean, uneven.variances, scratch);
            assertThat(a).isCloseTo(b, within(1e-11));
            assertThat(even.modes).containsExactly(uneven.modes, within(1e-11));
            assertThat(even.mean).containsExactly(uneven.mean, within(1e-11));
            assertThat(even.variances).containsExactly(uneven.variances, within(1e-11));
        }
    }

    /** Measurements around 10^8 with noise 1: sums of squares would have lost all digits of the scatter. */
    @Test
    void farFromZero_nothingCancels() {
        double[][] rows = {{1e8 + 1}, {1e8 - 2}, {1e8 + 0.5}};
        StreamingDenoiser far = new StreamingDenoiser(DiagonalPrior.gaussian(new double[] {1e8}, new double[] {2}), Channel.NORMAL, 1);
        StreamingDenoiser near = new StreamingDenoiser(DiagonalPrior.gaussian(new double[] {0}, new double[] {2}), Channel.NORMAL, 1);
        double[][] moved = {{1}, {-2}, {0.5}};
        Denoised farAnswer = run(far, far.newState(), rows, new double[][] {NO_NOISE_BUT_ONE});
        Denoised nearAnswer = run(near, near.newState(), moved, new double[][] {NO_NOISE_BUT_ONE});
        assertThat(farAnswer.logEvidence).isCloseTo(nearAnswer.logEvidence, within(1e-6));
    }

    /** p(x | y_1..y_m) ~ w_a prod_i p(y_i | x_a), and every pattern's probability by enumeration. */
    @Test
    void signs_agreeWithEnumeration() {
        double[][] patterns = {{1, 1, -1, 1}, {-1, 1, 1, 1}, {-1, -1, -1, 1}, {1, -1, 1, -1}};
        double[] weights = {1, 2, 3, 4};
        double[] alphas = {0.3, 1.1, 0.6};
        double[][] rows = {{1, -1, -1, 1}, {1, 1, Double.NaN, -1}, {-1, 1, -1, 1}};
        StreamingDenoiser denoiser = new StreamingDenoiser(DiagonalPrior.patterns(patterns, weights), Channel.SIGNS, 1);
        Denoised out = run(denoiser, denoiser.newState(), rows, new double[][] {{alphas[0]}, {alphas[1]}, {alphas[2]}});

        double[] probability = new double[4];
        double evidence = 0;
        for (int a = 0; a < 4; a++) {
            probability[a] = weights[a] / 10;
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 4; j++) {
                    double kept = 1 / (1 + Math.exp(-2 * alphas[i]));
                    probability[a] *= Double.isNaN(rows[i][j]) ? 1 : rows[i][j] == patterns[a][j] ? kept : 1 - kept;
                }
            }
            evidence += probability[a];
        }
        assertThat(out.logEvidence).isCloseTo(Math.log(evidence), within(1e-12));
        for (int j = 0; j < 4; j++) {
            double mean = 0;
            for (int a = 0; a < 4; a++) {
                mean += probability[a] / evidence * patterns[a][j];
            }
            assertThat(out.mean[j]).isCloseTo(mean, within(1e-12));
            assertThat(out.variances[j]).isCloseTo(1 - mean * mean, within(1e-12));
        }
        assertThat(out.noise[0]).isCloseTo(2.0, within(1e-12));
        assertThat(out.noise[2]).isCloseTo(0.9, within(1e-12));
    }

    /** Atoms without a kernel: probabilities by Bayes' rule. */
    @Test
    void atoms_areWeighedByTheirLikelihood() {
        double[][] atoms = {{0, 0}, {1, 2}, {-1, 0.5}};
        double[] weights = {0.5, 0.3, 0.2};
        double[][] rows = {{0.4, 1}, {0.9, 1.5}};
        StreamingDenoiser denoiser = new StreamingDenoiser(DiagonalPrior.atoms(atoms, weights, 0), Channel.NORMAL, 1);
        Denoised out = run(denoiser, denoiser.newState(), rows, new double[][] {{0.8}});
        double[] p = new double[3];
        double sum = 0;
        for (int a = 0; a < 3; a++) {
            p[a] = weights[a];
            for (double[] row : rows) {
                double square = Math.pow(row[0] - atoms[a][0], 2) + Math.pow(row[1] - atoms[a][1], 2);
                p[a] *= Math.exp(-square / (2 * 0.64)) / (2 * Math.PI * 0.64);
            }
            sum += p[a];
        }
        assertThat(out.logEvidence).isCloseTo(Math.log(sum), within(1e-12));
        assertThat(out.modes).containsExactly(new double[] {p[0] / sum, p[1] / sum, p[2] / sum}, within(1e-12));
        assertThat(out.mean[1]).isCloseTo((2 * p[1] + 0.5 * p[2]) / sum, within(1e-12));
    }

    /** 40000 draws: mean and covariance within six standard errors, false alarm below 1e-7 with a fixed seed. */
    @ParameterizedTest
    @MethodSource("io.driftwood.inference.denoise.DenoisingRuns#mixtures")
    void draws_haveThePosteriorsMoments(GaussianMixture mixture) {
        StreamingDenoiser denoiser = new StreamingDenoiser(DenoisingPrior.of(mixture), Channel.NORMAL, 1);
        DenoisingState state = denoiser.newState();
        Denoised out = run(denoiser, state, new double[][] {{0.3, Double.NaN, 0.2}, {-1, 0.4, Double.NaN}}, new double[][] {{2, 1, 1.5}});
        Particles x = new Particles(40_000, 3);
        double[] covariance = new double[9];
        denoiser.covariance(state, covariance, scratch);
        denoiser.draw(state, x, Randomness.of(36, "draws"), 0, scratch);
        for (int a = 0; a < 3; a++) {
            double bound = 6 * Math.sqrt(out.variances[a] / x.size);
            double sum = 0;
            for (int i = 0; i < x.size; i++) {
                sum += x.get(a, i);
            }
            assertThat(sum / x.size).isCloseTo(out.mean[a], within(bound));
            for (int b = 0; b < 3; b++) {
                double product = 0;
                for (int i = 0; i < x.size; i++) {
                    product += (x.get(a, i) - out.mean[a]) * (x.get(b, i) - out.mean[b]);
                }
                // the fourth moments of these mixtures are below four times those of a normal
                double error = 6 * 2 * Math.sqrt(2 * covariance[a * 3 + a] * covariance[b * 3 + b] / x.size);
                assertThat(product / x.size).isCloseTo(covariance[a * 3 + b], within(error));
            }
        }
        assertThat(covariance[0]).isCloseTo(out.variances[0], within(1e-12));
    }

    /** sqrt d tau (1 - (1 + sigma^2/(m tau^2))^(-1/2)), the distance of the laws of x and of E[x | y_1..y_m], is below sigma sqrt(d/m). */
    @Test
    void lawOfTheEstimate_isAsNearAsTheBoundSays() {
        double tau = 1.5;
        double sigma = 3;
        for (int m : List.of(1, 4, 64)) {
            StreamingDenoiser denoiser = new StreamingDenoiser(DiagonalPrior.gaussian(new double[] {0}, new double[] {tau}), Channel.NORMAL, 1);
            DenoisingState state = denoiser.newState();
            double[][] rows = new double[m][1];
            Arrays.setAll(rows, i -> new double[] {i == 0 ? m : 0});
            // the mean of the rows is 1, so the estimate is the gain; the estimate has standard deviation gain * sqrt(tau^2 + sigma^2/m)
            double gain = run(denoiser, state, rows, new double[][] {{sigma}}).mean[0];
            double distance = Math.abs(tau - gain * Math.sqrt(tau * tau + sigma * sigma / m));
            assertThat(distance).isCloseTo(tau * (1 - 1 / Math.sqrt(1 + sigma * sigma / (m * tau * tau))), within(1e-12));
            assertThat(distance * distance).isLessThanOrEqualTo(sigma * sigma / m);
        }
    }

    /** Noise so small that 1 + s Lambda of two coordinates cannot be multiplied: x is then the measurement, and the evidence the prior's density there. */
    @Test
    void tinyNoise_isNoTrouble() {
        int d = 11;
        double[] y = new double[d];
        double[][] means = new double[1][d];
        Arrays.fill(y, 0.5);
        StreamingDenoiser denoiser = new StreamingDenoiser(DenoisingPrior.of(GaussianMixture.isotropic(new double[] {1}, means, 2)), Channel.NORMAL, 1);
        Denoised out = run(denoiser, denoiser.newState(), new double[][] {y}, new double[][] {{1e-100}});
        assertThat(out.logEvidence).isCloseTo(-0.5 * d * (Math.log(2 * Math.PI * 4) + 0.0625), within(1e-10));
        assertThat(out.mean).containsOnly(0.5);
        assertThat(out.modes).containsExactly(1);
    }

    @Test
    void steps_allocateNothing() {
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        for (DenoisingPrior prior : new DenoisingPrior[] {DenoisingPrior.of(uncorrelated()), DenoisingPrior.of(correlated())}) {
            StreamingDenoiser denoiser = new StreamingDenoiser(prior, Channel.NORMAL, 1);
            DenoisingState state = denoiser.newState();
            DenoisingState spare = denoiser.newState();
            Denoised out = denoiser.newAnswer();
            double[] y = {1, 2, 3};
            double[] noise = {2};
            long least = Long.MAX_VALUE;
            // vector code allocates until the compiler has come to it, late on a busy machine
            long end = System.nanoTime() + 60_000_000_000L;
            while (least > 0 && System.nanoTime() < end) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 500; i++) {
                    denoiser.step(state, y, noise, spare, out, scratch);
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertThat(least).isZero();
        }
    }
}
