package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Target;

/** e^shift times another target. */
record ShiftedTarget(Target target, double shift) implements Target {

    @Override
    public int dimension() { return target.dimension(); }

    @Override
    public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
        target.evaluate(x, logDensity, score, scratch);
        for (int i = 0; i < x.stride; i++) {
            logDensity[i] += shift;
        }
    }

    @Override
    public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) { target.hessianVector(x, v, out, scratch); }
}
