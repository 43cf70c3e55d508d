package io.driftwood.inference.transition;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Target;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every exact entry of the catalogue leaves exact draws of a skewed target in law. For each coordinate the share of particles
 * below each decile of the start sample's exact law is compared before and after 8 moves by a two-sample z-test at |z| &lt; 5.5:
 * false alarm 4e-8 a comparison, 27 comparisons an entry, below 1e-5 over the catalogue. Step sizes are far from small, so that a third
 * of the proposals is rejected: a wrong acceptance ratio shows at once (checked by flipping the sign of |z|^2/2 and of the kinetic energy).
 */
class TransitionInvarianceTest {

    private static final double[] SHAPE = {0.7, 2.0, 9.0};
    private static final int N = 200_000;

    static Stream<Entry<? extends Transition>> catalogue() { return Transitions.CATALOGUE.entries().stream(); }

    @ParameterizedTest
    @MethodSource("catalogue")
    void move_leavesExactDrawsInLaw(Entry<? extends Transition> entry) {
        Transition transition = entry.build().apply(defaults(entry));
        if (!transition.exactness().exact()) {
            return;
        }
        LogGammaTarget target = new LogGammaTarget(SHAPE);
        Particles x = new Particles(N, SHAPE.length);
        Particles fresh = new Particles(N, SHAPE.length);
        target.sample(x, 11);
        target.sample(fresh, 12);
        MoveInfo info = move(transition, target, x, 8);
        assertThat(info.acceptance()).as("rejections make the test bite").isBetween(0.2, 0.9);
        for (int j = 0; j < SHAPE.length; j++) {
            for (int decile = 1; decile <= 9; decile++) {
                double cut = sortedAt(fresh, j, decile / 10.0);
                double z = (shareBelow(x, j, cut) - decile / 10.0) / Math.sqrt(2 * 0.1 * decile * (1 - 0.1 * decile) / N);
                assertThat(Math.abs(z)).as("%s, coordinate %d, decile %d", entry.name(), j, decile).isLessThan(5.5);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void move_forgetsItsStart(Entry<? extends Transition> entry) {
        Transition transition = entry.build().apply(defaults(entry));
        LogGammaTarget target = new LogGammaTarget(SHAPE);
        Particles x = new Particles(2000, SHAPE.length);
        for (int j = 0; j < SHAPE.length; j++) {
            for (int i = 0; i < x.stride; i++) {
                x.values[j * x.stride + i] = 1;
            }
        }
        move(transition, target, x, 150);
        // digamma(9) = 2.1406; sd of log Gamma(9) is 0.343; 6 standard errors: false alarm 2e-9.
        double mean = 0;
        for (int i = 0; i < x.size; i++) {
            mean += x.get(2, i) / x.size;
        }
        assertThat(mean).isBetween(2.1406 - 6 * 0.343 / Math.sqrt(2000), 2.1406 + 6 * 0.343 / Math.sqrt(2000));
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void move_rejectsAndCountsWhatIsNotFinite(Entry<? extends Transition> entry) {
        Transition transition = entry.build().apply(defaults(entry));
        LogGammaTarget inner = new LogGammaTarget(SHAPE);
        Particles x = new Particles(101, SHAPE.length);
        inner.sample(x, 5);
        double[] before = x.values.clone();
        NanBeyond target = new NanBeyond(inner);
        Tuning tuning = tuning(transition);
        tuning.stepSize *= 1e6;
        MoveInfo info = new MoveInfo();
        Cloud cloud = new Cloud().over(x);
        target.evaluate(x, cloud.logDensity(), cloud.score(), new Scratch());
        target.poisoned = true;
        transition.move(cloud, new Cloud(), target, tuning, Randomness.of(1, "k"), 1, 0, info, new Scratch());
        assertThat(info.rejectedNonFinite).isEqualTo(101);
        assertThat(x.values).isEqualTo(before);
    }

    private static MoveInfo move(Transition transition, Target target, Particles x, int moves) {
        Scratch scratch = new Scratch();
        Cloud cloud = new Cloud().over(x);
        Cloud spare = new Cloud();
        MoveInfo info = new MoveInfo();
        target.evaluate(x, cloud.logDensity(), cloud.score(), scratch);
        for (int k = 0; k < moves; k++) {
            transition.move(cloud, spare, target, tuning(transition), Randomness.of(3, "key"), 17, k, info, scratch);
        }
        return info;
    }

    /** A mass matrix with correlation, so that L and its transpose are told apart, and a step that is too long for comfort. */
    private static Tuning tuning(Transition transition) {
        Tuning tuning = new Tuning();
        tuning.stepSize = 1.3 * transition.initialStepSize(SHAPE.length);
        tuning.lower = new double[] {1.4, 0, 0, 0.3, 0.75, 0, -0.1, 0.05, 0.34};
        return tuning;
    }

    private static Settings defaults(Entry<?> entry) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Option option : entry.options()) {
            option.fallback().ifPresent(value -> values.put(option.name(), value));
        }
        return new Settings("", values);
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
    private static final class NanBeyond implements Target {

        private final Target inner;
        private boolean poisoned;

        NanBeyond(Target inner) { this.inner = inner; }

        @Override
        public int dimension() { return inner.dimension(); }

        @Override
        public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
            inner.evaluate(x, logDensity, score, scratch);
            if (poisoned) {
                Arrays.fill(logDensity, 0, x.stride, Double.NaN);
            }
        }

        @Override
        public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) { inner.hessianVector(x, v, out, scratch); }
    }
}
