/**
 * What moves: state-space models. A hidden state x_t follows a Markov process and is measured by channels y_t.
 *
 * <p>Letters of the papers: f(x' | x) is {@code propagate} and {@code addLogTransition}; g(y | x) is {@code addLogObservation}; theta, the
 * unknown constants, are the leading static columns of the state; F, Q, H, R are transition matrix, transition covariance, observation
 * matrix and observation covariance; Delta t is {@link io.driftwood.inference.filter.dynamics.Moment#elapsed}.
 */
package io.driftwood.inference.filter.dynamics;
