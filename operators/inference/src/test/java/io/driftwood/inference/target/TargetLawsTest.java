package io.driftwood.inference.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every problem of the catalogue. */
class TargetLawsTest {

    private final Scratch scratch = new Scratch();

    static Stream<TargetCase> all() { return TargetCases.all(); }

    static Stream<TargetCase> real() { return TargetCases.real(); }

    static Stream<TargetCase> signs() { return TargetCases.signs(); }

    static Stream<TargetCase> withExactDraws() { return TargetCases.real().filter(c -> c.problem().exactSampler().isPresent()); }

    @ParameterizedTest
    @MethodSource("all")
    void whatIsKnownFitsTheTarget(TargetCase c) {
        int d = c.problem().target().dimension();
        assertThat(c.problem().names()).hasSize(d).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("real")
    void theStartIsANormalOfTheTargetsDimension(TargetCase c) {
        assertThat(c.problem().reference().dimension()).isEqualTo(c.problem().target().dimension());
    }

    /** A population is evaluated in one call; nothing of one particle reaches another. */
    @ParameterizedTest
    @MethodSource("all")
    void aParticleDoesNotSeeTheOthers(TargetCase c) {
        Target target = c.problem().target();
        Particles x = c.points(67);
        double[] density = new double[x.stride];
        double[] score = new double[x.length()];
        target.evaluate(x, density, score, scratch);
        for (int i : new int[] {0, 9, 66}) {
            Particles alone = new Particles(1, x.dimension);
            for (int j = 0; j < x.dimension; j++) {
                alone.set(j, 0, x.get(j, i));
            }
            alone.pad();
            double[] ownDensity = new double[alone.stride];
            double[] ownScore = new double[alone.length()];
            target.evaluate(alone, ownDensity, ownScore, scratch);
            assertThat(ownDensity[0]).isEqualTo(density[i]);
            for (int j = 0; j < x.dimension; j++) {
                assertThat(ownScore[j * alone.stride]).isEqualTo(score[j * x.stride + i]);
            }
        }
    }

    /**
     * Stein's identity under exact draws x ~ p, for f(x) = x_j / sqrt(1 + x_j^2) in every coordinate: E[f'(x) + f(x) s_j(x)] = 0. A wrong draw or
     * a wrong score breaks it. z-scores beyond 5.3 have probability 1.2e-7 each.
     */
    @ParameterizedTest
    @MethodSource("withExactDraws")
    void exactDrawsAndTheScoreBelongTogether(TargetCase c) {
        Target target = c.problem().target();
        int n = 20_000;
        Particles x = new Particles(n, target.dimension());
        c.problem().exactSampler().orElseThrow().sample(x, Randomness.of(3, "exact"), 5, 2, scratch);
        double[] density = new double[x.stride];
        double[] score = new double[x.length()];
        target.evaluate(x, density, score, scratch);
        for (int j = 0; j < x.dimension; j++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                double at = x.get(j, i);
                double root = Math.sqrt(1 + at * at);
                double stein = 1 / (root * root * root) + at / root * score[j * x.stride + i];
                sum += stein;
                squares += stein * stein;
            }
            double z = sum / n / (Math.sqrt(squares / n) / Math.sqrt(n));
            assertThat(Math.abs(z)).as("z-score of coordinate %d", j).isLessThan(5.3);
        }
    }

    /**
     * 1/Z = E[q(x) / p(x)] under exact draws x ~ p, for a normalised q that is lighter than p: a narrow normal at a typical draw.
     * z-scores beyond 5.3 have probability 1.2e-7 each.
     */
    @ParameterizedTest
    @MethodSource("withExactDraws")
    void theNormaliserIsTheIntegral(TargetCase c) {
        double logNormaliser = c.problem().logNormaliser().orElseThrow();
        Target target = c.problem().target();
        int n = 20_000;
        Particles x = new Particles(n, target.dimension());
        c.problem().exactSampler().orElseThrow().sample(x, Randomness.of(3, "exact"), 5, 2, scratch);
        double[] density = new double[x.stride];
        double[] narrow = new double[x.stride];
        target.evaluate(x, density, null, scratch);
        narrowAt(x, typical(density, n)).evaluate(x, narrow, null, scratch);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double ratio = Math.exp(narrow[i] - density[i] + logNormaliser);
            sum += ratio;
            squares += ratio * ratio;
        }
        double mean = sum / n;
        double error = Math.sqrt((squares / n - mean * mean) / n);
        assertThat(Math.abs(mean - 1) / error).as("ratio %f +- %f", mean, error).isLessThan(5.3);
        assertThat(error).as("the test has power").isLessThan(0.1);
    }

    /** The draw of median density: a mode may be a narrow neck. */
    private static int typical(double[] density, int n) {
        return IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble(i -> density[i])).skip(n / 2).findFirst().orElseThrow();
    }

    private static GaussianTarget narrowAt(Particles x, int particle) {
        double[] mean = new double[x.dimension];
        double[] sd = new double[x.dimension];
        for (int j = 0; j < x.dimension; j++) {
            mean[j] = x.get(j, particle);
            sd[j] = 0.4;
        }
        return GaussianTarget.independent(mean, sd);
    }

    /** Against the table of all 2^d points: the normaliser, and the frequencies of exact draws by a chi-square statistic, far beyond its 1e-7 tail. */
    @ParameterizedTest
    @MethodSource("signs")
    void onSignsTheNormaliserIsTheSumAndDrawsHaveTheirFrequencies(TargetCase c) {
        double[] masses = Signs.logMasses(c.problem().target());
        double sum = Arrays.stream(masses).map(Math::exp).sum();
        assertThat(c.problem().logNormaliser().orElseThrow()).isCloseTo(Math.log(sum), within(1e-12));
        int n = 40_000;
        Particles x = new Particles(n, c.problem().target().dimension());
        c.problem().exactSampler().orElseThrow().sample(x, Randomness.of(8, "signs"), 1, 0, scratch);
        double[] counts = new double[masses.length];
        for (int i = 0; i < n; i++) {
            int point = 0;
            for (int j = 0; j < x.dimension; j++) {
                point |= x.get(j, i) > 0 ? 1 << j : 0;
            }
            counts[point]++;
        }
        double statistic = 0;
        for (int k = 0; k < counts.length; k++) {
            double expected = n * Math.exp(masses[k]) / sum;
            statistic += (counts[k] - expected) * (counts[k] - expected) / expected;
        }
        // Wilson and Hilferty: the cube root of chi-square / df is normal with mean 1 - 2/(9 df) and variance 2/(9 df)
        double spread = 2.0 / (9 * (counts.length - 1));
        assertThat((Math.cbrt(statistic / (counts.length - 1)) - 1 + spread) / Math.sqrt(spread)).isLessThan(5.3);
    }

    @ParameterizedTest
    @MethodSource("real")
    void aPointThatIsNoPointIsNotAnError(TargetCase c) {
        Particles x = c.points(9);
        x.set(0, 3, Double.NaN);
        x.set(0, 4, Double.POSITIVE_INFINITY);
        x.set(0, 5, Double.NEGATIVE_INFINITY);
        double[] density = new double[x.stride];
        c.problem().target().evaluate(x, density, new double[x.length()], scratch);
        assertThat(Double.isFinite(density[0])).isTrue();
        for (int i = 3; i < 6; i++) {
            assertThat(density[i]).as("density of a point that is none").isNotEqualTo(Double.POSITIVE_INFINITY);
            assertThat(Double.isFinite(density[i])).isFalse();
        }
    }
}
