package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Target;
import java.util.List;

/**
 * A normal for each lane: that of lane i is where step i mod R of R far steps ends, N(shift, diag sd^2), normalised. The mean log-weight of paths side by side
 * is then their mean over the steps too, and its gradient that of the mean bound. The log-normaliser of every one is 0.
 */
final class FarTargets implements Target {

    private final int dimension;
    private final double[][] mean;
    private final double[][] precision;
    private final double[] logNormaliser;

    /** @param steps one at least, of one dimension */
    FarTargets(List<FarStep> steps) {
        this.dimension = steps.get(0).shift().length;
        this.mean = new double[steps.size()][];
        this.precision = new double[steps.size()][dimension];
        this.logNormaliser = new double[steps.size()];
        for (int r = 0; r < steps.size(); r++) {
            mean[r] = steps.get(r).shift().clone();
            logNormaliser[r] = -0.5 * dimension * StrictMath.log(2 * Math.PI);
            for (int j = 0; j < dimension; j++) {
                double sd = steps.get(r).sd()[j];
                precision[r][j] = 1 / (sd * sd);
                logNormaliser[r] -= StrictMath.log(sd);
            }
        }
    }

    @Override
    public int dimension() { return dimension; }

    @Override
    public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
        for (int i = 0; i < x.stride; i++) {
            logDensity[i] = logNormaliser[i % mean.length];
        }
        for (int j = 0; j < dimension; j++) {
            for (int i = 0; i < x.stride; i++) {
                int r = i % mean.length;
                double away = x.values[j * x.stride + i] - mean[r][j];
                logDensity[i] -= 0.5 * precision[r][j] * away * away;
                if (score != null) {
                    score[j * x.stride + i] = -precision[r][j] * away;
                }
            }
        }
    }

    @Override
    public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) {
        for (int j = 0; j < dimension; j++) {
            for (int i = 0; i < x.stride; i++) {
                out[j * x.stride + i] = -precision[i % mean.length][j] * v[j * x.stride + i];
            }
        }
    }
}
