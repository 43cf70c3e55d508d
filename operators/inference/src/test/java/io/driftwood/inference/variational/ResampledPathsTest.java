package io.driftwood.inference.variational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.particle.SystematicResampler;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Target;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Paths that are resampled on the way, against a normaliser and moments in closed form. */
class ResampledPathsTest {

    private static final Randomness RANDOM = Randomness.of(41, "resampled paths");
    /** e^2 N((0.8, -0.6), covariance), correlated 0.6. */
    private static final GaussianTarget NORMAL = new GaussianTarget(new double[] {0.8, -0.6}, new double[] {0.8, 0, 0.42, 0.56});
    private static final Target TARGET = new ShiftedTarget(NORMAL, 2);

    private static ResampledPaths paths(Target target, PathPlan plan, int size, int groups, double threshold) {
        return new ResampledPaths(target, plan, size, groups, threshold, new SystematicResampler());
    }

    private static PathParameters first(PathPlan plan) { return plan.first(plan.method().hasMomentum() ? 0.3 : 0.06, plan.method().keepsShare() ? 0.5 : 2); }

    /** Steps, reference, frame and learned parts moved off what they are to begin with. */
    private static PathParameters moved(PathPlan plan) {
        PathParameters first = first(plan);
        double[] flat = first.flat();
        double[] noise = new double[flat.length];
        RANDOM.normals(0, Purpose.PRIOR, 0, noise, 0, noise.length);
        for (Section section : first.layout.sections()) {
            for (int k = 0; section != Section.STEP && section != Section.FRICTION && k < first.layout.length(section); k++) {
                flat[first.layout.offset(section) + k] += (section.bounds == Section.Bounds.WEIGHTS ? 0.03 : 0.1) * noise[first.layout.offset(section) + k];
            }
        }
        return first.unflatten(flat);
    }

    private static List<PathPlan> plans() {
        List<PathPlan> plans = new ArrayList<>();
        for (Method method : Method.values()) {
            if (ResampledPaths.canResample(PathPlan.of(method, 2, 4))) {
                plans.add(PathPlan.of(method, 2, 4));
            }
        }
        plans.add(PathPlan.of(Method.UHA, 2, 4).with(Extra.MASS, Extra.PACE, Extra.MOVING_REFERENCE, Extra.FRAME, Extra.AFFINE, Extra.LAST_MOMENTUM));
        plans.add(PathPlan.of(Method.DAIS, 2, 4).with(Extra.FRAME, Extra.FLOW));
        plans.add(PathPlan.of(Method.CMCD, 2, 4).with(Extra.AFFINE_BRIDGES, Extra.CONTROLLED));
        plans.add(PathPlan.of(Method.LDVI, 2, 4).with(Extra.NETWORK, Extra.FLOW, Extra.LEARNED_BRIDGES));
        return plans;
    }

    /** Means of 1000 independent groups of 8 at 5.5 standard errors: false alarm 4e-8 each of 32. */
    @Test
    void mean_isUnbiasedHoweverOftenPathsAreResampled() {
        for (PathPlan plan : plans()) {
            for (double threshold : new double[] {0.6, 1}) {
                int groups = 1000;
                ResampledPaths paths = paths(TARGET, plan, 8 * groups, groups, threshold);
                paths.run(moved(plan), RANDOM, 3);
                double error = Math.exp(paths.logEvidence() - 2) * paths.standardError();
                assertThat(Math.exp(paths.logEvidence() - 2)).as("%s below %s", plan, threshold).isCloseTo(1, within(5.5 * error));
                assertThat(error).as("%s", plan).isLessThan(0.07);
                assertThat(paths.resamplings()).isGreaterThan(threshold < 1 ? groups / 20 : 4 * groups - 1);
            }
        }
    }

    /** Weighted mean and second moment of one large group; the spread over 30 runs gives their errors. False alarm at 6 errors of 29 degrees of freedom 2e-6 each of 4. */
    @Test
    void ends_haveTheMomentsOfTheTarget() {
        for (PathPlan plan : List.of(PathPlan.of(Method.ULA, 2, 6), PathPlan.of(Method.UHA, 2, 6).with(Extra.FRAME))) {
            int runs = 30;
            double[] means = new double[runs];
            double[] products = new double[runs];
            for (int r = 0; r < runs; r++) {
                ResampledPaths paths = paths(TARGET, plan, 2000, 1, 1);
                paths.run(moved(plan), RANDOM, r);
                Particles ends = paths.ends();
                double total = 0;
                for (int i = 0; i < 2000; i++) {
                    double w = Math.exp(paths.logWeights()[i]);
                    total += w;
                    means[r] += w * ends.get(1, i);
                    products[r] += w * ends.get(0, i) * ends.get(1, i);
                }
                means[r] /= total;
                products[r] /= total;
            }
            assertMean(means, -0.6, 0.02);
            assertMean(products, 0.8 * 0.42 - 0.8 * 0.6, 0.02);
        }
    }

    private static void assertMean(double[] values, double expected, double largestError) {
        Bound bound = Bound.of(values, values.length);
        assertThat(bound.mean()).isCloseTo(expected, within(6 * bound.standardError()));
        assertThat(bound.standardError()).isLessThan(largestError);
    }

    /** Nothing that leads to the same law may change: not the order of draws either. */
    @Test
    void withoutAThreshold_pathsAreThoseThatGoAlone() {
        PathPlan plan = PathPlan.of(Method.LDVI_EXACT, 2, 5);
        ResampledPaths resampled = paths(TARGET, plan, 61, 7, 0);
        AnnealedPaths alone = AnnealedPaths.forSampling(TARGET, plan, 61);
        resampled.run(first(plan), RANDOM, 1);
        alone.run(first(plan), RANDOM, 1);
        assertThat(resampled.logWeights()).containsExactly(alone.logWeights());
        assertThat(resampled.ends().values).containsExactly(alone.ends().values);
        assertThat(resampled.resamplings()).isZero();
    }

    /** From N(0, I) to a narrow normal far away by short steps: weights of lone paths spread over tens of nats. Groups of 100 come more than a nat nearer to log Z = 0. */
    @Test
    void resampling_narrowsWhatLonePathsSpread() {
        Target far = GaussianTarget.independent(new double[] {3, -2}, new double[] {0.3, 0.4});
        PathPlan plan = PathPlan.of(Method.ULA, 2, 32);
        double[] means = new double[2];
        for (int way = 0; way < 2; way++) {
            ResampledPaths paths = paths(far, plan, 4000, 40, way == 0 ? 0 : 0.5);
            paths.run(plan.first(0.01, 0.5), RANDOM, 2);
            for (int g = 0; g < 40; g++) {
                means[way] += paths.logEvidence(g) / 40;
            }
        }
        assertThat(means[1]).isBetween(means[0] + 1, -1.0);
    }

    /** Half of the plane has no density. Paths stray there and may come back, so that they must not be thrown away: the estimate is half of the whole. */
    @Test
    void pathsWithoutDensity_mayComeBack() {
        Target half = new Half(GaussianTarget.standard(2));
        PathPlan plan = PathPlan.of(Method.UHA, 2, 4);
        ResampledPaths paths = paths(half, plan, 32_000, 1000, 0.9);
        paths.run(plan.first(0.2, 0.5), RANDOM, 4);
        // False alarm 4e-8.
        assertThat(Math.exp(paths.logEvidence())).isCloseTo(0.5, within(5.5 * 0.5 * paths.standardError()));
        assertThat(paths.standardError()).isLessThan(0.04);
        assertThat(paths.resamplings()).isGreaterThan(900);
    }

    @Test
    void plansWithoutNoise_areRefused() {
        for (PathPlan plan : List.of(PathPlan.of(Method.PLAIN, 2, 4), PathPlan.of(Method.UHA, 2, 0), PathPlan.of(Method.HVI, 2, 4), PathPlan.of(Method.HVAE, 2, 4))) {
            assertThatThrownBy(() -> paths(TARGET, plan, 10, 2, 0.5)).hasMessageContaining("no steps with noise");
        }
    }

    /** -inf where the first coordinate is negative. */
    private record Half(Target target) implements Target {

        @Override
        public int dimension() { return target.dimension(); }

        @Override
        public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
            target.evaluate(x, logDensity, score, scratch);
            for (int i = 0; i < x.stride; i++) {
                logDensity[i] = x.values[i] > 0 ? logDensity[i] : Double.NEGATIVE_INFINITY;
            }
        }

        @Override
        public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) { target.hessianVector(x, v, out, scratch); }
    }
}
