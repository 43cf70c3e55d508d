/**
 * Markov kernels that move a population, and their tuning.
 *
 * <p>Kernels are {@link io.driftwood.inference.transition.Transition}s; what adapts them is {@link io.driftwood.inference.transition.StepSizeAdaptation} with
 * {@link io.driftwood.inference.transition.PopulationMass} in a stream, which never ends, and {@link io.driftwood.inference.transition.WarmUp} for chains, which then freeze.
 *
 * <p>Letters of the papers: h, epsilon, delta or eta (discrete kernels) is {@code Tuning.stepSize}; M^-1 or C, the preconditioner, is L L^T with L = {@code Tuning.lower}; rho, p or v, the momentum, is
 * a column of {@code Cloud.auxiliary()} in whitened coordinates; gamma, the friction, is {@code friction}; eta of Hamiltonian kernels, the share of a momentum that is kept, is {@code refresh} in a configuration;
 * eta of the proximal sampler is its {@code coupling}.
 */
package io.driftwood.inference.transition;
