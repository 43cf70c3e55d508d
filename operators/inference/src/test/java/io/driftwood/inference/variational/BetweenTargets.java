package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Bridged;
import io.driftwood.inference.target.Target;

/** The geometric bridge between two targets. */
record BetweenTargets(Target from, Target to) implements Bridged {

    @Override
    public int dimension() { return from.dimension(); }

    @Override
    public void evaluate(Particles x, double[] logDensity, double[] score, double[] logRatio, double[] ratioScore, Scratch scratch) {
        from.evaluate(x, logDensity, score, scratch);
        to.evaluate(x, logRatio, ratioScore, scratch);
        for (int i = 0; i < x.stride; i++) {
            logRatio[i] -= logDensity[i];
        }
        for (int k = 0; k < x.length(); k++) {
            ratioScore[k] -= score[k];
        }
    }
}
