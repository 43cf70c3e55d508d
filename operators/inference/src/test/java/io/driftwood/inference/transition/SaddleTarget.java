package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Target;

/** Two modes a coordinate, log p = -(x^2 - 1)^2/2 up to |x| = 1.5 and its tangent parabola outside: log-density of curvature +2 at 0, which the sampler's bound must cover. */
final class SaddleTarget implements Target {

    @Override
    public int dimension() { return 3; }

    @Override
    public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
        for (int i = 0; i < x.stride; i++) {
            logDensity[i] = 0;
            for (int j = 0; j < 3; j++) {
                double value = x.values[j * x.stride + i];
                double inside = Math.max(-1.5, Math.min(1.5, value));
                double beyond = value - inside;
                // At 1.5: slope -3.75, curvature -4.75.
                double slope = -2 * inside * (inside * inside - 1);
                logDensity[i] += -(inside * inside - 1) * (inside * inside - 1) / 2 + slope * beyond - 4.75 * beyond * beyond / 2;
                if (score != null) {
                    score[j * x.stride + i] = slope - 4.75 * beyond;
                }
            }
        }
    }

    @Override
    public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) { throw new UnsupportedOperationException(); }
}
