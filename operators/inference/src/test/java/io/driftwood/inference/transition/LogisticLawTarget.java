package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Target;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/** Independent logistic coordinates with density sigma(x) sigma(-x): tails heavier than a Gaussian's, exactly sampled, curvature of the log-density between -1/2 and 0. */
final class LogisticLawTarget implements Target {

    private final int dimension;

    LogisticLawTarget(int dimension) { this.dimension = dimension; }

    @Override
    public int dimension() { return dimension; }

    @Override
    public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        double[] softplus = scratch.take(x.length());
        double[] sigmoid = scratch.take(x.length());
        LaneMath.get().softplusAndSigmoid(x.values, 0, softplus, 0, sigmoid, 0, x.length());
        Arrays.fill(logDensity, 0, x.stride, 0.0);
        for (int j = 0; j < dimension; j++) {
            for (int i = 0; i < x.stride; i++) {
                int k = j * x.stride + i;
                logDensity[i] += x.values[k] - 2 * softplus[k];
                if (score != null) {
                    score[k] = 1 - 2 * sigmoid[k];
                }
            }
        }
        scratch.release(mark);
    }

    @Override
    public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) { throw new UnsupportedOperationException(); }

    void sample(Particles x, long seed) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        for (int k = 0; k < x.length(); k++) {
            double u = random.nextDouble();
            x.values[k] = Math.log(u / (1 - u));
        }
        x.pad();
    }
}
