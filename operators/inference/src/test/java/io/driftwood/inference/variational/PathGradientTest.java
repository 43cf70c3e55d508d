package io.driftwood.inference.variational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.Test;

/** The adjoint against automatic differentiation of the same paths, and against differences of the paths themselves. */
class PathGradientTest {

    private static final Randomness RANDOM = Randomness.of(5, "path gradient");
    private static final int[] BRIDGES = {0, 1, 5, 40};

    /** Every number moved off what it is to begin with, so that none is at a point where its derivative is that of something else too. */
    private static PathParameters parameters(PathPlan plan) {
        PathParameters first = plan.first(0.13, plan.method().keepsShare() ? 0.6 : 2.2);
        double[] flat = first.flat();
        double[] noise = new double[flat.length];
        RANDOM.normals(0, Purpose.PRIOR, 0, noise, 0, noise.length);
        for (Section section : first.layout.sections()) {
            for (int k = 0; k < first.layout.length(section); k++) {
                int at = first.layout.offset(section) + k;
                flat[at] += switch (section) {
                    case STEP, FRICTION -> 0;
                    case INCREMENTS, MASS, PACE -> 0.3 * (k % 4) - 0.4;
                    default -> 0.1 * noise[at];
                };
            }
        }
        return new PathParameters(first.layout, flat);
    }

    private static List<PathPlan> withoutNetworks() {
        List<PathPlan> plans = new ArrayList<>();
        for (Method method : Method.values()) {
            for (int bridges : BRIDGES) {
                plans.add(PathPlan.of(method, 2, method.layered ? Math.min(5, bridges) : bridges));
            }
            plans.add(PathPlan.of(method, 2, 4).with(Extra.MASS, Extra.PACE, Extra.MOVING_REFERENCE, Extra.FRAME, Extra.AFFINE, Extra.LAST_MOMENTUM));
        }
        return plans;
    }

    private static List<PathPlan> withNetworks() {
        List<PathPlan> plans = new ArrayList<>();
        for (Method method : Method.values()) {
            plans.add(PathPlan.published(method, 2, 3));
        }
        plans.add(PathPlan.of(Method.UHA, 2, 2).with(Extra.NETWORK, Extra.FLOW, Extra.FRAME, Extra.MASS, Extra.PACE));
        plans.add(PathPlan.of(Method.UHA, 2, 2).with(Extra.LEARNED_BRIDGES));
        plans.add(PathPlan.of(Method.MCD, 2, 2).with(Extra.LEARNED_BRIDGES, Extra.AFFINE, Extra.FLOW, Extra.MOVING_REFERENCE));
        plans.add(PathPlan.of(Method.DAIS, 2, 2).with(Extra.NETWORK, Extra.FLOW));
        for (Method method : List.of(Method.ULA, Method.UHA, Method.LDVI_EM, Method.DAIS)) {
            plans.add(PathPlan.of(method, 2, 2).with(Extra.AFFINE_BRIDGES, Extra.AFFINE, Extra.FRAME, Extra.MOVING_REFERENCE));
        }
        plans.add(PathPlan.of(Method.CMCD, 2, 2).with(Extra.AFFINE_BRIDGES, Extra.CONTROLLED, Extra.AFFINE, Extra.MOVING_REFERENCE));
        return plans;
    }

    @Test
    void gradient_isThatOfAutomaticDifferentiation() {
        withoutNetworks().forEach(plan -> compare(plan, 11, 1));
    }

    @Test
    void gradient_withNetworksAndFlows_isThatOfAutomaticDifferentiation() {
        withNetworks().forEach(plan -> compare(plan, 3, 1));
    }

    /** The importance-weighted bound of groups of three. */
    @Test
    void gradient_ofGroups_isThatOfAutomaticDifferentiation() {
        compare(PathPlan.of(Method.PLAIN, 2, 0), 9, 3);
        compare(PathPlan.of(Method.UHA, 2, 4).with(Extra.AFFINE, Extra.FRAME), 9, 3);
        compare(PathPlan.published(Method.LDVI, 2, 2), 3, 3);
    }

    private static void compare(PathPlan plan, int size, int group) {
        PathParameters parameters = parameters(plan);
        AnnealedPaths paths = AnnealedPaths.forTraining(new BentTarget(), plan, size);
        double[] gradient = paths.gradient(parameters, RANDOM, 3, new Objective(group));
        double[] share = new double[size];
        new Objective(group).shares(paths.logWeights(), size, share);
        double[] expected = new double[gradient.length];
        for (int i = 0; i < size; i++) {
            Gradient log = new DifferentiablePath(plan, parameters).logWeight(noise(plan.bridges(), i, Particles.strideOf(size)));
            assertThat(paths.logWeights()[i]).as("%s", plan).isCloseTo(log.getValue(), within(1e-10 * (1 + Math.abs(log.getValue()))));
            for (int k = 0; k < expected.length; k++) {
                expected[k] += log.getPartialDerivative(k) * share[i];
            }
        }
        // Relative to the largest of its part.
        for (Section section : parameters.layout.sections()) {
            int from = parameters.layout.offset(section);
            int to = from + parameters.layout.length(section);
            double scale = 0;
            for (int k = from; k < to; k++) {
                scale = Math.max(scale, Math.abs(expected[k]));
            }
            for (int k = from; k < to; k++) {
                assertThat(gradient[k]).as("%s %s %d", plan, section, k - from).isCloseTo(expected[k], within(1e-10 * scale + 1e-13));
            }
        }
    }

    /** z_1, rho_1, xi_1..xi_K of one path. */
    private static double[][] noise(int bridges, int path, int stride) {
        double[][] noise = new double[2 + bridges][2];
        double[] lanes = new double[2 * stride];
        for (int m = 0; m < noise.length; m++) {
            RANDOM.normals(3, m == 0 ? Purpose.START : m == 1 ? Purpose.MOMENTUM : Purpose.NOISE, Math.max(0, m - 2), lanes, 0, lanes.length);
            noise[m] = new double[] {lanes[path], lanes[stride + path]};
        }
        return noise;
    }

    @Test
    void gradient_isThatOfDifferencesOnTheSameNoise() {
        List<PathPlan> plans = new ArrayList<>();
        for (Method method : Method.values()) {
            plans.add(PathPlan.of(method, 2, 6));
        }
        plans.add(PathPlan.of(Method.LDVI, 2, 6).with(Extra.AFFINE, Extra.FRAME, Extra.MOVING_REFERENCE));
        for (PathPlan plan : plans) {
            PathParameters parameters = parameters(plan);
            AnnealedPaths paths = AnnealedPaths.forTraining(new BentTarget(), plan, 11);
            double[] gradient = paths.gradient(parameters, RANDOM, 3);
            for (int k = 0; k < gradient.length; k++) {
                double difference = (shifted(paths, parameters, k, 1e-5) - shifted(paths, parameters, k, -1e-5)) / 2e-5;
                assertThat(gradient[k]).as("%s parameter %d", plan, k).isCloseTo(difference, within(1e-6 * (1 + Math.abs(difference))));
            }
        }
    }

    private static double shifted(AnnealedPaths paths, PathParameters parameters, int k, double by) {
        double[] flat = parameters.flat();
        flat[k] += by;
        paths.run(parameters.unflatten(flat), RANDOM, 3);
        return paths.meanLogWeight();
    }

    /** The same noise, but states found again by undoing leapfrogs. Of a kept share of 0.6 every 18th state is marked, of one of 0.714 every 27th. */
    @Test
    void gradient_inLittleMemory_isThatOfTheWholeTape() {
        for (Method method : List.of(Method.UHA, Method.LDVI, Method.LDVI_EXACT, Method.HVI, Method.HVAE)) {
            for (int bridges : new int[] {0, 1, 7, 120}) {
                PathPlan plan = PathPlan.of(method, 2, bridges).with(Extra.AFFINE, Extra.FRAME);
                PathParameters parameters = parameters(plan);
                AnnealedPaths little = AnnealedPaths.forTrainingInLittleMemory(new BentTarget(), plan, 5);
                double[] expected = AnnealedPaths.forTraining(new BentTarget(), plan, 5).gradient(parameters, RANDOM, 3);
                double[] gradient = little.gradient(parameters, RANDOM, 3);
                double scale = 0;
                for (double e : expected) {
                    scale = Math.max(scale, Math.abs(e));
                }
                assertThat(gradient).as("%s", plan).containsExactly(expected, within(1e-9 * scale));
                assertThat(little.statesKept()).isLessThan(12);
            }
        }
        assertThatThrownBy(() -> AnnealedPaths.forTrainingInLittleMemory(new BentTarget(), PathPlan.of(Method.ULA, 2, 4), 5)).hasMessageContaining("cannot be undone");
    }

    /** Few paths of a whole tape find the network's values again; many, and those in little memory, run it again. */
    @Test
    void gradient_ofNetworks_isTheSameWhetherTheyRememberOrNot() {
        for (int size : new int[] {5, 70}) {
            PathPlan plan = PathPlan.of(Method.LDVI, 2, 4).with(Extra.NETWORK, Extra.LEARNED_BRIDGES);
            PathParameters parameters = parameters(plan);
            double[] expected = AnnealedPaths.forTrainingInLittleMemory(new BentTarget(), plan, size).gradient(parameters, RANDOM, 3);
            AnnealedPaths whole = AnnealedPaths.forTraining(new BentTarget(), plan, size);
            double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
            assertThat(whole.gradient(parameters, RANDOM, 3)).containsExactly(expected, within(1e-9 * scale));
            // The same noise leads to the same first positions, but the weights are others.
            PathParameters others = parameters.with(Section.GUIDE, plan.first(0.13, 2.2).section(Section.GUIDE));
            double[] fresh = AnnealedPaths.forTraining(new BentTarget(), plan, size).gradient(others, RANDOM, 3);
            assertThat(whole.gradient(others, RANDOM, 3)).as("after a run with other weights").containsExactly(fresh);
        }
    }

    /** More paths than a tile has lanes. */
    @Test
    void gradient_ofManyPathsWithANetwork_isThatOfDifferences() {
        PathPlan plan = PathPlan.published(Method.MCD, 2, 3);
        PathParameters parameters = parameters(plan);
        AnnealedPaths paths = AnnealedPaths.forTraining(new BentTarget(), plan, 70);
        double[] gradient = paths.gradient(parameters, RANDOM, 3);
        for (int k = 0; k < gradient.length; k += 7) {
            double difference = (shifted(paths, parameters, k, 1e-5) - shifted(paths, parameters, k, -1e-5)) / 2e-5;
            assertThat(gradient[k]).as("parameter %d", k).isCloseTo(difference, within(1e-6 * (1 + Math.abs(difference))));
        }
    }

    /** A share of nothing kept cannot be undone: every state is marked, and nothing is lost. */
    @Test
    void gradient_inLittleMemory_withoutKeptMomentum_isExact() {
        PathPlan plan = PathPlan.of(Method.UHA, 2, 9);
        PathParameters parameters = plan.first(0.2, 0);
        AnnealedPaths little = AnnealedPaths.forTrainingInLittleMemory(new BentTarget(), plan, 5);
        assertThat(little.gradient(parameters, RANDOM, 3)).containsExactly(AnnealedPaths.forTraining(new BentTarget(), plan, 5).gradient(parameters, RANDOM, 3));
    }

    @Test
    void temperatures_ofEqualIncrementsAreEven_andOthersRise() {
        for (int bridges : new int[] {1, 5, 32, 100}) {
            double[] inside = Bridging.INSIDE.temperatures(Bridging.INSIDE.even(bridges), bridges);
            double[] reaching = Bridging.REACHING.temperatures(Bridging.REACHING.even(bridges), bridges);
            for (int k = 0; k < bridges; k++) {
                assertThat(inside[k]).isCloseTo((k + 1.0) / (bridges + 1), within(1e-14));
                assertThat(reaching[k]).isCloseTo((k + 1.0) / bridges, within(1e-14));
            }
        }
        assertThat(Bridging.INSIDE.temperatures(new double[] {1, 2, 5}, 2)).containsExactly(0.125, 0.375);
        assertThat(Bridging.REACHING.temperatures(new double[] {1, 3}, 2)).containsExactly(0.25, 1);
    }
}
