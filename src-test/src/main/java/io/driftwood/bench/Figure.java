package io.driftwood.bench;

/**
 * One measured number and what it was held against in the same run.
 *
 * @param name what was measured
 * @param value the figure
 * @param unit its unit
 * @param against what it is compared with, or empty
 * @param ratio how many times better than that; NaN when there is no comparison
 */
record Figure(String name, double value, String unit, String against, double ratio) {

    static Figure alone(String name, double value, String unit) { return new Figure(name, value, unit, "", Double.NaN); }
}
