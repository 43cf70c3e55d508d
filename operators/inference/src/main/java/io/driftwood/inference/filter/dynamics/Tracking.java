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
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A target in the plane with nearly constant velocity, seen by a sensor that measures distance and direction:
 * <pre>
 *   d position = velocity dt,   d velocity = sqrt(q) dB,       in each coordinate
 *   range ~ N(rho, range-sd^2),   bearing ~ von Mises(atan2(dy, dx), kappa = 1/bearing-sd^2)
 * </pre>
 * Bearings are radians counter-clockwise from the x axis, and a circle: 2 pi more is the same. Columns: x, x velocity, y, y velocity.
 *
 * <p>Reference: [1] Bar-Shalom, Li and Kirubarajan (2001), Estimation with Applications to Tracking and Navigation, chapter 6.
 * <br>Differs from [1]: the noise of a bearing is von Mises instead of a normal wrapped by hand; for the small sds of sensors they agree.
 */
public final class Tracking implements GaussianDynamics {

    private static final Option[] PLACE = {
        Option.withDefault("x", Shape.number(), 0.0, "First coordinate."), Option.withDefault("y", Shape.number(), 0.0, "Second coordinate.")};

    static final Option[] OPTIONS = {
        Option.withDefault("range", Shape.text("a field name"), "range", "The field with the distance."),
        Option.withDefault("bearing", Shape.text("a field name"), "bearing", "The field with the direction, in radians."),
        Option.required("range-sd", Shape.positive(), "Sd of a measured distance."),
        Option.required("bearing-sd", Shape.positive(), "Sd of a measured direction, in radians."),
        Option.required("acceleration-variance", Shape.positive(), "q: variance by which each velocity wanders in one unit of time."),
        Option.withDefault("sensor", Shape.struct(PLACE), Map.of(), "Where the sensor stands."),
        Option.required("position", Shape.struct(PLACE[0], PLACE[1],
                Option.required("sd", Shape.positive(), "Its sd in each coordinate.")), "What is believed of the position before the first record."),
        Option.required("velocity", Shape.struct(PLACE[0], PLACE[1],
                Option.required("sd", Shape.positive(), "Its sd in each coordinate.")), "What is believed of the velocity before the first record."),
    };

    private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);

    private final List<String> channels;
    private final double rangeSd;
    private final double concentration;
    private final double logVonMises;
    private final double acceleration;
    private final double sensorX;
    private final double sensorY;
    private final double[] initialMean;
    private final double[] initialSd;
    private final ParameterSpace state = States.real("x", "x-velocity", "y", "y-velocity");

    private Tracking(Settings s) {
        channels = List.of(s.text("range"), s.text("bearing"));
        rangeSd = s.number("range-sd");
        concentration = 1 / (s.number("bearing-sd") * s.number("bearing-sd"));
        logVonMises = -StrictMath.log(2 * Math.PI) - logScaledBessel(concentration);
        acceleration = s.number("acceleration-variance");
        sensorX = s.struct("sensor").number("x");
        sensorY = s.struct("sensor").number("y");
        Settings position = s.struct("position");
        Settings velocity = s.struct("velocity");
        initialMean = new double[] {position.number("x"), velocity.number("x"), position.number("y"), velocity.number("y")};
        initialSd = new double[] {position.number("sd"), velocity.number("sd"), position.number("sd"), velocity.number("sd")};
    }

    static Tracking build(Settings settings) { return new Tracking(settings); }

    /** log(e^-k I_0(k)): the power series up to 30, the asymptotic one beyond (Abramowitz and Stegun 9.6.12, 9.7.1), to 1e-10. */
    static double logScaledBessel(double k) {
        double term = 1;
        double sum = 1;
        if (k <= 30) {
            for (int j = 1; term > 1e-17 * sum; j++) {
                term *= k * k / 4 / j / j;
                sum += term;
            }
            return StrictMath.log(sum) - k;
        }
        for (int j = 1; j <= 12; j++) {
            term *= (2.0 * j - 1) * (2 * j - 1) / (8 * j * k);
            sum += term;
        }
        return StrictMath.log(sum) - 0.5 * StrictMath.log(2 * Math.PI * k);
    }

    @Override
    public ParameterSpace state() { return state; }

    @Override
    public List<String> channels() { return channels; }

    @Override
    public void drawInitial(Particles x, Moment first, Randomness random, long step, int iteration, Scratch scratch) {
        random.normals(step, Purpose.PRIOR, iteration, x.values, 0, x.length());
        for (int j = 0; j < 4; j++) {
            for (int i = j * x.stride; i < (j + 1) * x.stride; i++) {
                x.values[i] = Math.fma(initialSd[j], x.values[i], initialMean[j]);
            }
        }
        x.pad();
    }

    @Override
    public void transitionMean(Particles x, Moment moment, double[] out, Scratch scratch) {
        System.arraycopy(x.values, 0, out, 0, x.length());
        LaneMath.get().axpy(moment.elapsed, x.values, x.stride, out, 0, x.stride);
        LaneMath.get().axpy(moment.elapsed, x.values, 3 * x.stride, out, 2 * x.stride, x.stride);
    }

    @Override
    public void transitionCovariance(Moment moment, double[] covariance) {
        double dt = moment.elapsed;
        States.diagonal(covariance, acceleration * dt * dt * dt / 3, acceleration * dt, acceleration * dt * dt * dt / 3, acceleration * dt);
        covariance[1] = covariance[4] = acceleration * dt * dt / 2;
        covariance[11] = covariance[14] = acceleration * dt * dt / 2;
    }

    @Override
    public void addLogObservation(Particles x, double[] y, Moment moment, double[] logDensity, double[] score, Scratch scratch) {
        int n = x.stride;
        double cos = y[1] == y[1] ? StrictMath.cos(y[1]) : 0;
        double sin = y[1] == y[1] ? StrictMath.sin(y[1]) : 0;
        boolean ranged = y[0] == y[0];
        boolean aimed = y[1] == y[1];
        double precision = 1 / (rangeSd * rangeSd);
        double constant = (ranged ? -HALF_LOG_TWO_PI - StrictMath.log(rangeSd) : 0) + (aimed ? logVonMises : 0);
        for (int i = 0; i < n; i++) {
            double dx = x.values[i] - sensorX;
            double dy = x.values[2 * n + i] - sensorY;
            double rho = Math.sqrt(Math.fma(dx, dx, dy * dy));
            double away = ranged ? y[0] - rho : 0;
            double along = (dx * cos + dy * sin) / rho;
            logDensity[i] += constant - 0.5 * precision * away * away + (aimed ? concentration * (along - 1) : 0);
            if (score != null) {
                // d along / dx = (cos - along dx/rho)/rho
                double pull = precision * away;
                double turn = aimed ? concentration / rho : 0;
                score[i] += pull * dx / rho + turn * (cos - along * dx / rho);
                score[2 * n + i] += pull * dy / rho + turn * (sin - along * dy / rho);
            }
        }
    }

    /** Von Mises by rejection from a wrapped Cauchy: Best and Fisher (1979), Applied Statistics 28. */
    @Override
    public void drawObservation(Particles x, Moment moment, double[] out, Randomness random, long step, int iteration, Scratch scratch) {
        UniformRandomProvider source = random.provider(step, Purpose.SIMULATE, iteration);
        random.normals(step, Purpose.SIMULATE, iteration + (1 << 30), out, 0, x.stride);
        double tau = 1 + Math.sqrt(1 + 4 * concentration * concentration);
        double rho = (tau - Math.sqrt(2 * tau)) / (2 * concentration);
        double r = (1 + rho * rho) / (2 * rho);
        for (int i = 0; i < x.stride; i++) {
            double dx = x.values[i] - sensorX;
            double dy = x.values[2 * x.stride + i] - sensorY;
            out[i] = Math.sqrt(dx * dx + dy * dy) + rangeSd * out[i];
            double f;
            double c;
            do {
                double z = StrictMath.cos(Math.PI * source.nextDouble());
                f = (1 + r * z) / (r + z);
                c = concentration * (r - f);
            } while (!(StrictMath.log(c / source.nextDouble()) + 1 - c >= 0));
            double turn = StrictMath.acos(Math.max(-1, Math.min(1, f)));
            out[x.stride + i] = StrictMath.atan2(dy, dx) + (source.nextDouble() < 0.5 ? -turn : turn);
        }
    }
}
