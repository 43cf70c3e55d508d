package io.driftwood.inference.model.prior;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.TSampler;

/**
 * Student's t with nu degrees of freedom; nu = 1 is the Cauchy distribution. With z = (x - location)/scale:
 * <pre>
 *   log p = log Gamma((nu+1)/2) - log Gamma(nu/2) - log(nu pi)/2 - log scale - (nu+1)/2 log(1 + z^2/nu)
 *   d/dx  = -(nu+1) z / (nu + z^2) / scale
 *   d2/dx2 = -(nu+1) (nu - z^2) / (nu + z^2)^2 / scale^2
 * </pre>
 * Drawn by Commons RNG ({@link TSampler}).
 */
public final class StudentT implements PriorDensity {

    private final double degreesOfFreedom;
    private final double location;
    private final double scale;
    private final double constant;

    public StudentT(double degreesOfFreedom, double location, double scale) {
        this.degreesOfFreedom = Constants.requirePositive(degreesOfFreedom, "degrees-of-freedom");
        this.location = Constants.requireFinite(location, "location");
        this.scale = Constants.requirePositive(scale, "scale");
        this.constant = Constants.logGamma((degreesOfFreedom + 1) / 2) - Constants.logGamma(degreesOfFreedom / 2)
                - 0.5 * (StrictMath.log(degreesOfFreedom) + Constants.LOG_PI) - StrictMath.log(scale);
    }

    @Override
    public void evaluate(double[] x, int offset, int n, double[] logDensity, double[] first, double[] second, Scratch scratch) {
        int mark = scratch.mark();
        double[] z = scratch.take(n);
        for (int i = 0; i < n; i++) {
            z[i] = (x[offset + i] - location) / scale;
        }
        double more = degreesOfFreedom + 1;
        if (first != null) {
            for (int i = 0; i < n; i++) {
                first[i] = -more * z[i] / (degreesOfFreedom + z[i] * z[i]) / scale;
            }
        }
        if (second != null) {
            for (int i = 0; i < n; i++) {
                double spread = degreesOfFreedom + z[i] * z[i];
                second[i] = -more * (degreesOfFreedom - z[i] * z[i]) / (spread * spread) / (scale * scale);
            }
        }
        if (logDensity != null) {
            for (int i = 0; i < n; i++) {
                z[i] = z[i] * z[i] / degreesOfFreedom;
            }
            LaneMath.get().log1p(z, 0, z, 0, n);
            for (int i = 0; i < n; i++) {
                logDensity[i] += constant - 0.5 * more * z[i];
            }
        }
        scratch.release(mark);
    }

    @Override
    public void sample(double[] out, int offset, int n, Randomness random, long step, int iteration, Scratch scratch) {
        UniformRandomProvider source = random.provider(step, Purpose.PRIOR, iteration);
        TSampler sampler = TSampler.of(source, degreesOfFreedom);
        for (int i = 0; i < n; i++) {
            out[offset + i] = location + scale * sampler.sample();
        }
    }
}
