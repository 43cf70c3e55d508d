/** Unnormalised log-densities with score and Hessian-vector product, and the bridges between them. */
package io.driftwood.inference.target;
