package io.driftwood.inference.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmpiricalTest {

    private final Scratch scratch = new Scratch();

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 4})
    void itIsTheMixtureOfItsKernels(double v) {
        double[][] atoms = rows(21, 3);
        double[] weights = weights(21);
        Empirical empirical = Empirical.of(atoms, weights, 0.6);
        GaussianMixture mixture = GaussianMixture.isotropic(weights, atoms, 0.6);
        Particles y = GaussianMixtureTest.cloud(17, 3, 1.5);
        double[] density = new double[y.stride];
        double[] otherDensity = new double[y.stride];
        double[] out = new double[y.length()];
        double[] other = new double[y.length()];
        empirical.evaluate(y, v, density, out, scratch);
        mixture.evaluate(y, v, otherDensity, other, scratch);
        assertThat(density).containsExactly(otherDensity, within(1e-12));
        assertThat(out).containsExactly(other, within(1e-11));
        double[] direction = new double[y.length()];
        Randomness.of(1, "u").normals(0, Purpose.USER, 0, direction, 0, direction.length);
        empirical.hessianVector(y, v, direction, out, scratch);
        mixture.hessianVector(y, v, direction, other, scratch);
        assertThat(out).containsExactly(other, within(1e-10));
        double[] mean = new double[y.length()];
        double[] otherMean = new double[y.length()];
        empirical.posteriorVariances(y, v, mean, out, scratch);
        mixture.posteriorVariances(y, v, otherMean, other, scratch);
        assertThat(mean).containsExactly(otherMean, within(1e-12));
        assertThat(out).containsExactly(other, within(1e-12));
        empirical.posteriorMean(y, v, out, scratch);
        assertThat(out).containsExactly(mean);
        double[] covariance = new double[9];
        double[] otherCovariance = new double[9];
        empirical.posteriorCovariance(y, 4, v, covariance, scratch);
        mixture.posteriorCovariance(y, 4, v, otherCovariance, scratch);
        assertThat(covariance).containsExactly(otherCovariance, within(1e-12));
        Particles x = new Particles(y.size, 3);
        Particles otherX = new Particles(y.size, 3);
        empirical.posteriorDraw(y, v, x, Randomness.of(2, "draw"), 1, 1, scratch);
        mixture.posteriorDraw(y, v, otherX, Randomness.of(2, "draw"), 1, 1, scratch);
        assertThat(x.values).containsExactly(otherX.values, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 3", "40, 1, 7", "1000, 2, 12", "1000, 5, 30", "500, 3, 500"})
    void theTreeFindsTheNearest(int n, int d, int k) {
        Particles points = GaussianMixtureTest.points(rows(n, d));
        int wanted = Math.min(k, n);
        NearestAtoms.Search search = new NearestAtoms.Search(new NearestAtoms(points), wanted, scratch);
        Particles places = GaussianMixtureTest.cloud(60, d, 2);
        for (int i = 0; i < places.size; i++) {
            search.from(places, i);
            double[] distances = new double[n];
            for (int a = 0; a < n; a++) {
                distances[a] = squaredDistance(points, a, places, i);
            }
            double[] found = new double[wanted];
            for (int a = 0; a < wanted; a++) {
                found[a] = distances[search.atom(a)];
            }
            Arrays.sort(found);
            Arrays.sort(distances);
            assertThat(found).containsExactly(Arrays.copyOf(distances, wanted), within(1e-12));
            assertThat(search.farthestSquared()).isCloseTo(found[wanted - 1], within(1e-12));
        }
    }

    @Test
    void equalPointsAreFoundAsOftenAsTheyAreThere() {
        double[][] rows = new double[200][2];
        NearestAtoms.Search search = new NearestAtoms.Search(new NearestAtoms(GaussianMixtureTest.points(rows)), 5, scratch);
        search.from(GaussianMixtureTest.points(new double[][] {{1, 1}}), 0);
        assertThat(Arrays.stream(new int[] {0, 1, 2, 3, 4}).map(search::atom).distinct().count()).isEqualTo(5);
        assertThat(search.farthestSquared()).isEqualTo(2);
    }

    /** 12000 atoms: the log-density over the nearest is low, by no more than the bound; averages are off by no more than the share times the diameter. */
    @ParameterizedTest
    @CsvSource({"0.05, 60", "0.2, 200", "0.5, 40"})
    void whatTheNearestLeaveOutIsBounded(double bandwidth, int neighbours) {
        double[][] atoms = rows(12_000, 2);
        double[] weights = weights(12_000);
        Empirical exact = Empirical.of(atoms, weights, bandwidth);
        Empirical near = Empirical.ofNearest(atoms, weights, bandwidth, neighbours);
        Particles y = GaussianMixtureTest.cloud(24, 2, 1.3);
        double[] exactDensity = new double[y.stride];
        double[] density = new double[y.stride];
        double[] bound = new double[y.stride];
        double[] exactMean = new double[y.length()];
        double[] mean = new double[y.length()];
        exact.evaluate(y, 0.01, exactDensity, exactMean, scratch);
        near.evaluate(y, 0.01, density, mean, scratch);
        near.leftOutBound(y, 0.01, bound, scratch);
        double diameter = 12;
        double s = bandwidth * bandwidth + 0.01;
        for (int i = 0; i < y.size; i++) {
            assertThat(exactDensity[i] - density[i]).isBetween(-1e-12, bound[i] + 1e-12);
            for (int j = 0; j < 2; j++) {
                int k = j * y.stride + i;
                assertThat(Math.abs(mean[k] - exactMean[k]) * s).isLessThanOrEqualTo(-Math.expm1(-bound[i]) * diameter + 1e-10);
            }
        }
        exact.leftOutBound(y, 0.01, bound, scratch);
        assertThat(bound).containsOnly(0.0);
    }

    @Test
    void withManyNeighboursTheBoundIsTight() {
        double[][] atoms = rows(12_000, 2);
        Empirical near = Empirical.ofNearest(atoms, weights(12_000), 0.05, 1000);
        Particles y = GaussianMixtureTest.cloud(24, 2, 0.5);
        double[] bound = new double[y.stride];
        near.leftOutBound(y, 0, bound, scratch);
        assertThat(Arrays.stream(bound).max().orElseThrow()).isLessThan(1e-6);
    }

    @Test
    void atomsAloneHaveADensityOnlyWithNoise() {
        Empirical atoms = Empirical.of(new double[][] {{0}, {1}}, new double[] {1, 1}, 0);
        Particles y = GaussianMixtureTest.points(new double[][] {{0.3}});
        double[] density = new double[8];
        atoms.evaluate(y, 0.25, density, null, scratch);
        assertThat(density[0]).isCloseTo(Math.log(0.5 * (Math.exp(-0.09 / 0.5) + Math.exp(-0.49 / 0.5)) / Math.sqrt(2 * Math.PI * 0.25)), within(1e-13));
        assertThatThrownBy(() -> atoms.evaluate(y, 0, density, null, scratch)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("noise");
    }

    private static double squaredDistance(Particles points, int a, Particles places, int i) {
        double sum = 0;
        for (int j = 0; j < points.dimension; j++) {
            double difference = points.get(j, a) - places.get(j, i);
            sum += difference * difference;
        }
        return sum;
    }

    private static double[][] rows(int n, int d) {
        double[] z = new double[n * d];
        Randomness.of(6, "atoms").normals(0, Purpose.USER, 1, z, 0, z.length);
        double[][] rows = new double[n][];
        for (int a = 0; a < n; a++) {
            rows[a] = Arrays.copyOfRange(z, a * d, (a + 1) * d);
        }
        return rows;
    }

    private static double[] weights(int n) {
        double[] weights = new double[n];
        for (int a = 0; a < n; a++) {
            weights[a] = 1 + a % 3;
        }
        return weights;
    }
}
