package io.driftwood.inference.variational;

import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Randomness;
import org.junit.jupiter.api.Test;

class PathLearnerTest {
    @Test
    void probe() {
        for (double sd : new double[] {1, 0.3}) for (int iterations : new int[] {200, 500, 1000}) for (double rate : new double[]{0.02,0.05,0.1}) {
            PathLearner learner = new PathLearner("far", Method.UHA, 16, 8, iterations, rate, 1);
            double[] state = learner.start();
            StringBuilder line = new StringBuilder("sd " + sd + " its " + iterations + " rate " + rate + ":");
            for (int n = 0; n < 6; n++) {
                long t = System.nanoTime();
                state = learner.learn(state, new FarStep(new double[] {10, 0, 0, 0, 0}, new double[] {sd, 1, 1, 1, 1}).values(), new Scratch());
                Learned learned = learner.snapshot(state, 1, 0).orElseThrow();
                line.append(String.format(" %.3f+-%.3f (%d ms)", learned.array("bound")[0], learned.array("bound")[1], (System.nanoTime() - t) / 1000000));
            }
            PathParameters p = TunedPath.of(learner.snapshot(state, 1, 0).orElseThrow(), 5).parameters();
            System.out.println(line + " step " + p.step() + " friction " + p.friction() );
        }
    }
}
