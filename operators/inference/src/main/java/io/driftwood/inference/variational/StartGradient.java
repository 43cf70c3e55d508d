package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.Arrays;

/**
 * The gradient in the start z_1 = mean + sd e, e ~ N(0, I), of an {@link Objective} whose derivative in the log-weight of path i is w_i; a_i is the cotangent of z_1
 * at the end of the way back, where the part of L that is -log q0 = |e|^2/2 + ... is left out. As it is, and doubly reparameterised,
 * <pre>
 *   mean gets sum w_i a_i,         log sd   sum w_i a_i sd e_i + 1
 *   mean gets sum w_i^2 G b_i,     log sd   sum w_i^2 G b_i sd e_i,          b_i = a_i + e_i/sd the whole derivative of log w in z_1,  G the groups
 * </pre>
 * Both have the same mean: that of the score of q0, which the second leaves out, is made up for by the squares. A frame x = m + L z moves where paths begin
 * as the start does, so that with v_i = w_i^2 G b_i - w_i a_i it gets besides what it gets otherwise
 * <pre>   m: L^-T sum v_i,     L: the lower triangle of L^-T sum v_i z_1^T, less diag(1/L)   </pre>
 * Less noisy without bridges and on short paths; noisier on paths that have forgotten their start, because the bridges' own derivative in the start is no longer
 * cancelled. Steps, bridges and backward kernels act on the weight of a path that begins where it does: their gradients are the same either way.
 *
 * <p>References: [1] Tucker, Lawson, Gu and Maddison (2019), Doubly reparameterized gradient estimators for Monte Carlo objectives; [2] Finke and Thiery (2019), On
 * importance-weighted autoencoders. Differs from [1]: only z_1 is reparameterised doubly, given the noise of the path.
 */
final class StartGradient {

    private StartGradient() {}

    /** As it is. */
    static void add(Leg leg, Cotangents bar, Start start, double[] white, Layout layout, double[] gradient) {
        for (int j = 0; j < leg.dimension; j++) {
            int column = j * leg.stride;
            double slope = 0;
            for (int i = 0; i < leg.size; i++) {
                slope += bar.share[i] * bar.position[column + i] * white[column + i];
            }
            gradient[layout.offset(Section.MEAN) + j] += bar.total(bar.position, j);
            gradient[layout.offset(Section.LOG_SD) + j] += start.sd[j] * slope + 1;
        }
    }

    /**
     * Doubly reparameterised.
     *
     * @param first z_1
     */
    static void addDoubly(Leg leg, Cotangents bar, Start start, double[] white, Particles first, Objective objective, Layout layout, double[] gradient, Scratch scratch) {
        int mark = scratch.mark();
        int groups = leg.size / objective.group();
        double[] whole = scratch.take(leg.length());
        Arrays.fill(whole, 0, leg.length(), 0);
        for (int j = 0; j < leg.dimension; j++) {
            double mean = 0;
            double slope = 0;
            for (int i = 0; i < leg.size; i++) {
                int at = j * leg.stride + i;
                double b = bar.share[i] * bar.share[i] * groups * (bar.position[at] + white[at] / start.sd[j]);
                whole[at] = b - bar.share[i] * bar.position[at];
                mean += b;
                slope += b * white[at];
            }
            gradient[layout.offset(Section.MEAN) + j] += mean;
            gradient[layout.offset(Section.LOG_SD) + j] += start.sd[j] * slope;
        }
        if (leg.frame != null) {
            double[] ones = scratch.take(leg.stride);
            Arrays.fill(ones, 0, leg.size, 1);
            Arrays.fill(ones, leg.size, leg.stride, 0);
            leg.frame.end(first, whole, ones);
            leg.frame.addInverseDiagonal(-LaneMath.get().sum(bar.share, 0, leg.size), gradient, layout.offset(Section.FRAME_LOWER));
        }
        scratch.release(mark);
    }
}
