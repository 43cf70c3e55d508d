/** Populations of particles, their log-weights, and resamplers. */
package io.driftwood.inference.particle;
