package io.driftwood.inference.random;

import io.driftwood.inference.numeric.LaneMath;

/** The first uniform of an address, for decisions taken once per population. */
final class PhiloxUniform {

    private PhiloxUniform() {}

    static double first(int k0, int k1, int c1, int c2, int c3) {
        double[] one = new double[1];
        LaneMath.get().uniforms(k0, k1, c1, c2, c3, one, 0, 1);
        return one[0];
    }
}
