package io.driftwood.inference.model;

import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.MarsagliaTsangWangDiscreteSampler;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.sampling.distribution.TSampler;

/** Single draws of responses for {@code simulate}, by Commons RNG. A parameter that is not finite gives NaN. */
final class Draws {

    /** Beyond this mean a count is far above any integer type; its standard deviation is a rounding error of it. */
    private static final double LARGEST_MEAN = 1e9;

    private Draws() {}

    static double binomial(int trials, double p, Randomness random, long step, int iteration) {
        return p >= 0 && p <= 1
                ? MarsagliaTsangWangDiscreteSampler.Binomial.of(source(random, step, iteration), trials, p).sample()
                : Double.NaN;
    }

    static double poisson(double mean, Randomness random, long step, int iteration) {
        return poisson(mean, source(random, step, iteration));
    }

    /** Poisson about a gamma mean: variance mean + dispersion mean^2. */
    static double negativeBinomial(double mean, double dispersion, Randomness random, long step, int iteration) {
        UniformRandomProvider source = source(random, step, iteration);
        double shape = 1 / dispersion;
        return shape > 0 && shape < Double.POSITIVE_INFINITY && mean * dispersion > 0 && mean < Double.POSITIVE_INFINITY
                ? poisson(AhrensDieterMarsagliaTsangGammaSampler.of(source, shape, mean * dispersion).sample(), source)
                : poisson(mean, source);
    }

    private static double poisson(double mean, UniformRandomProvider source) {
        if (mean > LARGEST_MEAN) {
            return mean < Double.POSITIVE_INFINITY ? Math.rint(mean) : Double.NaN;
        }
        return mean > 0 ? PoissonSampler.of(source, mean).sample() : mean;
    }

    static double studentT(double degreesOfFreedom, Randomness random, long step, int iteration) {
        return degreesOfFreedom > 0 ? TSampler.of(source(random, step, iteration), degreesOfFreedom).sample() : Double.NaN;
    }

    static double normal(Randomness random, long step, int iteration) {
        double[] z = new double[1];
        random.normals(step, Purpose.SIMULATE, iteration, z, 0, 1);
        return z[0];
    }

    private static UniformRandomProvider source(Randomness random, long step, int iteration) {
        return random.provider(step, Purpose.SIMULATE, iteration);
    }
}
