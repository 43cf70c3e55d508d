/** Vectorised elementary functions, fixed-order reductions and small dense linear algebra; plain and vector code give the same bits. */
package io.driftwood.inference.numeric;
