package io.driftwood.inference.target;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;

/** A target whose log-density is a prior's plus a sum over data rows, so that some rows estimate its score. */
public interface RowTarget extends Target {

    int rows();

    /**
     * Overwrites score[0..d*stride) with that of the prior plus {@code factor} times the sum over the named rows of the score of their weighted
     * log-likelihood. With each of n rows among b named ones with probability b/n, and factor n/b, it is an unbiased estimate of the score.
     *
     * @param indices row numbers, the first {@code count} of which count; one may stand there twice
     */
    void partialScore(Particles x, int[] indices, int count, double factor, double[] score, Scratch scratch);
}
