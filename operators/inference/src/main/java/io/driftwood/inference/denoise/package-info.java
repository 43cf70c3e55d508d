/**
 * Denoising: what is known of x after noisy measurements y_1, y_2, ... of it, one after the other, with a known law of x.
 *
 * <p>Letters of the papers and our names:
 * <pre>
 *   sigma          standard deviation of a measurement's noise
 *   Lambda_j       {@code precision}: sum over measurements of sigma_ij^-2
 *   y-bar          {@code centre}: precision-weighted mean of the measurements
 *   alpha          precision of the noise on signs: a sign is kept with probability 1/(1 + e^(-2 alpha))
 *   x-hat          E[x | y_1..y_m], the denoised measurement
 *   r_k            probability of component, or atom, k
 *   lambda         what a discount keeps of earlier measurements
 * </pre>
 */
package io.driftwood.inference.denoise;
