package io.driftwood.wire;

/**
 * One draw from a target.
 *
 * @param chain which of the independent runs
 * @param lane which of the Markov chains side by side in the run; -1 of a population without order
 * @param draw which draw of the run
 * @param weight share of the draw in its run
 * @param names of the coordinates
 */
public record Sample(String job, int chain, int lane, long draw, double weight, double logWeight, String[] names, double[] values) {}
