/**
 * Sampling from a target without a stream: parallel chains, importance sampling, annealing, tempering and couplings, with the
 * evidence they give and what that is worth.
 *
 * <p>Letters of the papers and our names:
 * <pre>
 *   beta        inverse temperature: pi_beta = q0^(1 - beta) p^beta
 *   U, u        log-ratio log p - log q0
 *   c_j         {@code logWeight}: weight of a level in simulated tempering
 *   xi, A, rho  auxiliary variable, linear map and precision of the log-concave coupling
 *   K           number of draws under the logarithm of an importance-weighted bound, or of temperatures
 * </pre>
 */
package io.driftwood.inference.sample;
