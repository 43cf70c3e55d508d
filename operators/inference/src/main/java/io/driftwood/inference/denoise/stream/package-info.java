/**
 * Denoising as the posterior of a stream: measurements are records, what a key has seen is a fixed array of numbers, and the answers are summaries.
 * The recursions are those of the package above; this one reads records, keeps the books and names the numbers.
 */
package io.driftwood.inference.denoise.stream;
