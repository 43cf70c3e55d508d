package io.driftwood.inference.variational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.learned.Learned.UnfitException;
import io.driftwood.inference.target.GaussianTarget;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TunedPathTest {

    private static final long ALWAYS = Long.MIN_VALUE;
    private static final GaussianTarget COORDINATES = new GaussianTarget(new double[] {1, -0.1}, new double[] {0.3, 0, 0.7, 1.9});

    private static Learned learned(PathPlan plan, double step, double friction) {
        PathParameters parameters = TunedPath.first(plan).withSteps(step, friction).withStart(new double[] {0.01, -0.02}, new double[] {-0.1, 1.0 / 3});
        return new TunedPath(plan, COORDINATES, parameters).learned("paths", 7, ALWAYS, new TreeMap<>(Map.of("model", "gaussian")), new Bound(-3.25, 0.0625));
    }

    private static Learned uha(double step, double friction) { return learned(PathPlan.of(Method.UHA, 2, 3), step, friction); }

    @Test
    void learned_andBack_isTheSameToTheBit() {
        for (Method method : Method.values()) {
            returns(PathPlan.of(method, 2, 3));
            returns(PathPlan.published(method, 2, 3));
        }
        for (Extra part : Extra.values()) {
            PathPlan plan = part == Extra.CONTROLLED ? PathPlan.of(Method.ULA, 2, 3).with(Extra.AFFINE_BRIDGES) : PathPlan.of(Method.UHA, 2, 3);
            returns(plan.with(part));
        }
    }

    private static void returns(PathPlan plan) {
        Learned learned = learned(plan, 0.1, 0.7);
        assertThat(learned.type()).isEqualTo("tuned-path");
        assertThat(learned.labels()).containsEntry("method", TunedPath.nameOf(plan.method())).containsEntry("model", "gaussian");
        assertThat(learned.array("bound", 2)).containsExactly(-3.25, 0.0625);
        TunedPath back = TunedPath.of(learned, 2);
        assertThat(back.plan()).isEqualTo(plan);
        assertThat(back.parameters().flat()).isEqualTo(learned.array("parameters"));
        assertThat(back.coordinates().mean()).isEqualTo(COORDINATES.mean());
        assertThat(back.coordinates().lower()).isEqualTo(COORDINATES.lower());
        assertThat(back.startsStandard()).isFalse();
    }

    @Test
    void of_whatCannotBeRun_saysWhy() {
        Learned fit = uha(0.1, 0.7);
        unfit(fit, 3, "is tuned in 2 dimensions, and here are 3");
        unfit(Learned.of("paths", "mixture", 7, ALWAYS, fit.labels(), fit.arrays()), 2, "is of type 'mixture', and 'tuned-path' is needed");
        unfit(uha(0, 0.7), 2, "holds 0.0 in array 'parameters' where a number must be greater than 0");
        unfit(uha(0.1, 1), 2, "holds the friction 1.0, which uha cannot use");
        unfit(changed(fit, "bridges", 4), 2, "has 10 numbers in array 'parameters' where 11 are needed");
        unfit(changed(fit, "bridges", 2.5), 2, "holds 2.5 in 'bridges', which is no number of bridges");
        unfit(changed(fit, "coordinates-lower", 1, 0, 0, -1), 2, "holds -1.0 in array 'coordinates-lower'");
        unfit(Learned.of("paths", "tuned-path", 7, ALWAYS, Map.of("method", "magic", "parts", ""), fit.arrays()), 2, "is of method 'magic' with parts '', which is not known here");
    }

    private static Learned changed(Learned learned, String array, double... numbers) {
        Map<String, double[]> arrays = new TreeMap<>(learned.arrays());
        arrays.put(array, numbers);
        return Learned.of(learned.name(), learned.type(), learned.version(), learned.eventTime(), learned.labels(), arrays);
    }

    private static void unfit(Learned learned, int dimension, String reason) {
        assertThatThrownBy(() -> TunedPath.of(learned, dimension)).isInstanceOf(UnfitException.class).hasMessageContaining(reason);
    }
}
