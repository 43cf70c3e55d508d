package io.driftwood.inference.filter.dynamics;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.model.ParameterSpace;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.List;
import java.util.Map;
import org.hipparchus.special.Gamma;

/**
 * Several sensors of one wandering level, each with an offset, a scale and tails of Student's t, so that one that jumps is doubted and not
 * averaged in:
 * <pre>
 *   level_t = level_{t-1} + N(0, q Delta t),   y_tc = level_t + offset_c + scale_c t_nu
 *   log g = sum_c [ log Gamma((nu+1)/2) - log Gamma(nu/2) - log(nu pi)/2 - log scale - (nu+1)/2 log(1 + r^2/(nu scale^2)) ]
 * </pre>
 */
public final class SensorFusion implements GaussianDynamics {

    static final Option[] OPTIONS = {
        Option.required("channels", Shape.mapOf(Shape.struct(
                Option.required("scale", Shape.positive(), "Scale of the sensor's noise."),
                Option.withDefault("offset", Shape.number(), 0.0, "What the sensor shows where the level is 0."))), "The sensors by field name."),
        Option.withDefault("degrees-of-freedom", Shape.positive(), 4.0, "nu: the smaller, the less an odd value counts."),
        States.variance("level-variance", "Variance by which the level wanders in one unit of time."),
        States.initial("the level"),
    };

    private final List<String> channels;
    private final double[] scale;
    private final double[] offset;
    private final double nu;
    private final double wandering;
    private final double initialMean;
    private final double initialVariance;
    private final double[] constants;
    private final ParameterSpace state = States.real("level");

    private SensorFusion(Settings s) {
        Map<String, Settings> sensors = s.map("channels", Settings.class);
        if (sensors.isEmpty()) {
            throw s.problem("channels", "needs a sensor");
        }
        channels = List.copyOf(sensors.keySet());
        scale = sensors.values().stream().mapToDouble(c -> c.number("scale")).toArray();
        offset = sensors.values().stream().mapToDouble(c -> c.number("offset")).toArray();
        nu = s.number("degrees-of-freedom");
        wandering = s.number("level-variance");
        initialMean = s.struct("initial").number("mean");
        initialVariance = s.struct("initial").number("variance");
        constants = new double[scale.length];
        for (int c = 0; c < scale.length; c++) {
            constants[c] = Gamma.logGamma((nu + 1) / 2) - Gamma.logGamma(nu / 2) - 0.5 * StrictMath.log(nu * Math.PI) - StrictMath.log(scale[c]);
        }
    }

    static SensorFusion build(Settings settings) { return new SensorFusion(settings); }

    @Override
    public ParameterSpace state() { return state; }

    @Override
    public List<String> channels() { return channels; }

    @Override
    public void drawInitial(Particles x, Moment first, Randomness random, long step, int iteration, Scratch scratch) {
        random.normals(step, Purpose.PRIOR, iteration, x.values, 0, x.stride);
        double sd = Math.sqrt(initialVariance);
        for (int i = 0; i < x.stride; i++) {
            x.values[i] = Math.fma(sd, x.values[i], initialMean);
        }
        x.pad();
    }

    @Override
    public void transitionMean(Particles x, Moment moment, double[] out, Scratch scratch) { System.arraycopy(x.values, 0, out, 0, x.stride); }

    @Override
    public void transitionCovariance(Moment moment, double[] covariance) { covariance[0] = wandering * moment.elapsed; }

    @Override
    public void addLogObservation(Particles x, double[] y, Moment moment, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        int n = x.stride;
        double[] residual = scratch.take(n);
        double[] log = scratch.take(n);
        for (int c = 0; c < scale.length; c++) {
            if (y[c] != y[c]) {
                continue;
            }
            double centre = y[c] - offset[c];
            double precision = 1 / (nu * scale[c] * scale[c]);
            for (int i = 0; i < n; i++) {
                residual[i] = centre - x.values[i];
                log[i] = precision * residual[i] * residual[i];
            }
            if (score != null) {
                for (int i = 0; i < n; i++) {
                    score[i] += (nu + 1) * precision * residual[i] / (1 + log[i]);
                }
            }
            LaneMath.get().log1p(log, 0, log, 0, n);
            for (int i = 0; i < n; i++) {
                logDensity[i] += Math.fma(-0.5 * (nu + 1), log[i], constants[c]);
            }
        }
        scratch.release(mark);
    }

    /** Student's t from two uniforms, sqrt(nu (u^(-2/nu) - 1)) cos(2 pi v): Bailey (1994), Mathematics of Computation 62. */
    @Override
    public void drawObservation(Particles x, Moment moment, double[] out, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        int n = x.stride;
        int all = scale.length * n;
        double[] u = scratch.take(2 * all);
        double[] sin = scratch.take(all);
        random.uniforms(step, Purpose.SIMULATE, iteration, u, 0, 2 * all);
        LaneMath math = LaneMath.get();
        math.log(u, 0, u, 0, all);
        for (int i = 0; i < all; i++) {
            u[i] *= -2 / nu;
            u[all + i] *= 2 * Math.PI;
        }
        math.expm1(u, 0, u, 0, all);
        math.sinCos(u, all, sin, 0, u, all, all);
        for (int c = 0; c < scale.length; c++) {
            for (int i = 0; i < n; i++) {
                int k = c * n + i;
                out[k] = x.values[i] + offset[c] + scale[c] * Math.sqrt(nu * u[k]) * u[all + k];
            }
        }
        scratch.release(mark);
    }
}
