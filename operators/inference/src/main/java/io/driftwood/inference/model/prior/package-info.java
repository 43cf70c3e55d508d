/** Prior densities of scalars, with normalising constants, two derivatives and sampling, on columns. */
package io.driftwood.inference.model.prior;
