package io.driftwood.inference.assimilate;

/**
 * What becomes of an observation that is too informative for the population to be reweighted at once.
 *
 * @param whole whether it is taken at once all the same
 * @param leap how the population is carried, before it is let in by degrees
 */
public record Assimilation(boolean whole, Leap leap) {

    /** How far the population goes at once. */
    Temperatures temperatures(double conditionalEss) { return whole ? new AtOnce() : new Tempering(conditionalEss); }
}
