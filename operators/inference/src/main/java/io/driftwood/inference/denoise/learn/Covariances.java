package io.driftwood.inference.denoise.learn;

/** What a fit may do with the components' covariances. */
public enum Covariances {
    /** One for each component. */
    FULL,
    /** One for each component, without correlations. */
    DIAGONAL,
    /** One common to all. */
    TIED,
    /** Those of the start are kept. */
    KNOWN
}
