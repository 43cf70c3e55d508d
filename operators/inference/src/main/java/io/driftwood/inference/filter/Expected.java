package io.driftwood.inference.filter;

/** What a number was expected to be before it was seen. */
interface Expected {

    double mean();

    double sd();

    double quantile(double level);

    /**
     * The probability integral transform, uniform on (0, 1) when y comes from this law.
     *
     * @param u a uniform, by which a law with atoms decides within one
     */
    double probabilityTransform(double y, double u);

    /** Continuous ranked probability score E|X - y| - E|X - X'|/2, in the unit of y; less is better. */
    double rankedScore(double y);
}
