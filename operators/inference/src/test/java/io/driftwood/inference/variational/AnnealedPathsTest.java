package io.driftwood.inference.variational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Target;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Log-weights of paths against closed forms: between normals the bound is known to all digits, and so is each path. */
class AnnealedPathsTest {

    private static final Randomness RANDOM = Randomness.of(20240229, "annealed paths");
    private static final int[] BRIDGES = {1, 4, 16, 64};
    /** e^3 N(2, 1/4) from N(0, 1). */
    private static final Target LINE = new ShiftedTarget(GaussianTarget.independent(new double[] {2}, new double[] {0.5}), 3);

    /** E L for K = 1, 4, 16, 64, by propagating moments in another language. */
    private record Row(Method method, double step, double friction, double... bounds) {

        NoisePolynomial exact(int bridges) { return NoisePolynomial.of(method, bridges, step, friction, 3, 2, 0.25); }

        PathParameters parameters(int bridges) { return PathParameters.standard(1, bridges, step, friction); }
    }

    private static final List<Row> TABLE = List.of(
            new Row(Method.ULA, 0.1, 0, -3.9366184444, -1.4328790123, 0.9387659946, 2.2412068539),
            new Row(Method.ULA, 0.02, 0, -5.4389309444, -4.6944441088, -2.7503184913, 0.1173948967),
            new Row(Method.MCD, 0.1, 0, -3.9366184444, -1.4328790123, 0.9387659946, 2.2412068539),
            new Row(Method.UHA, 0.2, 0.5, -5.4389309444, -4.0962110373, -0.7699271896, 1.6347927696),
            new Row(Method.UHA, 0.2, 0, -5.4389309444, -4.6944441088, -2.7503184913, 0.1173948967),
            new Row(Method.LDVI, 0.2, 3, -5.5041809444, -4.0782241537, -0.3022751653, 1.7364080364),
            new Row(Method.LDVI_MIXED, 0.2, 3, -5.5096790531, -4.0396027716, -0.6476076287, -2.2545098978),
            new Row(Method.UHA_EM, 0.1, 3, -5.5477903194, -4.8618097783, -2.6067055289, 0.7034025949),
            new Row(Method.LDVI_EM, 0.1, 3, -5.5477903194, -4.8618097783, -2.6067055289, 0.7034025949));

    @Test
    void exactBound_isTheTableOfTenDigits() {
        for (Row row : TABLE) {
            for (int c = 0; c < BRIDGES.length; c++) {
                assertThat(row.exact(BRIDGES[c]).mean()).as("%s K = %d", row, BRIDGES[c]).isCloseTo(row.bounds[c], within(1e-10));
            }
        }
    }

    /** No randomness in the comparison: the same noise goes into the kernel and into the quadratic form. */
    @Test
    void run_givesEachPathTheWeightOfItsNoise() {
        int paths = 13;
        for (Row row : TABLE) {
            for (int bridges : BRIDGES) {
                NoisePolynomial exact = row.exact(bridges);
                AnnealedPaths kernel = AnnealedPaths.forSampling(LINE, row.method, bridges, paths);
                kernel.run(row.parameters(bridges), RANDOM, 5);
                for (int i = 0; i < paths; i++) {
                    double[] noise = noise(bridges, i, paths, 5);
                    assertThat(kernel.logWeights()[i]).as("%s K = %d", row, bridges).isCloseTo(exact.at(noise), within(1e-9));
                    assertThat(kernel.ends().get(0, i)).isCloseTo(exact.endAt(noise), within(1e-11));
                }
            }
        }
    }

    private static double[] noise(int bridges, int path, int paths, long step) {
        double[] noise = new double[2 + bridges];
        double[] lane = new double[(paths + 7) & ~7];
        for (int m = 0; m < noise.length; m++) {
            RANDOM.normals(step, m == 0 ? Purpose.START : m == 1 ? Purpose.MOMENTUM : Purpose.NOISE, Math.max(0, m - 2), lane, 0, lane.length);
            noise[m] = lane[path];
        }
        return noise;
    }

    /** 36 comparisons at 5.5 standard errors: false alarm about 1e-6 in all. */
    @Test
    void meanLogWeight_isTheTableWithinMonteCarloError() {
        int paths = 16_000;
        for (Row row : TABLE) {
            for (int c = 0; c < BRIDGES.length; c++) {
                AnnealedPaths kernel = AnnealedPaths.forSampling(LINE, row.method, BRIDGES[c], paths);
                kernel.run(row.parameters(BRIDGES[c]), RANDOM, c);
                double se = standardError(kernel.logWeights(), paths);
                assertThat(kernel.meanLogWeight()).as("%s K = %d", row, BRIDGES[c]).isCloseTo(row.bounds[c], within(5.5 * se));
                assertThat(se).isLessThan(0.12);
            }
        }
    }

    private static List<PathPlan> everything() {
        List<PathPlan> plans = new ArrayList<>();
        for (Method method : Method.values()) {
            plans.add(PathPlan.of(method, 3, 6));
            plans.add(PathPlan.published(method, 3, 6));
            plans.add(PathPlan.of(method, 3, 5).with(Extra.MASS, Extra.PACE, Extra.MOVING_REFERENCE, Extra.FRAME, Extra.AFFINE, Extra.FLOW, Extra.LEARNED_BRIDGES));
        }
        plans.add(PathPlan.of(Method.UHA, 3, 0));
        return plans;
    }

    /** 40 comparisons at 6 standard errors, with weights of finite variance: false alarm about 1e-7. All learned numbers are off zero. */
    @Test
    void meanWeight_isTheNormaliser() {
        GaussianTarget normal = new GaussianTarget(new double[] {0.4, -0.3, 0.2}, new double[] {0.8, 0, 0, 0.3, 0.7, 0, -0.2, 0.2, 0.9});
        int paths = 20_000;
        for (PathPlan plan : everything()) {
            AnnealedPaths kernel = AnnealedPaths.forSampling(new ShiftedTarget(normal, -7), plan, paths);
            PathParameters first = plan.first(plan.method().hasMomentum() ? 0.3 : 0.08, plan.method().keepsShare() ? 0.6 : 1.2);
            double[] flat = first.flat();
            double[] off = new double[flat.length];
            RANDOM.normals(0, Purpose.PRIOR, 0, off, 0, off.length);
            for (int k = first.layout.offset(Section.LOG_SD) + 3; k < flat.length; k++) {
                flat[k] += 0.03 * off[k];
            }
            kernel.run(first.unflatten(flat).withStart(new double[] {0.3, -0.2, 0.1}, new double[] {-0.1, 0, 0.1}), RANDOM, 9);
            double[] weights = new double[paths];
            double mean = 0;
            for (int i = 0; i < paths; i++) {
                weights[i] = Math.exp(kernel.logWeights()[i] + 7);
                mean += weights[i] / paths;
            }
            double se = standardError(weights, paths);
            assertThat(mean).as("%s", plan).isCloseTo(1, within(6 * se));
            assertThat(se).as("%s", plan).isLessThan(0.03);
        }
    }

    @Test
    void uhaThatKeepsNoMomentum_isUlaPathByPath() {
        AnnealedPaths hamiltonian = AnnealedPaths.forSampling(LINE, Method.UHA, 7, 50);
        AnnealedPaths langevin = AnnealedPaths.forSampling(LINE, Method.ULA, 7, 50);
        hamiltonian.run(PathParameters.standard(1, 7, 0.3, 0), RANDOM, 1);
        langevin.run(PathParameters.standard(1, 7, 0.045, 0), RANDOM, 1);
        assertSamePaths(hamiltonian, langevin);
    }

    @Test
    void exactFrictionInBothDirections_isUhaThatKeepsAsMuch() {
        AnnealedPaths exact = AnnealedPaths.forSampling(LINE, Method.LDVI_EXACT, 7, 50);
        AnnealedPaths share = AnnealedPaths.forSampling(LINE, Method.UHA, 7, 50);
        exact.run(PathParameters.standard(1, 7, 0.3, 2), RANDOM, 1);
        share.run(PathParameters.standard(1, 7, 0.3, Math.exp(-0.6)), RANDOM, 1);
        assertSamePaths(exact, share);
    }

    private static void assertSamePaths(AnnealedPaths one, AnnealedPaths other) {
        for (int i = 0; i < one.size(); i++) {
            assertThat(one.logWeights()[i]).isCloseTo(other.logWeights()[i], within(1e-11));
            assertThat(one.ends().get(0, i)).isCloseTo(other.ends().get(0, i), within(1e-12));
        }
    }

    /** Friction h = 0.6, hardly any motion, start and target the same: half of (r - 1 - log r) + (e^-h - 1 + h)^2/(2h), r = (1 - e^-2h)/(2h), is 0.0707. */
    @Test
    void mixedFriction_losesAsMuchAtEquilibriumAsStated() {
        double perStep = -NoisePolynomial.of(Method.LDVI_MIXED, 64, 1e-4, 6000, 0, 0, 1).mean() / 64;
        double r = (1 - Math.exp(-1.2)) / 1.2;
        assertThat(perStep).isCloseTo(0.5 * (r - 1 - Math.log(r)) + Math.pow(Math.exp(-0.6) - 0.4, 2) / 2.4, within(1e-7)).isCloseTo(0.0707, within(5e-5));

        int paths = 4000;
        AnnealedPaths mixed = AnnealedPaths.forSampling(GaussianTarget.standard(1), Method.LDVI_MIXED, 64, paths);
        mixed.run(PathParameters.standard(1, 64, 1e-4, 6000), RANDOM, 2);
        // False alarm 4e-8.
        assertThat(mixed.meanLogWeight()).isCloseTo(-64 * 0.0707, within(5.5 * standardError(mixed.logWeights(), paths)));
        AnnealedPaths exact = AnnealedPaths.forSampling(GaussianTarget.standard(1), Method.LDVI_EXACT, 64, paths);
        exact.run(PathParameters.standard(1, 64, 1e-4, 6000), RANDOM, 2);
        assertThat(exact.meanLogWeight()).isCloseTo(0, within(1e-6));
    }

    @Test
    void run_ofATapeThatIsKeptAndOfOneThatIsNot_isTheSame() {
        AnnealedPaths sampling = AnnealedPaths.forSampling(LINE, Method.UHA, 5, 20);
        AnnealedPaths training = AnnealedPaths.forTraining(LINE, Method.UHA, 5, 20);
        PathParameters parameters = PathParameters.standard(1, 5, 0.3, 0.4);
        sampling.run(parameters, RANDOM, 3);
        training.run(parameters, RANDOM, 3);
        assertThat(sampling.logWeights()).containsExactly(training.logWeights());
        assertThatThrownBy(() -> sampling.gradient(parameters, RANDOM, 3)).isInstanceOf(IllegalStateException.class).hasMessageContaining("tape");
    }

    @Test
    void run_scoresEachPositionOnce() {
        Counted counted = new Counted(LINE);
        AnnealedPaths.forTraining(counted, Method.LDVI, 9, 4).gradient(PathParameters.standard(1, 9, 0.1, 1), RANDOM, 0);
        assertThat(counted.scores).isEqualTo(10);
        assertThat(counted.products).isEqualTo(10);
    }

    @Test
    void run_refusesParametersOfOtherSizes() {
        AnnealedPaths paths = AnnealedPaths.forSampling(LINE, Method.ULA, 4, 10);
        assertThatThrownBy(() -> paths.run(PathParameters.standard(2, 4, 0.1, 0), RANDOM, 0)).hasMessageContaining("2 dimensions");
        assertThatThrownBy(() -> paths.run(PathParameters.standard(1, 5, 0.1, 0), RANDOM, 0)).hasMessageContaining("6 increments");
    }

    private static double standardError(double[] values, int n) {
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            mean += values[i] / n;
        }
        for (int i = 0; i < n; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        return Math.sqrt(squares / (n - 1) / n);
    }

    private static final class Counted implements Target {

        private final Target target;
        int scores;
        int products;

        Counted(Target target) { this.target = target; }

        @Override
        public int dimension() { return target.dimension(); }

        @Override
        public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
            scores++;
            target.evaluate(x, logDensity, score, scratch);
        }

        @Override
        public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) {
            products++;
            target.hessianVector(x, v, out, scratch);
        }
    }
}
