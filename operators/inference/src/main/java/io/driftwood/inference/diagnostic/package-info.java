/**
 * How good draws and weights are: autocorrelation, effective sample sizes, R-hat, Monte Carlo standard errors, Pareto k, and distances between
 * laws. Works on finished draws, allocates, and is no part of a step. Letters of the papers: tau = autocorrelation time, S = number of draws,
 * M = chains, or the length of a tail of weights; k = shape of a generalised Pareto distribution.
 */
package io.driftwood.inference.diagnostic;
