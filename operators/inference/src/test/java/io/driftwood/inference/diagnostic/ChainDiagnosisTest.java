package io.driftwood.inference.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainDiagnosisTest {

    /** Three chains of 101 draws, x_t = 0.6 x_(t-1) + u_t + 0.1 j, and what a transcript of the published algorithms in NumPy says of them. */
    @Test
    void theNumbersAreThoseOfThePublishedAlgorithms() {
        double[][] chains = new double[3][101];
        for (int j = 0; j < 3; j++) {
            double x = 0;
            for (int t = 0; t < 101; t++) {
                x = 0.6 * x + StrictMath.sin(12.9898 * (t + 1) + 78.233 * (j + 1)) * 43758.5453 % 1.0 + 0.1 * j;
                chains[j][t] = x;
            }
        }
        ChainDiagnosis all = ChainDiagnosis.of(chains);
        assertThat(EffectiveSampleSize.of(chains)).isCloseTo(68.53728314555711, within(1e-6));
        assertThat(EffectiveSampleSize.ofMean(chains)).isCloseTo(72.01773630950693, within(1e-6));
        assertThat(all.bulkSize()).isCloseTo(73.05203629177484, within(1e-6));
        assertThat(all.tailSize()).isCloseTo(143.93517725637955, within(1e-6));
        assertThat(all.rHat()).isCloseTo(1.0433624095147263, within(1e-8));
        assertThat(RHat.of(chains)).isCloseTo(1.0340458418717082, within(1e-8));
        assertThat(all.meanStandardError()).isCloseTo(0.10706965309148904, within(1e-8));
        assertThat(StandardErrors.ofQuantile(chains, 0.3)).isCloseTo(0.17944761095606265, within(1e-8));
        assertThat(StandardErrors.batchMeans(chains[0])).isCloseTo(0.1433906961460194, within(1e-8));
        assertThat(all.flag()).isEqualTo(Flag.OK);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16, 37})
    void theTransformGivesTheSumsOfProducts(int n) {
        double[] x = normals(n, 0);
        double[] fast = Autocovariance.of(x);
        double mean = Arrays.stream(x).average().orElseThrow();
        for (int t = 0; t < n; t++) {
            double sum = 0;
            for (int s = 0; s + t < n; s++) {
                sum += (x[s] - mean) * (x[s + t] - mean) / n;
            }
            assertThat(fast[t]).isCloseTo(sum, within(1e-14));
        }
    }

    /**
     * x_t = 0.9 x_(t-1) + e_t has tau = 19. The estimate's relative standard deviation is about 0.028 for half a million draws: 15 % is beyond 5.3 of them.
     */
    @Test
    void anAutoregressionHasItsAutocorrelationTime() {
        double[][] chains = new double[8][];
        for (int c = 0; c < 8; c++) {
            chains[c] = autoregression(0.9, 65_536, c);
        }
        double draws = 8 * 65_536;
        assertThat(draws / EffectiveSampleSize.of(chains)).isCloseTo(19, within(0.15 * 19));
        assertThat(Arrays.stream(chains).mapToDouble(EffectiveSampleSize::autocorrelationTime).average().orElseThrow()).isCloseTo(19, within(0.15 * 19));
        // sigma^2 (1 + phi) / (1 - phi) / S, the asymptotic variance of the mean
        double exact = Math.sqrt(19 / (1 - 0.81) / draws);
        assertThat(StandardErrors.ofMean(chains)).isCloseTo(exact, within(0.08 * exact));
        double batches = Math.sqrt(Arrays.stream(chains).mapToDouble(StandardErrors::batchMeans).map(e -> e * e).sum()) / 8;
        assertThat(batches).isCloseTo(exact, within(0.15 * exact));
        assertThat(RHat.rankNormalised(chains)).isBetween(0.9999, 1.001);
    }

    /** A series whose pairs of autocorrelations rise again: without the monotone sequence tau would be 15.3. */
    @Test
    void pairsThatRiseAgainCountAsTheOnesBefore() {
        double[] chain = new double[101];
        double x = 0;
        for (int t = 0; t < 101; t++) {
            x = 0.9 * x + StrictMath.sin(12.9898 * (t + 1)) * 43758.5453 % 1.0;
            chain[t] = x;
        }
        assertThat(EffectiveSampleSize.autocorrelationTime(chain)).isCloseTo(7.732934094553302, within(1e-7));
    }

    /** Draws that alternate are worth more than independent ones: tau = (1 - 0.5) / (1 + 0.5). */
    @Test
    void anAntitheticChainIsWorthMoreThanItsDraws() {
        double[] chain = autoregression(-0.5, 65_536, 3);
        assertThat(EffectiveSampleSize.autocorrelationTime(chain)).isCloseTo(1.0 / 3, within(0.05));
    }

    /** The standard error of the median of independent normals is sqrt(pi / 2S) to first order; that of the estimate is some percent of it. */
    @Test
    void theMedianOfIndependentNormalsHasItsStandardError() {
        double[][] chains = {normals(40_000, 1), normals(40_000, 2)};
        double exact = Math.sqrt(Math.PI / 2 / 80_000);
        assertThat(StandardErrors.ofQuantile(chains, 0.5)).isCloseTo(exact, within(0.15 * exact));
    }

    @Test
    void chainsThatDisagreeInLocationOrScaleAreSeen() {
        double[] a = normals(2000, 1);
        double[] b = normals(2000, 2);
        assertThat(RHat.rankNormalised(new double[][] {a, b})).isLessThan(1.01);
        assertThat(RHat.rankNormalised(new double[][] {a, Arrays.stream(b).map(x -> x + 1).toArray()})).isGreaterThan(1.1);
        assertThat(RHat.rankNormalised(new double[][] {a, Arrays.stream(b).map(x -> 3 * x).toArray()})).isGreaterThan(1.1);
        // A trend within every chain, which chains as they are agree on.
        double[][] drifting = new double[2][2000];
        for (int t = 0; t < 2000; t++) {
            drifting[0][t] = a[t] + 0.002 * t;
            drifting[1][t] = b[t] + 0.002 * t;
        }
        assertThat(RHat.of(drifting)).isLessThan(1.01);
        assertThat(RHat.rankNormalised(drifting)).isGreaterThan(1.1);
        assertThat(EffectiveSampleSize.bulk(new double[][] {a, Arrays.stream(b).map(x -> x + 1).toArray()})).isLessThan(40);
    }

    @Test
    void aChainThatDoesNotMoveIsFlagged_andNoException() {
        ChainDiagnosis constant = ChainDiagnosis.of(new double[][] {{2, 2, 2, 2, 2, 2, 2}, {2, 2, 2, 2, 2, 2, 2}});
        assertThat(constant.flag()).isEqualTo(Flag.CONSTANT);
        assertThat(constant.mean()).isEqualTo(2);
        assertThat(constant.standardDeviation()).isZero();
        assertThat(constant.rHat()).isNaN();
        assertThat(constant.bulkSize()).isNaN();
        assertThat(constant.tailSize()).isNaN();
        assertThat(constant.meanStandardError()).isNaN();
        assertThat(ChainDiagnosis.of(new double[][] {{1, 2, 3, Double.NaN, 5, 6, 7}}).flag()).isEqualTo(Flag.NOT_FINITE);
        assertThat(ChainDiagnosis.of(new double[][] {{1, 2, 3}}).flag()).isEqualTo(Flag.TOO_SHORT);
        assertThat(ChainDiagnosis.of(new double[0][]).flag()).isEqualTo(Flag.TOO_SHORT);
        assertThat(StandardErrors.batchMeans(new double[] {3, 3, 3, 3, 3})).isNaN();
        // Chains stuck at two places: not constant, and as bad as can be.
        ChainDiagnosis stuck = ChainDiagnosis.of(new double[][] {{1, 1, 1, 1, 1, 1, 1, 1}, {2, 2, 2, 2, 2, 2, 2, 2}});
        assertThat(stuck.rHat()).isInfinite();
        assertThat(stuck.flag()).isEqualTo(Flag.OK);
        assertThatThrownBy(() -> ChainDiagnosis.of(new double[][] {{1, 2, 3, 4, 5, 6}, {1, 2}})).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void equalDrawsShareTheirRank() {
        double[][] scores = RankNormal.scores(new double[][] {{5, 1}, {5, 9}});
        assertThat(scores[0][0]).isEqualTo(scores[1][0]).isCloseTo(RankNormal.normalQuantile((2.5 - 0.375) / 4.25), within(1e-15));
        assertThat(scores[0][1]).isCloseTo(-scores[1][1], within(1e-14));
        assertThat(RankNormal.normalQuantile(0.975)).isCloseTo(1.959963984540054, within(1e-14));
    }

    private static double[] autoregression(double phi, int n, int iteration) {
        double[] e = normals(n, iteration);
        double[] x = new double[n];
        double last = e[0] / Math.sqrt(1 - phi * phi);
        for (int t = 0; t < n; t++) {
            last = t == 0 ? last : phi * last + e[t];
            x[t] = last;
        }
        return x;
    }

    private static double[] normals(int n, int iteration) {
        double[] z = new double[n];
        Randomness.of(12, "chains").normals(1, Purpose.USER, iteration, z, 0, n);
        return z;
    }
}
