/**
 * Sampling by denoising: a smoothed density is easier to walk on than a sharp one, and its posterior mean leads back. All of it moves a population side by
 * side on any {@link io.driftwood.inference.target.SmoothedPrior}.
 *
 * <p>Letters of the papers and our names:
 * <pre>
 *   y, x-hat       noisy place, and E[x | y], the jump
 *   sigma          noise scale of a measurement
 *   m, n_t         {@code measurements}, and {@code moves} of the walk for each
 *   y-bar          {@code mean} of the measurements so far
 *   r_t            law of x under the forward diffusion at time t
 *   gamma          step in time of a diffusion
 *   Z_t            observation process of stochastic localisation, t x + Brownian motion
 *   alpha          precision of the noise on signs
 * </pre>
 */
package io.driftwood.inference.denoise.walk;
