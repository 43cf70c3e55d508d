/**
 * Unnormalised log-densities with score and Hessian-vector product, the bridges between them, and a catalogue of targets with what is known about
 * them. Letters of the papers: p, pi = target; q_0 = reference; beta = inverse temperature; sigma^2, of a smoothed density q_sigma, = noise variance v;
 * S_k = covariance of a mixture's component, r_k = its responsibility; h = bandwidth; Q_alpha = log-density of smoothed patterns.
 */
package io.driftwood.inference.target;
