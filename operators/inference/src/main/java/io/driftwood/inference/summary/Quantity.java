package io.driftwood.inference.summary;

/**
 * Summary of one scalar under the posterior.
 *
 * @param quantiles at the levels of the {@link PosteriorSummary}
 */
public record Quantity(String name, double mean, double sd, double[] quantiles) {}
