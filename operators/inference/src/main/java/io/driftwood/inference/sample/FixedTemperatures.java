package io.driftwood.inference.sample;

import io.driftwood.inference.assimilate.Temperatures;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;

/** Inverse temperatures chosen before the walk: what an unbiased estimate of the normaliser needs. */
final class FixedTemperatures implements Temperatures {

    private final double[] betas;

    /** @param betas ascending in (0, 1], the last being 1 */
    FixedTemperatures(double[] betas) { this.betas = betas.clone(); }

    /** beta_k = (k / count)^power, k = 1..count: the larger the power, the finer near the reference. */
    static FixedTemperatures power(int count, double power) {
        double[] betas = new double[count];
        for (int k = 1; k <= count; k++) {
            betas[k - 1] = k == count ? 1 : StrictMath.pow((double) k / count, power);
        }
        return new FixedTemperatures(betas);
    }

    /** The same way back, from the target to the reference: 1 - beta. */
    FixedTemperatures reversed() {
        double[] back = new double[betas.length];
        for (int k = 0; k < back.length; k++) {
            back[k] = k == back.length - 1 ? 1 : 1 - betas[back.length - 2 - k];
        }
        return new FixedTemperatures(back);
    }

    @Override
    public double step(LogWeights weights, double[] u, double beta, int stage, Scratch scratch) {
        return stage == betas.length - 1 ? 1 - beta : betas[stage] - beta;
    }
}
