package io.driftwood.inference.variational;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import org.junit.jupiter.api.Test;

/** A network that remembers a run answers as one that remembers nothing. */
class ScoreNetworkTest {

    private static final PathPlan PLAN = PathPlan.published(Method.LDVI, 2, 3);
    private static final int PATHS = 8;

    @Test
    void value_isThatOfPositionMomentumAndBridge_whateverWasAskedBefore() {
        double[] weights = normals(0, PLAN.layout().total());
        int offset = PLAN.layout().offset(Section.GUIDE);
        Leg remembering = new Leg(new BentTarget(), PATHS, PLAN);
        remembering.guide.rememberRuns();
        remembering.guide.load(weights, offset);
        for (int asked = 0; asked < 40; asked++) {
            double[] position = normals(1 + asked % 2, 2 * PATHS);
            double[] momentum = normals(3 + asked / 2 % 3, 2 * PATHS);
            int bridge = asked / 6 % 3;
            Leg fresh = new Leg(new BentTarget(), PATHS, PLAN);
            fresh.guide.load(weights, offset);
            assertThat(value(remembering, bridge, position, momentum)).as("question %d", asked).containsExactly(value(fresh, bridge, position, momentum));
        }
    }

    private static double[] value(Leg leg, int bridge, double[] position, double[] momentum) {
        double[] out = new double[position.length];
        leg.index = bridge;
        leg.guide.value(leg, position, momentum, position, out, new Scratch());
        return out;
    }

    private static double[] normals(int step, int n) {
        double[] normals = new double[n];
        Randomness.of(3, "score network").normals(step, Purpose.PRIOR, 0, normals, 0, n);
        return normals;
    }
}
