/** Counter-based random numbers addressed by (seed, key, step, purpose, iteration, lane). */
package io.driftwood.inference.random;
