/**
 * Functions from a noisy place y = x + sqrt(v) z to the mean of what it may have come from: the contract, and those that were fitted to data. Low in the
 * order of rooms, so that targets can be made of them.
 *
 * <p>Letters of the papers and our names:
 * <pre>
 *   x-hat(y)                    {@code posteriorMean}, E[x | y]
 *   sigma                       noise scale, the root of {@code variance}
 *   c_skip, c_out, c_in         the shares with which a fitted function is mixed with y, see {@link io.driftwood.inference.denoise.function.Preconditioning}
 *   phi(y), W                   random features and the weights on them
 * </pre>
 */
package io.driftwood.inference.denoise.function;
