package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Target;
import java.util.Arrays;

/**
 * A target's part in one stratum, p_c = p r_c. With m = sum_k r_k b_k,
 * <pre>
 *   log p_c = log p + log r_c,   score + (b_c - m) w,   Hessian - sum_k r_k (b_k - m)^2 w w^T
 * </pre>
 * The Hessian of a share is never positive: a log-concave target stays so in every stratum. Costs C exponentials and a logarithm a particle.
 */
public final class StratumTarget implements Target {

    private final Target target;
    private final Strata strata;
    private final int own;

    /** @param own which stratum, from 0 */
    public StratumTarget(Target target, Strata strata, int own) {
        if (target.dimension() != strata.dimension()) {
            throw new IllegalArgumentException("strata in " + strata.dimension() + " dimensions do not suit a target in " + target.dimension());
        }
        this.target = target;
        this.strata = strata;
        this.own = own;
    }

    @Override
    public int dimension() { return target.dimension(); }

    @Override
    public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        target.evaluate(x, logDensity, score, scratch);
        double[] logShare = scratch.take(x.stride);
        double[] shares = shares(x, logShare, scratch);
        LaneMath.get().axpy(1, logShare, 0, logDensity, 0, x.stride);
        if (score != null) {
            double[] slope = meanSlope(shares, x.stride, scratch);
            for (int i = 0; i < x.stride; i++) {
                slope[i] = strata.slope(own) - slope[i];
            }
            addAlong(slope, score, x.stride);
        }
        scratch.release(mark);
    }

    @Override
    public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        target.hessianVector(x, v, out, scratch);
        double[] along = scratch.take(x.stride);
        double[] shares = shares(x, along, scratch);
        double[] mean = meanSlope(shares, x.stride, scratch);
        double[] variance = scratch.take(x.stride);
        Arrays.fill(variance, 0, x.stride, 0.0);
        for (int c = 0; c < strata.count(); c++) {
            for (int i = 0; i < x.stride; i++) {
                double apart = strata.slope(c) - mean[i];
                variance[i] += shares[c * x.stride + i] * apart * apart;
            }
        }
        strata.project(v, x.stride, along);
        for (int i = 0; i < x.stride; i++) {
            along[i] *= -variance[i];
        }
        addAlong(along, out, x.stride);
        scratch.release(mark);
    }

    /** r_c of all strata, and log r of this one. */
    private double[] shares(Particles x, double[] logShare, Scratch scratch) {
        double[] shares = scratch.take(strata.count() * x.stride);
        strata.project(x.values, x.stride, logShare);
        strata.shares(logShare, x.stride, own, shares, logShare, scratch);
        return shares;
    }

    /** m of every particle. */
    private double[] meanSlope(double[] shares, int stride, Scratch scratch) {
        double[] mean = scratch.take(stride);
        Arrays.fill(mean, 0, stride, 0.0);
        for (int c = 0; c < strata.count(); c++) {
            LaneMath.get().axpy(strata.slope(c), shares, c * stride, mean, 0, stride);
        }
        return mean;
    }

    /** columns += factor w. */
    private void addAlong(double[] factor, double[] columns, int stride) {
        for (int j = 0; j < strata.dimension(); j++) {
            LaneMath.get().axpy(strata.direction(j), factor, 0, columns, j * stride, stride);
        }
    }
}
