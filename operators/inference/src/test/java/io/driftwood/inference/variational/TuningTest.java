package io.driftwood.inference.variational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.catalogue.Checker;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Target;
import io.driftwood.inference.target.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What tuning reaches, against optima in closed form and reference values; all with fixed noise. */
class TuningTest {

    private static final Randomness RANDOM = Randomness.of(77, "tuning");
    private static final GaussianTarget NORMAL = new GaussianTarget(new double[] {3, -1, 0.5}, new double[] {2, 0, 0, 0.9, 0.5, 0, -0.4, 0.2, 1.5});

    private static Target ionosphere() throws IOException {
        List<List<Double>> rows = new ArrayList<>();
        List<String> lines = Files.readAllLines(Path.of("src/test/resources/data/ionosphere.csv"));
        for (String line : lines.subList(1, lines.size())) {
            rows.add(Arrays.stream(line.split(",")).map(Double::valueOf).toList());
        }
        Shape.Struct root = (Shape.Struct) Shape.struct(Option.required("target", Shape.variant(Targets.CATALOGUE), ""));
        Map<String, Object> tree = Map.of("target", Map.of("type", "logistic", "data", rows));
        return Targets.CATALOGUE.build(Checker.check(root, tree).orThrow().struct("target")).target();
    }

    private static GaussianVariational.Fit fit(GaussianVariational.Covariance covariance, int iterations, Target target) {
        return new GaussianVariational(covariance, new GaussianVariational.Options(24, iterations, 0.01, 8000))
                .fit(target, new double[target.dimension()], RANDOM);
    }

    /** The gradient has no variance where q is p, so nothing but rounding, which Adam magnifies, moves q away from where Laplace puts it. */
    @Test
    void fullNormal_ofANormalIsItself() {
        GaussianVariational.Fit fit = fit(GaussianVariational.Covariance.FULL, 400, new ShiftedTarget(NORMAL, -4));
        assertThat(fit.bound().mean()).isCloseTo(-4, within(1e-5));
        assertThat(fit.bound().standardError()).isLessThan(1e-4);
        assertThat(fit.normal().lower()).containsExactly(NORMAL.lower(), within(1e-4));
    }

    /** The nearest diagonal normal has the mean, and the inverse of the precision's diagonal as variances: log-sd errors of 1/100 pass, marginal sds do not. */
    @Test
    void diagonalNormal_hasTheSpreadOfEachCoordinateGivenTheOthers() {
        GaussianVariational.Fit fit = fit(GaussianVariational.Covariance.DIAGONAL, 2000, NORMAL);
        double[] expected = conditionalSds();
        double logRatio = 0;
        for (int j = 0; j < 3; j++) {
            assertThat(fit.normal().mean()[j]).isCloseTo(NORMAL.mean()[j], within(0.03));
            assertThat(fit.normal().lower()[4 * j]).isCloseTo(expected[j], within(0.02 * expected[j]));
            logRatio += Math.log(expected[j] / NORMAL.lower()[4 * j]);
        }
        // The bound's optimum is sum log (conditional sd) - log det L; false alarm at 5 standard errors 6e-7.
        assertThat(fit.bound().mean()).isCloseTo(logRatio, within(5 * fit.bound().standardError() + 1e-3));
    }

    private static double[] conditionalSds() {
        Particles at = new Particles(3, 3);
        double[] units = new double[at.length()];
        double[] products = new double[at.length()];
        double[] sds = new double[3];
        for (int j = 0; j < 3; j++) {
            units[j * at.stride + j] = 1;
        }
        NORMAL.hessianVector(at, units, products, new Scratch());
        for (int j = 0; j < 3; j++) {
            sds[j] = 1 / Math.sqrt(-products[j * at.stride + j]);
        }
        return sds;
    }

    /** References by long runs of another program: -112.09 over all normals, -123.57 over diagonal ones, log Z = -111.607. */
    @Test
    void normals_nearestToALogisticPosterior_haveTheReferenceBounds() throws IOException {
        GaussianVariational.Fit full = fit(GaussianVariational.Covariance.FULL, 800, ionosphere());
        assertThat(full.bound().mean()).isCloseTo(-112.09, within(0.08));
        GaussianVariational.Fit diagonal = fit(GaussianVariational.Covariance.DIAGONAL, 800, ionosphere());
        assertThat(diagonal.bound().mean()).isCloseTo(-123.57, within(0.35));
    }

    @Test
    void draws_thatAreNotPairs_areRefused() {
        assertThatThrownBy(() -> new GaussianVariational(GaussianVariational.Covariance.FULL, new GaussianVariational.Options(5, 10, 0.1, 10)))
                .hasMessageContaining("5");
    }

    /** Whitened, eight bridges: another program reaches -111.84, the best published bound at eight bridges, without whitening, is -114.4; log Z is -111.607. */
    @Test
    void whitenedPaths_ofALogisticPosterior_reachTheReferenceBound() throws IOException {
        Target target = ionosphere();
        GaussianTarget normal = fit(GaussianVariational.Covariance.FULL, 800, target).normal();
        PathTuner.Options options = new PathTuner.Options(8, 1500, 0.01, 1000, 100, 6, Set.of(Trained.values()));
        PathTuner.Result result = new PathTuner(Method.UHA, 8, options)
                .tune(new WhitenedTarget(target, normal), PathParameters.standard(35, 8, 0.1, 0.5), RANDOM);
        assertThat(result.bound().mean()).isBetween(-111.9, -111.607);
    }

    /** From steps so small that nothing moves, every method comes much nearer to log Z = 0 than its start, whose bound is minus KL(q0 | p). */
    @Test
    void tuning_raisesTheBoundOfEveryMethod() {
        GaussianTarget apart = GaussianTarget.independent(new double[] {1.5, -1}, new double[] {0.5, 0.8});
        for (Method method : EnumSet.range(Method.ULA, Method.LDVI_EM)) {
            PathTuner.Options options = new PathTuner.Options(16, 600, 0.03, 500, 50, 12, EnumSet.of(Trained.STEP, Trained.FRICTION, Trained.BRIDGES));
            PathParameters start = PathParameters.standard(2, 8, 1e-2, method.keepsShare() ? 0.5 : 5);
            AnnealedPaths before = AnnealedPaths.forSampling(apart, method, 8, 500);
            before.run(start, RANDOM, 4);
            PathTuner.Result after = new PathTuner(method, 8, options).tune(apart, start, RANDOM);
            assertThat(after.bound().mean()).as("%s from %s to %s", method, before.meanLogWeight(), after).isGreaterThan(0.35 * before.meanLogWeight()).isLessThan(0.05);
            assertThat(after.parameters().mean()).containsOnly(0);
            assertThat(after.parameters().logSd()).containsOnly(0);
        }
    }

    /** Steps ten times too long for a quartic diverge at once; halving finds its way back, and the bound comes near log Z = 1.860. */
    @Test
    void tuning_recoversFromPathsThatDiverge() {
        PathTuner.Options options = new PathTuner.Options(16, 400, 0.02, 500, 20, 20, EnumSet.allOf(Trained.class));
        PathTuner.Result result = new PathTuner(Method.UHA, 8, options).tune(new BentTarget(), PathParameters.standard(2, 8, 8, 0.5), RANDOM);
        assertThat(result.recoveries()).isBetween(1, 60);
        assertThat(result.bound().mean()).isBetween(1.6, 1.87);
        assertThat(result.parameters().step()).isLessThan(2);
    }

    @Test
    void climb_byAGradientThatIsNotFinite_movesNothing() {
        for (double odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            for (Optimiser optimiser : List.of(new Adam(3, 10), new Sgd(10))) {
                double[] x = {1, 2, 3};
                assertThat(optimiser.climb(x, new double[] {0.5, odd, 1}, 0.1)).isFalse();
                assertThat(x).containsExactly(1, 2, 3);
                assertThat(optimiser.climb(x, new double[] {0.5, 0, 1}, 0.1)).isTrue();
                assertThat(x[0]).isGreaterThan(1);
            }
        }
    }

    @Test
    void tuning_isAFunctionOfItsRandomness() {
        PathTuner tuner = new PathTuner(Method.LDVI_EXACT, 4, PathTuner.Options.standard(40));
        PathParameters start = PathParameters.standard(2, 4, 0.1, 1);
        assertThat(tuner.tune(new BentTarget(), start, RANDOM).parameters().flat()).containsExactly(tuner.tune(new BentTarget(), start, RANDOM).parameters().flat());
    }

    /** Stopped in the middle of everything, also between two judgements and after a recovery, and put back from plain arrays. */
    @Test
    void tuning_thatIsPutBack_endsToTheBitAsOneThatWasNeverStopped() {
        for (PathTuner.Climber climber : PathTuner.Climber.values()) {
            PathTuner tuner = new PathTuner(Method.UHA, 8, new PathTuner.Options(8, 90, 0.02, 200, 20, 20, EnumSet.allOf(Trained.class), climber, 10, Objective.BOUND));
            PathParameters start = PathParameters.standard(2, 8, 8, 0.5);
            PathTuner.Result whole = tuner.tune(new BentTarget(), start, RANDOM);
            TuningRun run = tuner.begin(new BentTarget(), start, RANDOM);
            while (!run.done()) {
                run.advance(run.iteration() < 10 ? 1 : 37);
                TuningRun next = tuner.begin(new BentTarget(), start, RANDOM);
                next.restore(TuningState.of(run.state().arrays()));
                run = next;
            }
            assertThat(run.result().parameters().flat()).containsExactly(whole.parameters().flat());
            assertThat(run.result().bound()).isEqualTo(whole.bound());
            assertThat(run.recoveries()).isEqualTo(whole.recoveries()).isPositive();
        }
    }

    @Test
    void state_ofOtherParameters_isRefused() {
        TuningState state = new PathTuner(Method.UHA, 8, PathTuner.Options.standard(40)).begin(new BentTarget(), PathParameters.standard(2, 8, 0.1, 0.5), RANDOM).state();
        TuningRun other = new PathTuner(Method.UHA, 4, PathTuner.Options.standard(40)).begin(new BentTarget(), PathParameters.standard(2, 4, 0.1, 0.5), RANDOM);
        assertThatThrownBy(() -> other.restore(state)).hasMessageContaining("15 parameters");
        assertThatThrownBy(() -> TuningState.of(Map.of("free", new double[0]))).hasMessageContaining("progress");
    }

    /** From the optimum, where any move is for the worse, the start is what comes out, and tuning ends early. */
    @Test
    void tuning_keepsTheBest_andEndsWhenNothingBetterComes() {
        PathTuner.Options options = new PathTuner.Options(2, 10_000, 0.3, 500, 5, 3, EnumSet.of(Trained.START));
        PathParameters start = PathParameters.standard(2, 0, 0.1, 0.5);
        PathTuner.Result result = new PathTuner(Method.UHA, 0, options).tune(GaussianTarget.standard(2), start, RANDOM);
        assertThat(result.iterations()).isLessThan(1000);
        assertThat(result.bound().mean()).isCloseTo(0, within(1e-3));
    }

    @Test
    void tuning_thatBeginsAtAnEdge_isRefused() {
        PathTuner tuner = new PathTuner(Method.UHA, 4, PathTuner.Options.standard(40));
        assertThatThrownBy(() -> tuner.tune(new BentTarget(), PathParameters.standard(2, 4, 0.1, 0), RANDOM)).hasMessageContaining("friction 0.0");
    }
}
