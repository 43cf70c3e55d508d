package io.driftwood.inference.denoise.function;

import io.driftwood.inference.learned.Learned;
import java.util.Map;

/**
 * How a fitted function F of ordinary size becomes a posterior mean at any noise: with m the mean of the data and s their scale,
 * <pre>
 *   x-hat = m + c_skip (y - m) + c_out F(c_in (y - m))
 *   c_skip = s^2/(s^2 + v)      c_out = s sqrt(v)/sqrt(s^2 + v)      c_in = 1/sqrt(s^2 + v)
 * </pre>
 * What F has to hit, (x - m - c_skip (y - m))/c_out, has variance one at every v where the data have covariance s^2 I, and nothing cancels as v goes to 0 or
 * infinity. Reference: [1] Karras et al. (2022), Elucidating the design space of diffusion-based generative models. Differs from [1]: the mean.
 *
 * @param mean m, one number for each coordinate
 * @param scale s, the root of the mean variance over coordinates
 * @param least the smallest noise scale that F was fitted at
 * @param largest the largest
 */
public record Preconditioning(double[] mean, double scale, double least, double largest) {

    public Preconditioning {
        if (!(scale > 0 && scale < Double.POSITIVE_INFINITY && least > 0 && least <= largest && largest < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("needs a positive scale, and noise from above 0 upwards: scale " + scale + ", noise " + least + " to " + largest);
        }
    }

    public int dimension() { return mean.length; }

    public double skip(double variance) { return scale * scale / (scale * scale + variance); }

    public double out(double variance) { return scale * Math.sqrt(variance) / Math.sqrt(scale * scale + variance); }

    public double in(double variance) { return 1 / Math.sqrt(scale * scale + variance); }

    /** Where a noise scale lies between the least, -1, and the largest, 1, on the logarithm; 0 where they are one. */
    public double place(double variance) {
        double low = StrictMath.log(least);
        double high = StrictMath.log(largest);
        return high > low ? 2 * (0.5 * StrictMath.log(variance) - low) / (high - low) - 1 : 0;
    }

    /** Its arrays in something learned. */
    void write(Map<String, double[]> arrays) {
        arrays.put("mean", mean);
        arrays.put("scale", new double[] {scale});
        arrays.put("noise", new double[] {least, largest});
    }

    /** @throws Learned.UnfitException if the arrays are not there or make no sense */
    static Preconditioning read(Learned learned) {
        double[] noise = learned.array("noise", 2);
        try {
            return new Preconditioning(learned.array("mean"), learned.array("scale", 1)[0], noise[0], noise[1]);
        } catch (IllegalArgumentException e) {
            throw new Learned.UnfitException(learned, e.getMessage());
        }
    }
}
