package io.driftwood.inference.denoise.conditional;

import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;

/** The likelihood of a model given data, its parameters on the whole line as x; the model's own prior plays no part. */
public record ModelLikelihood(Model model, Rows rows) implements Likelihood {

    @Override
    public int dimension() { return model.parameters().dimension(); }

    @Override
    public void add(Particles x, double[] log, double[] score, Scratch scratch) { model.addLogLikelihood(x, rows, 0, rows.count, log, score, scratch); }

    @Override
    public void addHessianVector(Particles x, double[] v, double[] out, Scratch scratch) { model.addLikelihoodHessianVector(x, v, rows, 0, rows.count, out, scratch); }
}
