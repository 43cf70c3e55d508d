package io.driftwood.inference.sample;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Domain;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.target.Target;
import io.driftwood.inference.transition.Transition;
import io.driftwood.inference.transition.Tuning;

/** Where chains begin. */
final class Starts {

    private Starts() {}

    /** Draws of the reference; on a finite set, of its uniform law: the signs of normals, or the category of the largest of them. */
    static Particles of(Problem problem, int size, Randomness random, long step, Scratch scratch) {
        Target target = problem.target();
        Particles x = new Particles(size, target.dimension());
        if (target.domain() == Domain.REAL) {
            problem.reference().sample(x, random, step, Purpose.START, 0, scratch);
            return x;
        }
        random.normals(step, Purpose.START, 0, x.values, 0, x.length());
        int block = target.domain() == Domain.SIGNS ? 1 : target.categories();
        for (int i = 0; i < size; i++) {
            for (int from = 0; from < x.dimension; from += block) {
                settle(x, i, from, block);
            }
        }
        x.pad();
        return x;
    }

    private static void settle(Particles x, int particle, int from, int block) {
        int largest = from;
        for (int j = from; j < from + block; j++) {
            largest = x.get(j, particle) > x.get(largest, particle) ? j : largest;
        }
        for (int j = from; j < from + block; j++) {
            double value = block == 1 ? (x.get(j, particle) > 0 ? 1 : -1) : j == largest ? 1 : 0;
            x.set(j, particle, value);
        }
    }

    /** The scale of the reference, and the transition's own step. */
    static Tuning tuning(Problem problem, Transition transition) {
        Target target = problem.target();
        int d = target.dimension();
        Tuning tuning = new Tuning();
        tuning.stepSize = transition.initialStepSize(d);
        tuning.lower = new double[d * d];
        if (target.domain() == Domain.REAL) {
            tuning.lower = problem.reference().lower();
        } else {
            for (int j = 0; j < d; j++) {
                tuning.lower[j * d + j] = 1;
            }
        }
        return tuning;
    }
}
