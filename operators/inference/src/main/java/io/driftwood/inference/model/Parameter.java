package io.driftwood.inference.model;

/**
 * One named scalar that people read in a summary.
 *
 * @param name the name in summaries and configurations
 * @param unit what it is measured in, or empty
 */
public record Parameter(String name, String unit) {
    public static Parameter of(String name) { return new Parameter(name, ""); }
}
