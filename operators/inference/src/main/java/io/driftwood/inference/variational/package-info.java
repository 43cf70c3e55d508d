/**
 * Diffusion-based variational inference: paths that run Langevin dynamics on bridges from a normal start to a target, weighed against a backward
 * process. The mean of the weights estimates the normaliser without bias, the mean of their logarithms is a bound below it that tuning raises.
 *
 * <p>Letters: K bridges, k a step, z positions, rho momenta (Geffner and Domke 2023), delta or epsilon = step, gamma or eta = friction,
 * beta_k = inverse temperatures, F_k and B_k the forward and the backward kernel, L the log-weight of a path.
 */
package io.driftwood.inference.variational;
