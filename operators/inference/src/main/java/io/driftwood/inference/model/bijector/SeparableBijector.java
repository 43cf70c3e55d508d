package io.driftwood.inference.model.bijector;

import io.driftwood.inference.numeric.Scratch;

/** A bijector of several coordinates whose log-Jacobian is a constant plus one {@link LogisticTerm} a column. */
abstract class SeparableBijector implements Bijector {

    private final LogisticTerm[] terms;
    private final double constant;

    SeparableBijector(LogisticTerm[] terms, double constant) {
        this.terms = terms;
        this.constant = constant;
    }

    @Override
    public final int unconstrainedSize() { return terms.length; }

    @Override
    public final void addLogJacobian(double[] z, int zOffset, int stride, double[] logDensity, double[] score, Scratch scratch) {
        for (int j = 0; j < terms.length; j++) {
            terms[j].add(z, zOffset + j * stride, stride, logDensity, score, scratch);
        }
        for (int i = 0; i < stride; i++) {
            logDensity[i] += constant;
        }
    }

    @Override
    public final void addLogJacobianHessianVector(double[] z, int zOffset, int stride, double[] v, double[] out, Scratch scratch) {
        for (int j = 0; j < terms.length; j++) {
            terms[j].addHessianVector(z, zOffset + j * stride, stride, v, out, scratch);
        }
    }
}
