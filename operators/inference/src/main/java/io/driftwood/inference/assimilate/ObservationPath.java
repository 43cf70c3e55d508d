package io.driftwood.inference.assimilate;

import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.PosteriorTarget;
import io.driftwood.inference.target.Target;
import java.util.Arrays;

/**
 * From the posterior before an observation to the posterior after it, under any history policy: the rows' weights go from
 * {@code before} to {@code before + change}, so
 * <pre>   u(theta) = sum_r change_r log p(y_r | theta)   </pre>
 * For the full history only the newest row changes, 0 to 1, and u is its log-likelihood.
 */
final class ObservationPath implements Path {

    private final Model model;
    private final PosteriorTarget target;
    private Rows rows;
    private double[] before = new double[16];
    private double[] change = new double[16];

    ObservationPath(Model model) {
        this.model = model;
        this.target = new PosteriorTarget(model);
    }

    /** Plans the admission of the newest row of {@code rows} under a policy. */
    void admit(Rows rows, History history) {
        this.rows = rows;
        if (change.length < rows.count) {
            before = new double[2 * rows.count];
            change = new double[2 * rows.count];
        }
        System.arraycopy(rows.weights, 0, before, 0, rows.count);
        Arrays.fill(change, 0, rows.count, 0.0);
        history.plan(rows, change);
        target.on(rows);
    }

    @Override
    public void logRatio(Particles x, double[] out, Scratch scratch) { logRatio(x, out, null, scratch); }

    /** The rows that stay as they are count once, and not at both ends. */
    @Override
    public void evaluate(Particles x, double[] logDensity, double[] score, double[] logRatio, double[] ratioScore, Scratch scratch) {
        at(0).evaluate(x, logDensity, score, scratch);
        Arrays.fill(ratioScore, 0, x.length(), 0.0);
        logRatio(x, logRatio, ratioScore, scratch);
    }

    private void logRatio(Particles x, double[] out, double[] score, Scratch scratch) {
        Arrays.fill(out, 0, x.stride, 0.0);
        int mark = scratch.mark();
        double[] kept = scratch.take(rows.count);
        System.arraycopy(rows.weights, 0, kept, 0, rows.count);
        System.arraycopy(change, 0, rows.weights, 0, rows.count);
        for (int from = 0; from < rows.count; from++) {
            if (change[from] != 0) {
                int to = endOfRun(from);
                model.addLogLikelihood(x, rows, from, to, out, score, scratch);
                from = to;
            }
        }
        System.arraycopy(kept, 0, rows.weights, 0, rows.count);
        scratch.release(mark);
    }

    private int endOfRun(int from) {
        int to = from;
        while (to < rows.count && change[to] != 0) {
            to++;
        }
        return to;
    }

    @Override
    public Target at(double beta) {
        for (int r = 0; r < rows.count; r++) {
            rows.weights[r] = before[r] + beta * change[r];
        }
        return target;
    }

    /** Puts the weights back to where they were. */
    void undo() { System.arraycopy(before, 0, rows.weights, 0, rows.count); }
}
