package io.driftwood.inference.denoise.stream;

import java.util.Arrays;

/** One record as the recursions take it. Mutable, reused. */
final class Measurement {

    /** y_j; NaN where missing. */
    final double[] y;
    /** Scale of the noise of all coordinates, or of each, and then 1 where y is missing. */
    final double[] noise;
    /** Coordinates that are there. */
    int present;
    /** Whether it takes back what an earlier record has said. */
    boolean retracts;
    /** Time since the record before, in units of the drift's; 0 for the first. */
    double elapsed;

    /** @param scales 1, or one for each coordinate */
    Measurement(int dimension, int scales) {
        y = new double[dimension];
        noise = new double[scales];
    }

    double noise(int j) { return noise[noise.length == 1 ? 0 : j]; }

    /** A record without a measurement. */
    void clear() {
        Arrays.fill(y, Double.NaN);
        Arrays.fill(noise, 1);
        present = 0;
        retracts = false;
        elapsed = 0;
    }
}
