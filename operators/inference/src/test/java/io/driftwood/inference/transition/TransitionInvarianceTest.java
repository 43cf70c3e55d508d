package io.driftwood.inference.transition;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Domain;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Target;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every exact entry of the catalogue leaves exact draws in law, and every inexact one has the bias it states; an inexact entry without a line in
 * {@link #STATED_BIAS} fails with its name.
 *
 * <p>Exact on real numbers: for each coordinate of a skewed target the share of particles below each decile of the law, of a second sample, is compared after 8 moves by
 * a two-sample z-test; on finite sets: the share of every point. All z-tests at |z| &lt; 5.5, false alarm 4e-8 each, some 250 of them: 1e-5 for the suite. Step sizes are far
 * from small, so that proposals are rejected: a wrong acceptance ratio shows at once. What was broken to see it fail is in the decisions.
 */
class TransitionInvarianceTest {

    private static final double[] SHAPE = {0.7, 2.0, 9.0};
    private static final int N = 200_000;
    private static final double S2 = 1.69;

    /** By name of the case; of Gaussian laws the variance on N(0, 1.69) with step 0.5 and friction 1, or 0.4 for Langevin. */
    private static final Map<String, Consumer<Transition>> STATED_BIAS = new LinkedHashMap<>();

    static {
        double c = 0.25 / S2 / 4;
        STATED_BIAS.put("ula", t -> assertVariance(t, 0.4, S2 / (1 - 0.2 / S2)));
        STATED_BIAS.put("ula taming=true", t -> assertThat(variance(t, 0.05, 400, 20_000) / S2).isBetween(1.0, 1 + 2 * 0.05));
        STATED_BIAS.put("obab", t -> assertVariance(t, 0.5, S2 / (1 - c)));
        STATED_BIAS.put("obab refresh=euler", t -> assertVariance(t, 0.5, S2 / (1 - c) / (1 - 0.25)));
        STATED_BIAS.put("aboba", t -> assertVariance(t, 0.5, S2));
        STATED_BIAS.put("baoab", t -> assertVariance(t, 0.5, S2));
        STATED_BIAS.put("euler-vu", t -> assertVariance(t, 0.5, S2 / (1 - 0.25 / S2 / 3)));
        STATED_BIAS.put("sgld", t -> assertVariance(t, 0.4, 0.4 / (1 - (1 - 0.2 / S2) * (1 - 0.2 / S2))));
        STATED_BIAS.put("stein", t -> assertThat(variance(t, 0.3, 300, 400) / S2).isBetween(0.9, 1.02));
        STATED_BIAS.put("dula", TransitionInvarianceTest::assertOdds);
        STATED_BIAS.put("dula domain=one-hot", t -> assertThat(distance(t, QuadraticMass.oneHot(3, 0.5, 0.3, -0.5, 0.2, 0.1, 0.6, -0.4), 1)).isBetween(0.005, 0.2));
        STATED_BIAS.put("two-stage domain=one-hot metropolis=false", t -> assertThat(distance(t, QuadraticMass.oneHot(3, 0, 0.3, -0.5, 0.2, 0.1, 0.6, -0.4), 1)).isLessThan(0.005));
        STATED_BIAS.put("two-stage metropolis=false", t -> assertThat(distance(t, QuadraticMass.signs(0, 0.3, -0.8, 0.1), 1)).isLessThan(0.005));
    }

    /** The vector code is compiled well when it is first called often and briefly; a long first call is interpreted for half a minute. */
    @BeforeAll
    static void warmUp() {
        variance(new Ula(false, 0.1), 0.4, 500, 512);
        shares(new TwoStage(true, 1), QuadraticMass.signs(0.6, 0.3, -0.5, 0.2), 1, 500, 512);
    }

    static Stream<KernelCase> all() { return KernelCase.all(); }

    static Stream<KernelCase> exactOnReals() { return all().filter(c -> c.transition().exactness().exact() && c.transition().domain() == Domain.REAL); }

    static Stream<KernelCase> exactOnFiniteSets() { return all().filter(c -> c.transition().exactness().exact() && c.transition().domain() != Domain.REAL); }

    static Stream<KernelCase> inexact() { return all().filter(c -> !c.transition().exactness().exact()); }

    @ParameterizedTest
    @MethodSource("exactOnReals")
    void move_leavesExactDrawsInLaw(KernelCase kernel) {
        Particles x = new Particles(N, SHAPE.length);
        Particles fresh = new Particles(N, SHAPE.length);
        Target target = sampled(kernel, x, 11);
        sampled(kernel, fresh, 12);
        Moves moves = new Moves(kernel.transition(), target, tuning(kernel.transition()), x, 3).move(8);
        if (!Double.isNaN(kernel.transition().targetAcceptance())) {
            assertThat(moves.info.acceptance()).as("rejections make the test bite").isBetween(0.2, 0.97);
        }
        for (int j = 0; j < SHAPE.length; j++) {
            for (int decile = 1; decile <= 9; decile++) {
                double cut = sortedAt(fresh, j, decile / 10.0);
                double z = (shareBelow(x, j, cut) - decile / 10.0) / Math.sqrt(2 * 0.1 * decile * (1 - 0.1 * decile) / N);
                assertThat(Math.abs(z)).as("%s, coordinate %d, decile %d", kernel, j, decile).isLessThan(5.5);
            }
        }
        assertStandardNormal(moves.cloud.auxiliary(), x, kernel.transition().auxiliaries(SHAPE.length));
    }

    /** The skewed target, or one whose curvature has a bound for the kernel that wants it; exactly sampled into x. */
    private static Target sampled(KernelCase kernel, Particles x, long seed) {
        if (kernel.transition() instanceof ProximalRejection) {
            LogisticLawTarget target = new LogisticLawTarget(SHAPE.length);
            target.sample(x, seed);
            return target;
        }
        LogGammaTarget target = new LogGammaTarget(SHAPE);
        target.sample(x, seed);
        return target;
    }

    private static void assertStandardNormal(double[] momenta, Particles x, int columns) {
        for (int j = 0; j < columns; j++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < N; i++) {
                sum += momenta[j * x.stride + i];
                squares += momenta[j * x.stride + i] * momenta[j * x.stride + i];
            }
            assertThat(Math.abs(sum / Math.sqrt(N))).isLessThan(5.5);
            assertThat(Math.abs(squares - N) / Math.sqrt(2.0 * N)).isLessThan(5.5);
        }
    }

    @ParameterizedTest
    @MethodSource("exactOnFiniteSets")
    void move_leavesExactDrawsOfFiniteSetsInLaw(KernelCase kernel) {
        QuadraticMass target = kernel.transition().domain() == Domain.SIGNS
                ? QuadraticMass.signs(0.6, 0.3, -0.5, 0.2) : QuadraticMass.oneHot(3, 0.8, 0.3, -0.5, 0.2, 0.1, 0.6, -0.4);
        double[] p = target.probabilities();
        double[] shares = shares(kernel.transition(), target, 1.5, 8, N);
        for (int k = 0; k < p.length; k++) {
            double z = (shares[k] - p[k]) / Math.sqrt(p[k] * (1 - p[k]) / N);
            assertThat(Math.abs(z)).as("%s, point %d", kernel, k).isLessThan(5.5);
        }
    }

    @ParameterizedTest
    @MethodSource("inexact")
    void inexactKernels_haveTheBiasTheyState(KernelCase kernel) {
        assertThat(STATED_BIAS).as("%s is not exact: state its bias in a test", kernel).containsKey(kernel.name());
        assertThat(kernel.transition().exactness().bias()).as("the bias in a sentence").isNotBlank();
        STATED_BIAS.get(kernel.name()).accept(kernel.transition());
    }

    /** A sample variance of N independent Gaussians has relative standard deviation sqrt(2/N). */
    private static void assertVariance(Transition transition, double step, double expected) {
        double z = (variance(transition, step, 40, N) / expected - 1) / Math.sqrt(2.0 / N);
        assertThat(Math.abs(z)).isLessThan(5.5);
    }

    /** About 0 after so many moves from exact draws of N(0, 1.69). */
    private static double variance(Transition transition, double step, int moves, int n) {
        GaussianTarget target = new GaussianTarget(new double[] {0}, new double[] {1.3});
        Particles x = new Particles(n, 1);
        target.sample(x, Randomness.of(2, "start"), 1, Purpose.START, 0, new Scratch());
        new Moves(transition, target, Moves.tuning(step, 1), x, 4).move(moves);
        double squares = 0;
        for (int i = 0; i < n; i++) {
            squares += x.get(0, i) * x.get(0, i) / n;
        }
        return squares;
    }

    private static void assertOdds(Transition transition) {
        double b = -0.8;
        double up = shares(transition, QuadraticMass.signs(0, b), 1.3, 30, N)[1];
        double odds = Math.exp(2 * b) * (1 + Math.exp(-b - 2 / 1.3)) / (1 + Math.exp(b - 2 / 1.3));
        double p = odds / (1 + odds);
        assertThat(Math.abs(up - p) / Math.sqrt(p * (1 - p) / N)).isLessThan(5.5);
    }

    private static double distance(Transition transition, QuadraticMass target, double step) {
        double[] p = target.probabilities();
        double[] shares = shares(transition, target, step, 25, N);
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            sum += Math.abs(p[k] - shares[k]) / 2;
        }
        return sum;
    }

    /** Share of the particles at every point, after so many moves from exact draws. */
    private static double[] shares(Transition transition, QuadraticMass target, double step, int moves, int n) {
        double[] p = target.probabilities();
        Particles states = target.states();
        Particles x = new Particles(n, target.dimension());
        double[] u = new double[n];
        Randomness.of(7, "points").uniforms(1, Purpose.USER, 0, u, 0, n);
        for (int i = 0; i < n; i++) {
            int chosen = 0;
            for (double left = u[i]; chosen < p.length - 1 && left >= p[chosen]; chosen++) {
                left -= p[chosen];
            }
            for (int j = 0; j < x.dimension; j++) {
                x.set(j, i, states.get(j, chosen));
            }
        }
        x.pad();
        new Moves(transition, target, Moves.tuning(step), x, 5).move(moves);
        double[] shares = new double[p.length];
        for (int i = 0; i < n; i++) {
            shares[target.index(x, i)] += 1.0 / n;
        }
        return shares;
    }

    @ParameterizedTest
    @MethodSource("exactOnReals")
    void move_forgetsItsStart(KernelCase kernel) {
        Particles x = new Particles(2000, SHAPE.length);
        Target target = sampled(kernel, x, 1);
        Arrays.fill(x.values, 1);
        new Moves(kernel.transition(), target, tuning(kernel.transition()), x, 3).move(150);
        // digamma(9) = 2.1406, sd of log Gamma(9) is 0.343; of the logistic law 0 and 1.814. 6 standard errors: false alarm 2e-9.
        boolean logistic = target instanceof LogisticLawTarget;
        double mean = 0;
        for (int i = 0; i < x.size; i++) {
            mean += x.get(2, i) / x.size;
        }
        assertThat(Math.abs(mean - (logistic ? 0 : 2.1406))).isLessThan(6 * (logistic ? 1.814 : 0.343) / Math.sqrt(2000));
    }

    @ParameterizedTest
    @MethodSource("all")
    void move_staysWhereItIsAndCountsWhatIsNotFinite(KernelCase kernel) {
        Transition transition = kernel.transition();
        Target inner = transition.domain() == Domain.REAL ? new LogGammaTarget(SHAPE)
                : transition.domain() == Domain.SIGNS ? QuadraticMass.signs(0.6, 0.3, -0.5, 0.2) : QuadraticMass.oneHot(3, 0.8, 0.3, -0.5, 0.2);
        Particles x = new Particles(101, 3);
        if (inner instanceof LogGammaTarget real) {
            real.sample(x, 5);
        } else {
            Arrays.fill(x.values, 0, x.stride, 1);
        }
        double[] before = x.values.clone();
        Poisoned target = new Poisoned(inner);
        Tuning tuning = tuning(transition);
        tuning.stepSize *= transition.domain() == Domain.REAL ? 1e6 : 1;
        Moves moves = new Moves(transition, target, tuning, x, 1);
        target.poisoned = true;
        moves.move(1);
        assertThat(moves.info.rejectedNonFinite).isGreaterThanOrEqualTo(101);
        assertThat(x.values).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("all")
    void theSameAddress_givesTheSameBits(KernelCase kernel) {
        Target target = kernel.transition().domain() == Domain.REAL ? new LogisticLawTarget(3)
                : kernel.transition().domain() == Domain.SIGNS ? QuadraticMass.signs(0.6, 0.3, -0.5, 0.2) : QuadraticMass.oneHot(3, 0.8, 0.3, -0.5, 0.2);
        double[][] ends = new double[2][];
        for (int run = 0; run < 2; run++) {
            Particles x = new Particles(45, 3);
            Arrays.fill(x.values, 0, x.stride, 1);
            new Moves(kernel.transition(), target, tuning(kernel.transition()), x, 9).move(5);
            ends[run] = x.values;
        }
        assertThat(ends[0]).isEqualTo(ends[1]);
    }

    /** A mass matrix with correlation, so that L and its transpose are told apart, and a step that is too long for comfort. */
    private static Tuning tuning(Transition transition) {
        if (transition instanceof ProximalRejection) {
            return Moves.tuning(1.3 * transition.initialStepSize(SHAPE.length), 1.4, 0, 0, 0.3, 1.2, 0, -0.1, 0.05, 1.1);
        }
        return Moves.tuning(1.3 * transition.initialStepSize(SHAPE.length), 1.4, 0, 0, 0.3, 0.75, 0, -0.1, 0.05, 0.34);
    }

    private static double sortedAt(Particles x, int j, double level) {
        double[] column = Arrays.copyOfRange(x.values, j * x.stride, j * x.stride + x.size);
        Arrays.sort(column);
        return column[(int) (level * x.size)];
    }

    private static double shareBelow(Particles x, int j, double cut) {
        int below = 0;
        for (int i = 0; i < x.size; i++) {
            below += x.get(j, i) < cut ? 1 : 0;
        }
        return (double) below / x.size;
    }

    /** The same target, but NaN everywhere once poisoned. */
    private static final class Poisoned implements Target {

        private final Target inner;
        private boolean poisoned;

        Poisoned(Target inner) { this.inner = inner; }

        @Override
        public int dimension() { return inner.dimension(); }

        @Override
        public int categories() { return inner.categories(); }

        @Override
        public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
            inner.evaluate(x, logDensity, score, scratch);
            if (poisoned) {
                Arrays.fill(logDensity, 0, x.stride, Double.NaN);
                Arrays.fill(score, 0, x.length(), Double.NaN);
            }
        }

        @Override
        public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) { inner.hessianVector(x, v, out, scratch); }
    }
}
