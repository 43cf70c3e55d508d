package io.driftwood.inference.sample;

import io.driftwood.inference.assimilate.Path;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Target;

/** The same path from its end to its start: u becomes -u, and the evidence its inverse. */
final class BackwardPath implements Path {

    private final Path path;

    BackwardPath(Path path) { this.path = path; }

    @Override
    public void logRatio(Particles x, double[] out, Scratch scratch) {
        path.logRatio(x, out, scratch);
        for (int i = 0; i < x.stride; i++) {
            out[i] = -out[i];
        }
    }

    @Override
    public Target at(double beta) { return path.at(1 - beta); }
}
