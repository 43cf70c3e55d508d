package io.driftwood.inference.target;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;

/** Densities that are log-linear in beta, log pi_beta = log pi_0 + beta u, from one that particles stand for to another; with scores, so that Langevin steps can be taken on any of them. */
public interface Bridged {

    int dimension();

    /**
     * Overwrites log pi_0 and u, of length stride, and their scores, laid out as x, at every particle. What is not finite means density zero.
     */
    void evaluate(Particles x, double[] logDensity, double[] score, double[] logRatio, double[] ratioScore, Scratch scratch);
}
