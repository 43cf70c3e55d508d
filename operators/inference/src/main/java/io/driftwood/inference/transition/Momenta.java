package io.driftwood.inference.transition;

import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;

/** Momenta as auxiliary variables: one for each coordinate, p ~ N(0, I) given any position, in whitened coordinates. */
final class Momenta {

    private Momenta() {}

    static void draw(Cloud cloud, Randomness random, long step, int iteration) {
        cloud.withAuxiliaries(cloud.particles().dimension);
        random.normals(step, Purpose.AUXILIARY, iteration, cloud.auxiliary(), 0, cloud.particles().length());
    }
}
