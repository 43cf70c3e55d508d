package io.driftwood.inference.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every problem of the catalogue. */
class TargetLawsTest {

    private final Scratch scratch = new Scratch();

    static Stream<TargetCase> all() { return TargetCases.all(); }

    static Stream<TargetCase> withExactDraws() { return all().filter(c -> c.problem().exactSampler().isPresent()); }

    @ParameterizedTest
    @MethodSource("all")
    void whatIsKnownFitsTheTarget(TargetCase c) {
        int d = c.problem().target().dimension();
        assertThat(c.problem().names()).hasSize(d).doesNotHaveDuplicates();
        assertThat(c.problem().reference().dimension()).isEqualTo(d);
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
     * 1/Z = E[q(x) / p(x)] under exact draws x ~ p, for a normalised q that is lighter than p: a narrow normal at the likeliest of the draws.
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
        narrowAt(x, likeliest(density, n)).evaluate(x, narrow, null, scratch);
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

    private static int likeliest(double[] density, int n) {
        int best = 0;
        for (int i = 1; i < n; i++) {
            best = density[i] > density[best] ? i : best;
        }
        return best;
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

    @ParameterizedTest
    @MethodSource("all")
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
