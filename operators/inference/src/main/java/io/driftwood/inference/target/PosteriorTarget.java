package io.driftwood.inference.target;

import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.Arrays;

/**
 * The posterior given weighted data rows: log p(theta) + sum_r w_r log p(y_r | theta), unnormalised. The weights are read at
 * every evaluation, so the same object is the target at every inverse temperature of a bridge over them.
 *
 * <p>Cost: one pass over the rows; O(N n d) for a GLM.
 */
public final class PosteriorTarget implements Target {

    private final Model model;
    private Rows rows;

    public PosteriorTarget(Model model) { this.model = model; }

    /** Looks at these rows from now on. */
    public PosteriorTarget on(Rows rows) {
        this.rows = rows;
        return this;
    }

    @Override
    public int dimension() { return model.parameters().dimension(); }

    @Override
    public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
        Arrays.fill(logDensity, 0, x.stride, 0.0);
        if (score != null) {
            Arrays.fill(score, 0, x.length(), 0.0);
        }
        model.addLogPrior(x, logDensity, score, scratch);
        model.addLogLikelihood(x, rows, 0, rows.count, logDensity, score, scratch);
    }

    @Override
    public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) {
        Arrays.fill(out, 0, x.length(), 0.0);
        model.addPriorHessianVector(x, v, out, scratch);
        model.addLikelihoodHessianVector(x, v, rows, 0, rows.count, out, scratch);
    }
}
