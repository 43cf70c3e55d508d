/** Markov kernels that move a population, and their tuning. */
package io.driftwood.inference.transition;
