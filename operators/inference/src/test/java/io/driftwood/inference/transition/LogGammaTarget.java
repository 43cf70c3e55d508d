package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Target;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.simple.RandomSource;

/** Independent coordinates x_j = log G_j, G_j ~ Gamma(shape_j, 1): skewed, exactly sampled, log p = sum shape_j x_j - e^(x_j) + constant. Its mean is digamma(shape). */
final class LogGammaTarget implements Target {

    private final double[] shape;

    LogGammaTarget(double... shape) { this.shape = shape; }

    @Override
    public int dimension() { return shape.length; }

    @Override
    public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
        for (int i = 0; i < x.stride; i++) {
            logDensity[i] = 0;
            for (int j = 0; j < shape.length; j++) {
                double value = x.values[j * x.stride + i];
                logDensity[i] += shape[j] * value - Math.exp(value);
                if (score != null) {
                    score[j * x.stride + i] = shape[j] - Math.exp(value);
                }
            }
        }
    }

    @Override
    public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) {
        for (int k = 0; k < x.length(); k++) {
            out[k] = -Math.exp(x.values[k]) * v[k];
        }
    }

    void sample(Particles x, long seed) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        for (int j = 0; j < shape.length; j++) {
            SharedStateContinuousSampler gamma = AhrensDieterMarsagliaTsangGammaSampler.of(random, shape[j], 1);
            for (int i = 0; i < x.size; i++) {
                x.set(j, i, Math.log(gamma.sample()));
            }
        }
        x.pad();
    }
}
