package io.driftwood.inference.target;

import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;

/**
 * A problem and where to look at it.
 *
 * @param centre the middle of the points; empty for the origin
 * @param spread their standard deviation
 */
record TargetCase(String name, Problem problem, double[] centre, double spread) {

    TargetCase around(double spread, double... centre) { return new TargetCase(name, problem, centre, spread); }

    Particles points(int size) {
        Particles x = new Particles(size, problem.target().dimension());
        Randomness.of(7, name).normals(0, Purpose.USER, 0, x.values, 0, x.length());
        for (int k = 0; k < x.length(); k++) {
            x.values[k] = (centre.length == 0 ? 0 : centre[k / x.stride]) + spread * x.values[k];
        }
        x.pad();
        return x;
    }

    @Override
    public String toString() { return name; }
}
