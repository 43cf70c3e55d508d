package io.driftwood.inference.model.bijector;

import io.driftwood.inference.numeric.Scratch;
import java.util.List;

/**
 * A map x = T(z) from R^m onto a constrained set, for all particles at once.
 *
 * <p>Columns: coordinate j of particle i at {@code z[zOffset + j*stride + i]}; the same with {@code x}. One point is the case
 * {@code stride = 1}, with the same bits. Immutable.
 */
public interface Bijector {

    /** m, the columns of z. */
    int unconstrainedSize();

    /** The columns of x; may be more than m. */
    int constrainedSize();

    /** Names of the x columns of a parameter called {@code name}. */
    List<String> constrainedNames(String name);

    /** x = T(z). */
    void constrain(double[] z, int zOffset, double[] x, int xOffset, int stride, Scratch scratch);

    /** z = T^-1(x), one point. Values outside the constrained set give NaN or an infinity. */
    void unconstrain(double[] x, int xOffset, double[] z, int zOffset);

    /**
     * Adds log|det J(z)| to {@code logDensity[0..stride)} and, where {@code score} is not null, its gradient to the columns of
     * {@code score}, laid out as z from the same offset.
     */
    void addLogJacobian(double[] z, int zOffset, int stride, double[] logDensity, double[] score, Scratch scratch);

    /** Adds H v, H the Hessian of log|det J| at z; v and out are laid out as z, from the same offset. */
    void addLogJacobianHessianVector(double[] z, int zOffset, int stride, double[] v, double[] out, Scratch scratch);

    /**
     * Adds J(z)ᵀ g to the columns of {@code score}: turns a gradient by x into one by z. {@code gradient} is laid out as x from
     * {@code xOffset}, {@code score} as z from {@code zOffset}.
     */
    void addPullBack(double[] z, int zOffset, double[] gradient, int xOffset, double[] score, int stride, Scratch scratch);
}
