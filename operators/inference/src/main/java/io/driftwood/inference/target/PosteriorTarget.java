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
public final class PosteriorTarget implements RowTarget {

    private final Model model;
    private final Rows batch;
    private Rows rows;

    public PosteriorTarget(Model model) {
        this.model = model;
        this.batch = new Rows(model.rowWidth());
    }

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
    public int rows() { return rows.count; }

    @Override
    public void partialScore(Particles x, int[] indices, int count, double factor, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        double[] ignored = scratch.take(x.stride);
        Arrays.fill(score, 0, x.length(), 0.0);
        batch.clear();
        for (int k = 0; k < count; k++) {
            batch.append(rows, indices[k], factor * rows.weights[indices[k]]);
        }
        model.addLogPrior(x, ignored, score, scratch);
        model.addLogLikelihood(x, batch, 0, count, ignored, score, scratch);
        scratch.release(mark);
    }

    @Override
    public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) {
        Arrays.fill(out, 0, x.length(), 0.0);
        model.addPriorHessianVector(x, v, out, scratch);
        model.addLikelihoodHessianVector(x, v, rows, 0, rows.count, out, scratch);
    }
}
