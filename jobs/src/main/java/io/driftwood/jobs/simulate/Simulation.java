package io.driftwood.jobs.simulate;

import io.driftwood.jobs.topology.Subject;
import java.util.Map;

/** A stream with known truth. A pure function of (model, seed); record n of key k does not depend on how many there are. */
public interface Simulation {

    /** The next record of a key: the model's fields, in the model's order. */
    double[] next(int key);

    /** What is true of a key, by name: its parameters, or its state at the last record, before the first one that of the first. */
    Map<String, Double> truth(int key);

    static String key(int index) {
        return "key-" + index;
    }

    /** Throws {@link UnsupportedOperationException} when the prior is improper: nothing can be drawn from it. */
    static Simulation of(Subject subject, long seed, int keys) {
        if (subject instanceof Subject.Measured measured) {
            return new MeasuredSimulation(measured.denoise(), seed, keys);
        }
        return subject instanceof Subject.Moving moving
                ? new MovingSimulation(moving.model(), seed, keys)
                : new StandingSimulation(((Subject.Standing) subject).model(), seed, keys);
    }
}
