package io.driftwood.inference.variational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The doubly reparameterised gradient in the start: the same as the plain one in the mean, and less noisy where it should be. */
class StartGradientTest {

    private static final Randomness RANDOM = Randomness.of(53, "start gradient");
    private static final GaussianTarget NORMAL = new GaussianTarget(new double[] {0.5, -0.4}, new double[] {0.8, 0, 0.3, 0.6});

    private static PathParameters parameters(PathPlan plan) {
        PathParameters first = plan.first(plan.method().hasMomentum() ? 0.3 : 0.05, plan.method().keepsShare() ? 0.6 : 2)
                .withStart(new double[] {0.1, 0.2}, new double[] {-0.1, 0.15});
        return plan.has(Extra.FRAME) ? first.with(Section.FRAME_MEAN, new double[] {0.2, -0.1}).with(Section.FRAME_LOWER, new double[] {0.9, 0.2, 1.1}) : first;
    }

    /** Plain less doubly reparameterised, on the same noise, is 0 in the mean: 1500 draws at 5.5 standard errors, false alarm 4e-8 each of about 60 parameters. */
    @Test
    void gradient_hasTheMeanOfThePlainOne() {
        List<PathPlan> plans = List.of(PathPlan.of(Method.PLAIN, 2, 0).with(Extra.FRAME), PathPlan.of(Method.ULA, 2, 2).with(Extra.FRAME, Extra.MOVING_REFERENCE),
                PathPlan.of(Method.UHA, 2, 3).with(Extra.FRAME), PathPlan.of(Method.LDVI, 2, 2).with(Extra.AFFINE), PathPlan.of(Method.DAIS, 2, 2).with(Extra.FRAME));
        int draws = 1500;
        for (PathPlan plan : plans) {
            for (int group : new int[] {1, 5}) {
                PathParameters parameters = parameters(plan);
                AnnealedPaths paths = AnnealedPaths.forTraining(NORMAL, plan, 2 * group);
                double[][] differences = new double[parameters.flat().length][draws];
                for (int r = 0; r < draws; r++) {
                    double[] plain = paths.gradient(parameters, RANDOM, r, new Objective(group));
                    double[] doubly = paths.gradient(parameters, RANDOM, r, new Objective(group, true));
                    for (int k = 0; k < plain.length; k++) {
                        differences[k][r] = plain[k] - doubly[k];
                    }
                }
                for (int k = 0; k < differences.length; k++) {
                    Bound difference = Bound.of(differences[k], draws);
                    assertThat(difference.mean()).as("%s of %d, parameter %d", plan, group, k).isCloseTo(0, within(5.5 * difference.standardError() + 1e-12));
                    assertThat(difference.standardError()).as("parameter %d", k).isLessThan(0.08);
                }
            }
        }
    }

    /** Where q is p all weights are one, and no path has anything to tell; the plain gradient is noise. */
    @Test
    void gradient_whereTheStartIsTheTarget_isZero() {
        PathPlan plan = PathPlan.of(Method.PLAIN, 2, 0).with(Extra.FRAME);
        PathParameters parameters = plan.first(0.1, 0.5).with(Section.FRAME_MEAN, NORMAL.mean()).with(Section.FRAME_LOWER, new double[] {0.8, 0.3, 0.6});
        AnnealedPaths paths = AnnealedPaths.forTraining(NORMAL, plan, 12);
        assertThat(paths.gradient(parameters, RANDOM, 1, new Objective(4, true))).containsOnly(new double[] {0}, within(1e-12));
        assertThat(paths.gradient(parameters, RANDOM, 1, new Objective(4))[layoutOf(plan, Section.MEAN)]).isNotCloseTo(0, within(1e-3));
    }

    private static int layoutOf(PathPlan plan, Section section) { return plan.layout().offset(section); }

    /** The mean gradient over its standard deviation, groups of 4 and of 64: 16 times as many paths make that of the plain one about 4 times smaller, that of the other larger. */
    @Test
    void signal_ofThePlainGradientFallsWithGroups_andThatOfTheOtherDoesNot() {
        Target target = GaussianTarget.independent(new double[] {0.3, 0}, new double[] {0.9, 1});
        double[][] ratio = new double[2][2];
        for (int way = 0; way < 2; way++) {
            for (int size = 0; size < 2; size++) {
                int group = size == 0 ? 4 : 64;
                PathPlan plan = PathPlan.of(Method.PLAIN, 2, 0);
                AnnealedPaths paths = AnnealedPaths.forTraining(target, plan, group);
                double[] slopes = new double[10_000];
                for (int r = 0; r < slopes.length; r++) {
                    slopes[r] = paths.gradient(plan.first(0.1, 0.5), RANDOM, r, new Objective(group, way == 1))[layoutOf(plan, Section.MEAN)];
                }
                Bound bound = Bound.of(slopes, slopes.length);
                ratio[way][size] = bound.mean() / bound.standardError() / Math.sqrt(slopes.length);
            }
        }
        assertThat(ratio[0][1]).isBetween(0.0, 0.5 * ratio[0][0]);
        assertThat(ratio[1][0]).isGreaterThan(ratio[0][0]);
        assertThat(ratio[1][1]).isGreaterThan(1.5 * ratio[1][0]);
    }
}
