package io.driftwood.inference.sample;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Domain;
import io.driftwood.inference.target.Target;

/** A target that counts what it is asked, particle by particle. For one run. */
final class CountedTarget implements Target {

    private final Target target;
    private long gradients;

    CountedTarget(Target target) { this.target = target; }

    /** Evaluations with a score, of one particle each. */
    long gradients() { return gradients; }

    @Override
    public int dimension() { return target.dimension(); }

    @Override
    public Domain domain() { return target.domain(); }

    @Override
    public int categories() { return target.categories(); }

    @Override
    public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
        gradients += score == null ? 0 : x.size;
        target.evaluate(x, logDensity, score, scratch);
    }

    @Override
    public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) { target.hessianVector(x, v, out, scratch); }
}
