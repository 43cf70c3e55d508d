/**
 * Smooth one-to-one maps from unconstrained columns to constrained parameters, with log-Jacobians and their derivatives.
 *
 * <p>Letters: z unconstrained, x = T(z) constrained, J the matrix dx/dz (for a simplex or a correlation the rows of free x only).
 */
package io.driftwood.inference.model.bijector;
