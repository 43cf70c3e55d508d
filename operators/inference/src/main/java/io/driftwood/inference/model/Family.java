package io.driftwood.inference.model;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Randomness;
import java.util.List;

/**
 * The response distribution of a generalised linear model: p(y | eta, a), eta the linear predictor and a the family's own
 * unconstrained parameters (log scale, ...), which are the columns after the coefficients.
 *
 * <p>A family works on tiles of rows x lanes: {@code eta[r*lanes + l]}. A data row starts with the response and the family's other
 * numbers ({@link #rowHead} in all), at {@code rows[rowOffset + r*rowWidth]}; its weight is {@code weights[weightOffset + r]}.
 * Everything of the population ({@code theta, v, score, out}) is in columns of {@code stride} lanes; {@code own} is the offset, in
 * the array, of the family's first column at the tile's first lane. Implementations allocate nothing.
 */
public interface Family {

    String name();

    /** Fields an observation carries beside response and features. */
    default List<String> extraFields() { return List.of(); }

    /** The family's own parameters. */
    List<Block> blocks();

    /** Numbers at the start of a data row, before the design. */
    int rowHead();

    /**
     * Fills the head of a row.
     *
     * @param values an observation's values: response, extra fields, ...
     */
    void encodeHead(double[] values, double[] row);

    /**
     * Adds weight * log p(y_r | eta) of all rows to {@code logDensity[lane + l]}. Where {@code score} is not null, replaces eta by
     * weight * d log p / d eta and adds the derivatives by the family's own parameters to their columns of score.
     */
    void addLogLikelihood(double[] rows, int rowOffset, int rowWidth, double[] weights, int weightOffset, int rowCount,
            double[] theta, int own, int stride, int lane, int lanes, double[] eta, double[] logDensity, double[] score, Scratch scratch);

    /**
     * The second derivatives of weight * log p times the direction (etaV, v): replaces etaV by the eta part and adds the own part to
     * the family's columns of {@code out}.
     */
    void hessianVector(double[] rows, int rowOffset, int rowWidth, double[] weights, int weightOffset, int rowCount,
            double[] theta, int own, int stride, int lane, int lanes, double[] eta, double[] etaV, double[] v, double[] out, Scratch scratch);

    /** eta[i] becomes E[y | eta_i, own parameters of particle i]; {@code own} is the offset of the family's first column. */
    void mean(double[] theta, int own, int stride, double[] values, double[] eta, Scratch scratch);

    /** A draw of y given eta and the own parameters of one particle, whose first is at {@code theta[own]}, the next {@code stride} on. */
    double simulate(double eta, double[] theta, int own, int stride, double[] values, Randomness random, long step, int iteration);

    /** Draws plausible values of the extra fields into values[1..]. */
    default void simulateExtras(double[] values, Randomness random, long step) {}
}
