package io.driftwood.inference.denoise;

import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;

/** Rows of normals for tests. */
final class Randoms {

    private Randoms() {}

    static double[][] rows(int count, int dimension, long seed) {
        double[][] rows = new double[count][dimension];
        for (int i = 0; i < count; i++) {
            Randomness.of(seed, "rows").normals(i, Purpose.USER, 0, rows[i], 0, dimension);
        }
        return rows;
    }
}
