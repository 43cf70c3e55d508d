package io.driftwood.inference.target;

import io.driftwood.inference.denoise.function.Denoiser;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;

/**
 * A prior X ~ p seen through Gaussian noise, Y = X + sqrt(v) Z with Z ~ N(0, I): the density q_v of Y and the law of X given Y, in closed
 * form. The noise variance v &gt;= 0 is said at every call; where p has a density, v = 0 is p itself.
 *
 * <p>Shapes: {@code y} holds N particles as columns; log-densities have length stride; scores, means and diagonals have length d*stride, laid
 * out as {@code y.values}. All methods overwrite whole strides. Tweedie's identities hold between the two sides, grad log q_v(y) = (E[X|y] - y)/v
 * and Hess log q_v(y) = (Cov(X|y) - v I)/v^2; each side is computed directly, so neither loses digits to the other as v goes to 0.
 *
 * <p>Reference: [1] Efron (2011), JASA 106, 1602-1614. [2] Saremi and Hyvarinen (2019), JMLR 20, 1-23.
 */
public interface SmoothedPrior extends Denoiser {

    @Override
    default boolean hasDensity() { return true; }

    @Override
    default boolean draws() { return true; }

    /** log q_v(y), and its score unless {@code score} is null. */
    @Override
    void evaluate(Particles y, double variance, double[] logDensity, double[] score, Scratch scratch);

    /** The Hessian of log q_v at y, times {@code direction}. */
    @Override
    void hessianVector(Particles y, double variance, double[] direction, double[] out, Scratch scratch);

    /** Var(X_j | y), with E[X | y] in {@code mean}. */
    void posteriorVariances(Particles y, double variance, double[] mean, double[] variances, Scratch scratch);

    /** Cov(X | y) of one particle, row-major d x d. */
    void posteriorCovariance(Particles y, int particle, double variance, double[] covariance, Scratch scratch);

    /** Every particle of {@code x} becomes a draw of X given the particle of {@code y}, by the random numbers of {@link ExactSampler}. */
    @Override
    void posteriorDraw(Particles y, double variance, Particles x, Randomness random, long step, int iteration, Scratch scratch);
}
