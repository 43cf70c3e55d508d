/**
 * Mixtures of normals learned from data: by expectation-maximisation, in one go or row by row, and by mean-field variational inference. What is
 * learned is a {@link io.driftwood.inference.target.GaussianMixture}, ready to be a prior.
 *
 * <p>Letters of the papers and our names:
 * <pre>
 *   r_ik, phi_ik   responsibility of component k for row i
 *   n_k            {@code weight}: sum of responsibilities
 *   gamma_t        {@code gain} of the row t in online learning
 *   m_k, s_k^2     mean and variance of the variational law of a component's mean
 *   tau, sigma     standard deviations of the means under their prior, and of rows around their mean
 *   alpha          concentration of Dirichlet weights
 *   psi            digamma
 * </pre>
 */
package io.driftwood.inference.denoise.learn;
