package io.driftwood.inference.variational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Target;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** What the parts of plans are before anything is learned, what they must be able to learn, and flows by themselves. */
class PathPlanTest {

    private static final Randomness RANDOM = Randomness.of(31, "plans");
    private static final GaussianTarget NORMAL = new GaussianTarget(new double[] {1, -0.5}, new double[] {0.8, 0, 0.6, 0.5});

    private static AnnealedPaths run(PathPlan plan, double step, double friction) {
        AnnealedPaths paths = AnnealedPaths.forSampling(NORMAL, plan, 40);
        paths.run(plan.first(step, friction), RANDOM, 1);
        return paths;
    }

    private static void assertSame(AnnealedPaths one, AnnealedPaths other) {
        for (int i = 0; i < one.size(); i++) {
            assertThat(one.logWeights()[i]).isCloseTo(other.logWeights()[i], within(1e-11));
        }
    }

    /** Networks begin at zero: the released methods are their netless relatives, and LDVI with exact friction is UHA. */
    @Test
    void networks_changeNothingBeforeTheyLearn() {
        assertSame(run(PathPlan.published(Method.MCD, 2, 5), 0.05, 0), run(PathPlan.of(Method.ULA, 2, 5), 0.05, 0));
        assertSame(run(PathPlan.published(Method.LDVI_EM, 2, 5), 0.2, 1), run(PathPlan.of(Method.UHA_EM, 2, 5), 0.2, 1));
        assertSame(run(PathPlan.published(Method.LDVI_EXACT, 2, 5), 0.3, 2), run(PathPlan.of(Method.UHA, 2, 5), 0.3, Math.exp(-0.6)));
        assertSame(run(PathPlan.of(Method.UHA, 2, 5).with(Extra.MASS, Extra.PACE, Extra.MOVING_REFERENCE, Extra.FRAME, Extra.FLOW, Extra.AFFINE, Extra.LEARNED_BRIDGES), 0.3, 0.5),
                run(PathPlan.of(Method.UHA, 2, 5), 0.3, 0.5));
        assertSame(run(PathPlan.published(Method.CMCD, 2, 5), 0.05, 0), run(PathPlan.of(Method.ULA, 2, 5), 0.05, 0));
        assertSame(run(PathPlan.of(Method.SNF, 2, 5), 0.05, 0), run(PathPlan.of(Method.ULA, 2, 5), 0.05, 0));
    }

    /** Hamiltonian importance sampling that does not cool is Hamiltonian variational inference that has learned nothing. */
    @Test
    void hvaeWithoutCooling_isHviWithAStandardLastMomentum() {
        assertSame(run(PathPlan.of(Method.HVAE, 2, 5), 0.3, 1), run(PathPlan.of(Method.HVI, 2, 5), 0.3, 0));
    }

    /** A frame tuned to m and L is the whitened target's, and the ends come out in the target's own coordinates. */
    @Test
    void frame_isAWhitenedTarget() {
        PathPlan plan = PathPlan.of(Method.UHA, 2, 4).with(Extra.FRAME);
        PathParameters parameters = plan.first(0.3, 0.5).with(Section.FRAME_MEAN, new double[] {1, -0.5}).with(Section.FRAME_LOWER, new double[] {0.8, 0.6, 0.5});
        AnnealedPaths framed = AnnealedPaths.forSampling(NORMAL, plan, 40);
        framed.run(parameters, RANDOM, 1);
        AnnealedPaths white = AnnealedPaths.forSampling(new WhitenedTarget(NORMAL, NORMAL), Method.UHA, 4, 40);
        white.run(PathParameters.standard(2, 4, 0.3, 0.5), RANDOM, 1);
        assertSame(framed, white);
        assertThat(framed.ends().get(0, 3)).isCloseTo(1 + 0.8 * white.ends().get(0, 3), within(1e-12));
        assertThat(framed.ends().get(1, 3)).isCloseTo(-0.5 + 0.6 * white.ends().get(0, 3) + 0.5 * white.ends().get(1, 3), within(1e-12));
    }

    /** A normal is reached exactly by a full start: the bound comes to log Z = -2 within 0.002, where a diagonal start is log(1/0.64) = 0.446 short. */
    @Test
    void plainInference_withAFrame_findsANormalExactly() {
        Target target = new ShiftedTarget(NORMAL, -2);
        PathTuner.Options options = new PathTuner.Options(32, 1500, 0.03, 1000, 50, 40, EnumSet.allOf(Trained.class));
        PathPlan full = PathPlan.of(Method.PLAIN, 2, 0).with(Extra.FRAME);
        assertThat(new PathTuner(full, options).tune(target, full.first(0.1, 0.5), RANDOM).bound().mean()).isCloseTo(-2, within(0.002));
        PathPlan diagonal = PathPlan.of(Method.PLAIN, 2, 0);
        assertThat(new PathTuner(diagonal, options).tune(target, diagonal.first(0.1, 0.5), RANDOM).bound().mean()).isCloseTo(-2 + Math.log(0.64), within(0.03));
    }

    /** Groups make the bound of the same paths tighter, never above log Z = 0: false alarm at 5 standard errors 6e-7. */
    @Test
    void groups_tightenTheBound() {
        AnnealedPaths paths = AnnealedPaths.forSampling(NORMAL, PathPlan.of(Method.PLAIN, 2, 0), 8192);
        paths.run(PathPlan.of(Method.PLAIN, 2, 0).first(0.1, 0.5), RANDOM, 1);
        double below = Double.NEGATIVE_INFINITY;
        for (int group : new int[] {1, 4, 64}) {
            double[] values = new double[8192];
            Bound bound = Bound.of(values, new Objective(group).values(paths.logWeights(), 8192, values));
            assertThat(bound.mean()).isBetween(below + 0.1, 5 * bound.standardError());
            below = bound.mean();
        }
        assertThatThrownBy(() -> new Objective(3).shares(paths.logWeights(), 8192, new double[8192])).hasMessageContaining("groups of 3");
    }

    /** What every published preset is for: tuned for a moment, each comes nearer to log Z = 0 than a plain diagonal normal can, whose gap is 0.446. */
    @Test
    void presets_passTheGapOfTheirStart() {
        PathTuner.Options options = new PathTuner.Options(8, 500, 0.03, 1000, 50, 40, EnumSet.allOf(Trained.class));
        for (Method method : EnumSet.complementOf(EnumSet.of(Method.PLAIN, Method.HVAE, Method.LDVI_MIXED))) {
            PathPlan plan = PathPlan.published(method, 2, 4);
            PathTuner.Result result = new PathTuner(plan, options).tune(NORMAL, plan.first(method.hasMomentum() ? 0.2 : 0.02, method.keepsShare() ? 0.5 : 2), RANDOM);
            assertThat(result.bound().mean()).as("%s", method).isBetween(-0.4, 0.01);
        }
    }

    /** Between normals with independent coordinates, log Z = 0: eight steps with an affine drift lose 0.07 nat, the same map in the scores of both kernels 0.5, and no map 0.9. */
    @Test
    void controlledDrift_carriesNormalsNearlyAllTheWay() {
        GaussianTarget apart = GaussianTarget.independent(new double[] {1.5, -1}, new double[] {0.5, 0.8});
        PathTuner.Options options = new PathTuner.Options(16, 1500, 0.03, 1000, 50, 40, EnumSet.of(Trained.STEP, Trained.BRIDGES, Trained.NETWORKS));
        PathPlan uncontrolled = PathPlan.of(Method.ULA, 2, 8).with(Extra.AFFINE_BRIDGES);
        PathPlan controlled = PathPlan.of(Method.CMCD, 2, 8).with(Extra.AFFINE_BRIDGES, Extra.CONTROLLED);
        // Five standard errors of 0.014 and 0.037: false alarm 6e-7 each.
        assertThat(new PathTuner(controlled, options).tune(apart, controlled.first(0.02, 0.5), RANDOM).bound().mean()).isBetween(-0.14, 0.0);
        assertThat(new PathTuner(uncontrolled, options).tune(apart, uncontrolled.first(0.02, 0.5), RANDOM).bound().mean()).isLessThan(-0.33);
    }

    @Test
    void search_takesTheBestRateAndSeed_andIsAFunctionOfItsRandomness() {
        PathPlan plan = PathPlan.of(Method.UHA, 2, 4);
        PathSearch search = new PathSearch(plan, PathTuner.Options.standard(400), new double[] {1e-6, 0.03}, 2);
        PathSearch.Outcome outcome = search.tune(new BentTarget(), plan.first(0.05, 0.5), RANDOM);
        assertThat(outcome.trials()).extracting(PathSearch.Trial::rate).containsExactly(1e-6, 0.03, 0.03, 0.03);
        assertThat(outcome.trials()).extracting(PathSearch.Trial::seed).containsExactly(0, 0, 0, 1);
        double first = outcome.trials().get(2).compared();
        double second = outcome.trials().get(3).compared();
        assertThat(Math.max(first, second)).isGreaterThanOrEqualTo(outcome.trials().get(1).compared());
        PathSearch.Outcome again = search.tune(new BentTarget(), plan.first(0.05, 0.5), RANDOM);
        assertThat(again.result().parameters().flat()).containsExactly(outcome.result().parameters().flat());
    }

    @Test
    void flow_isUndone_andItsLogDeterminantIsThatOfDifferences() {
        int d = 3;
        Flow flow = new Flow(d, 2);
        double[] weights = new double[flow.parameters()];
        RANDOM.normals(0, Purpose.PRIOR, 0, weights, 0, weights.length);
        flow.load(weights, 0);
        Scratch scratch = new Scratch();
        for (int layer = 0; layer < 2; layer++) {
            double[] z = new double[d * 8];
            RANDOM.normals(1, Purpose.START, layer, z, 0, z.length);
            // Seven moved points beside the first: one up and one down a coordinate.
            double h = 1e-5;
            for (int j = 0; j < d; j++) {
                for (int i = 1; i < 8; i++) {
                    z[j * 8 + i] = z[j * 8] + ((i - 1) / 2 == j ? i % 2 == 1 ? h : -h : 0);
                }
            }
            double[] moved = new double[d * 8];
            double[] log = new double[8];
            flow.forward(layer, z, moved, 8, log, scratch);
            double[][] jacobian = new double[d][d];
            for (int r = 0; r < d; r++) {
                for (int c = 0; c < d; c++) {
                    jacobian[r][c] = (moved[r * 8 + 1 + 2 * c] - moved[r * 8 + 2 + 2 * c]) / (2 * h);
                }
            }
            double determinant = jacobian[0][0] * (jacobian[1][1] * jacobian[2][2] - jacobian[1][2] * jacobian[2][1])
                    - jacobian[0][1] * (jacobian[1][0] * jacobian[2][2] - jacobian[1][2] * jacobian[2][0])
                    + jacobian[0][2] * (jacobian[1][0] * jacobian[2][1] - jacobian[1][1] * jacobian[2][0]);
            assertThat(log[0]).isCloseTo(Math.log(Math.abs(determinant)), within(1e-7));
            double[] back = new double[d * 8];
            flow.inverse(layer, moved, back, 8, scratch);
            assertThat(back).containsExactly(z, within(1e-10));
        }
    }

    @Test
    void plansThatContradictThemselves_areRefused() {
        assertThatThrownBy(() -> PathPlan.of(Method.UHA, 2, 4).with(Extra.NETWORK, Extra.AFFINE)).hasMessageContaining("not both");
        assertThatThrownBy(() -> PathPlan.of(Method.ULA, 2, 4).with(Extra.LEARNED_BRIDGES, Extra.AFFINE_BRIDGES)).hasMessageContaining("not both");
        assertThatThrownBy(() -> PathPlan.of(Method.ULA, 2, 4).with(Extra.CONTROLLED)).hasMessageContaining("nothing is added");
        assertThatThrownBy(() -> PathPlan.of(Method.UHA, 2, 4).with(Extra.AFFINE_BRIDGES, Extra.CONTROLLED)).hasMessageContaining("turns round by itself");
        assertThatThrownBy(() -> PathPlan.of(Method.SNF, 1, 4)).hasMessageContaining("two coordinates");
        assertThatThrownBy(() -> AnnealedPaths.forSampling(NORMAL, PathPlan.of(Method.UHA, 3, 4), 5)).hasMessageContaining("3 dimensions");
    }
}
