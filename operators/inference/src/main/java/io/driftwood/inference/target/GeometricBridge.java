package io.driftwood.inference.target;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;

/**
 * log pi_beta = (1 - beta) log q0 + beta log p, with score and Hessian mixed the same way. beta may be changed between
 * evaluations.
 */
public final class GeometricBridge implements Target {

    private final Target reference;
    private final Target target;
    private double beta;

    public GeometricBridge(Target reference, Target target) {
        this.reference = reference;
        this.target = target;
    }

    /** At inverse temperature beta in [0, 1] from now on. */
    public GeometricBridge at(double beta) {
        this.beta = beta;
        return this;
    }

    @Override
    public int dimension() { return target.dimension(); }

    @Override
    public Domain domain() { return target.domain(); }

    @Override
    public int categories() { return target.categories(); }

    @Override
    public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        double[] referenceDensity = scratch.take(x.stride);
        double[] referenceScore = score == null ? null : scratch.take(x.length());
        reference.evaluate(x, referenceDensity, referenceScore, scratch);
        target.evaluate(x, logDensity, score, scratch);
        LaneMath.get().axpby(1 - beta, referenceDensity, 0, beta, logDensity, 0, x.stride);
        if (score != null) {
            LaneMath.get().axpby(1 - beta, referenceScore, 0, beta, score, 0, x.length());
        }
        scratch.release(mark);
    }

    @Override
    public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        double[] referenceOut = scratch.take(x.length());
        reference.hessianVector(x, v, referenceOut, scratch);
        target.hessianVector(x, v, out, scratch);
        LaneMath.get().axpby(1 - beta, referenceOut, 0, beta, out, 0, x.length());
        scratch.release(mark);
    }

    /** The log-ratio log p - log q0, the derivative of the bridge in beta. */
    public void logRatio(Particles x, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        double[] referenceDensity = scratch.take(x.stride);
        reference.evaluate(x, referenceDensity, null, scratch);
        target.evaluate(x, out, null, scratch);
        LaneMath.get().axpy(-1, referenceDensity, 0, out, 0, x.stride);
        scratch.release(mark);
    }
}
