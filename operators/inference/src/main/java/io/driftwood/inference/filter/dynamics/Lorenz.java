package io.driftwood.inference.filter.dynamics;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.model.ParameterSpace;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import java.util.List;

/**
 * Lorenz's convection, by Euler steps of length h, of which the first coordinate is measured:
 * <pre>
 *   (x, y, z)' = (x, y, z) + h (s (y - x), x (r - z) - y, x y - b z) + N(0, q^2 h I),   measured ~ N(x, noise^2)
 * </pre>
 * One unit of time is one step. Over a longer gap the mean takes as many steps, a last one shorter, and the noise of the whole gap is
 * added at its end. The state at the first record is N(0, initial-sd^2 I).
 *
 * <p>Reference: [1] Lorenz (1963), Journal of the Atmospheric Sciences 20, 130-141. Differs from [1]: noise, and Euler's rule.
 */
public final class Lorenz implements GaussianDynamics, GaussianObservation {

    static final Option[] OPTIONS = {
        States.response(),
        Option.withDefault("prandtl", Shape.positive(), 10.0, "s."),
        Option.withDefault("rayleigh", Shape.positive(), 28.0, "r."),
        Option.withDefault("aspect", Shape.positive(), 8.0 / 3.0, "b."),
        Option.withDefault("step", Shape.positive(), 0.02, "h, the length of one step."),
        Option.withDefault("process-noise", Shape.positive(), 0.1, "q, the sd of the noise that one unit of the equations' own time brings."),
        Option.withDefault("noise-sd", Shape.positive(), 1.0, "The sd of a measurement."),
        Option.withDefault("initial-sd", Shape.positive(), 1.0, "The sd of each coordinate at the first record, about 0."),
    };

    private final List<String> channels;
    private final double prandtl;
    private final double rayleigh;
    private final double aspect;
    private final double step;
    private final double processNoise;
    private final double noise;
    private final double initialSd;
    private final ParameterSpace state = States.real("x", "y", "z");

    private Lorenz(Settings s) {
        channels = States.one(s.text("response"));
        prandtl = s.number("prandtl");
        rayleigh = s.number("rayleigh");
        aspect = s.number("aspect");
        step = s.number("step");
        processNoise = s.number("process-noise");
        noise = s.number("noise-sd");
        initialSd = s.number("initial-sd");
    }

    static Lorenz build(Settings settings) { return new Lorenz(settings); }

    @Override
    public ParameterSpace state() { return state; }

    @Override
    public List<String> channels() { return channels; }

    @Override
    public void drawInitial(Particles x, Moment first, Randomness random, long step, int iteration, Scratch scratch) {
        random.normals(step, Purpose.PRIOR, iteration, x.values, 0, x.length());
        for (int i = 0; i < x.length(); i++) {
            x.values[i] *= initialSd;
        }
        x.pad();
    }

    @Override
    public void transitionMean(Particles x, Moment moment, double[] out, Scratch scratch) {
        System.arraycopy(x.values, 0, out, 0, x.length());
        double rest = moment.elapsed;
        for (; rest > 1; rest--) {
            euler(out, x.stride, step);
        }
        euler(out, x.stride, step * rest);
    }

    private void euler(double[] v, int n, double h) {
        for (int i = 0; i < n; i++) {
            double x = v[i];
            double y = v[n + i];
            double z = v[2 * n + i];
            v[i] = Math.fma(h * prandtl, y - x, x);
            v[n + i] = Math.fma(h, Math.fma(x, rayleigh - z, -y), y);
            v[2 * n + i] = Math.fma(h, Math.fma(x, y, -aspect * z), z);
        }
    }

    @Override
    public void transitionCovariance(Moment moment, double[] covariance) {
        double variance = processNoise * processNoise * step * moment.elapsed;
        States.diagonal(covariance, variance, variance, variance);
    }

    @Override
    public void observation(Moment moment, double[] matrix, double[] covariance) {
        Arrays.fill(matrix, 0, 3, 0.0);
        matrix[0] = 1;
        covariance[0] = noise * noise;
    }
}
