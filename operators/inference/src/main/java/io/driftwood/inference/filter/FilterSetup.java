package io.driftwood.inference.filter;

import io.driftwood.inference.particle.Resampler;
import io.driftwood.inference.summary.Summariser;

/**
 * What a job says to every filter.
 *
 * @param particles how many a key has
 * @param essThreshold resample when the effective sample size falls below this share of the particles
 * @param conditionalEss the share that one sub-step must leave where a measurement is let in by degrees
 * @param reserved numbers at the front of a key's statistics that are not the filter's
 */
public record FilterSetup(int particles, Resampler resampler, double essThreshold, double conditionalEss, int reserved, Summariser summariser) {}
