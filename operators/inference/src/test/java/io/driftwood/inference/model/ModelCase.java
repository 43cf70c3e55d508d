package io.driftwood.inference.model;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;

/** A model under test with data simulated from itself, at particles drawn from its prior (or, when that is improper, about a given point). */
record ModelCase(String name, Model model, double[] centre) {

    static final long SEED = 20260102;

    static ModelCase of(String name, Model model) { return new ModelCase(name, model, new double[0]); }

    ModelCase around(double... point) { return new ModelCase(name, model, point); }

    Randomness random() { return Randomness.of(SEED, name); }

    Particles particles(int size, int step) {
        Particles theta = new Particles(size, model.parameters().dimension());
        if (centre.length == 0) {
            model.samplePrior(theta, random(), step, new Scratch());
            return theta;
        }
        for (int j = 0; j < theta.dimension; j++) {
            random().normals(step, Purpose.USER, j, theta.values, j * theta.stride, size);
            for (int i = 0; i < size; i++) {
                theta.set(j, i, centre[j] + 0.1 * theta.get(j, i));
            }
        }
        theta.pad();
        return theta;
    }

    /** One observation at covariates of its own, simulated from one particle. */
    double[] observation(Particles theta, int particle, int step) {
        double[] values = new double[model.fields().size()];
        model.simulateCovariates(values, random(), step);
        model.simulate(theta, particle, values, random(), step, particle);
        return values;
    }

    Rows rows(int count) {
        Particles theta = particles(1, 999);
        Rows rows = new Rows(model.rowWidth());
        double[] row = new double[model.rowWidth()];
        for (int r = 0; r < count; r++) {
            model.encode(observation(theta, 0, 1000 + r), row);
            rows.append(row, 1);
        }
        return rows;
    }

    @Override
    public String toString() { return name; }
}
