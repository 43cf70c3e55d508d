/**
 * Priors seen through noise together with an observation o of x: the law of x given o by sampling by denoising. Closed form for mixtures and linear observations with normal
 * noise; any other likelihood by weighted draws of x given y, consistent in their number; and by the likelihood at the mean of x given y, which is biased and says so.
 *
 * <p>Letters of the papers and our names:
 * <pre>
 *   o                  {@code observation}
 *   A, R               {@code map} and {@code noise} of a linear observation o = A x + e, e ~ N(0, R)
 *   x-hat_0(y)         E[x | y], at which plug-in guidance evaluates the likelihood
 * </pre>
 */
package io.driftwood.inference.denoise.conditional;
