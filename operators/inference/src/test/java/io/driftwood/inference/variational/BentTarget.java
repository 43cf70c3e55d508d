package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Target;

/** log p = -a^4/4 - (b - a^2/2)^2/2: two coordinates, neither normal, and a Hessian that moves. */
final class BentTarget implements Target {

    @Override
    public int dimension() { return 2; }

    @Override
    public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
        for (int i = 0; i < x.stride; i++) {
            double a = x.values[i];
            double r = x.values[x.stride + i] - a * a / 2;
            logDensity[i] = -a * a * a * a / 4 - r * r / 2;
            if (score != null) {
                score[i] = -a * a * a + a * r;
                score[x.stride + i] = -r;
            }
        }
    }

    @Override
    public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) {
        for (int i = 0; i < x.stride; i++) {
            double a = x.values[i];
            double r = x.values[x.stride + i] - a * a / 2;
            out[i] = (-4 * a * a + r) * v[i] + a * v[x.stride + i];
            out[x.stride + i] = a * v[i] - v[x.stride + i];
        }
    }
}
