package io.driftwood.inference.filter.dynamics;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.model.ParameterSpace;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.List;

/**
 * A first-order autoregression whose constants depend on a regime that follows a Markov chain, regimes counted from 0:
 * <pre>
 *   r_t ~ P[r_{t-1}, .],   x_t = mean_r + phi_r (x_{t-1} - mean_r) + N(0, q_r),   y_t = x_t + N(0, noise_r),   r = r_t
 * </pre>
 * The first regime has probability 1/K each, and x the given moments. Time is counted in whole steps; over a gap of n steps the regime
 * moves by P^n, and x by n steps of the regime that it ends in.
 *
 * <p>Reference: [1] Kim (1994), Journal of Econometrics 60, 1-22. Differs from [1]: nothing.
 */
public final class MarkovSwitching implements ConditionallyLinear {

    static final Option[] OPTIONS = {
        States.response(),
        Option.required("regimes", Shape.listOf(Shape.struct(
                Option.withDefault("mean", Shape.number(), 0.0, "What the value returns to."),
                Option.withDefault("persistence", Shape.between(-1, 1), 1.0, "phi; 1 for a value that wanders."),
                Option.required("innovation-variance", Shape.positive(), "q, the variance of what is new in a step."),
                Option.required("noise-variance", Shape.positive(), "Variance of a measurement."))), "The constants of each regime."),
        Option.required("transition", Shape.listOf(Shape.listOf(Shape.between(0, 1))), "P, row by row: the probabilities of the next regime."),
        States.initial("the value"),
    };

    private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);

    private final List<String> channels;
    private final int count;
    private final double[] mean;
    private final double[] persistence;
    private final double[] innovation;
    private final double[] noise;
    private final double[] transition;
    private final double initialMean;
    private final double initialVariance;
    private final ParameterSpace state = States.real("regime", "value");

    private MarkovSwitching(Settings s) {
        channels = States.one(s.text("response"));
        List<Settings> regimes = s.list("regimes", Settings.class);
        count = regimes.size();
        mean = regimes.stream().mapToDouble(r -> r.number("mean")).toArray();
        persistence = regimes.stream().mapToDouble(r -> r.number("persistence")).toArray();
        innovation = regimes.stream().mapToDouble(r -> r.number("innovation-variance")).toArray();
        noise = regimes.stream().mapToDouble(r -> r.number("noise-variance")).toArray();
        transition = rows(s);
        initialMean = s.struct("initial").number("mean");
        initialVariance = s.struct("initial").number("variance");
    }

    static MarkovSwitching build(Settings settings) { return new MarkovSwitching(settings); }

    private double[] rows(Settings s) {
        double[] matrix = s.list("transition", List.class).stream().flatMap(row -> ((List<?>) row).stream())
                .mapToDouble(p -> ((Number) p).doubleValue()).toArray();
        boolean stochastic = count > 0 && matrix.length == count * count;
        for (int i = 0; stochastic && i < count; i++) {
            double sum = 0;
            for (int j = 0; j < count; j++) {
                sum += matrix[i * count + j];
            }
            stochastic = Math.abs(sum - 1) < 1e-9;
        }
        if (!stochastic) {
            throw s.problem("transition", "needs one row for each of the " + count + " regimes, each of as many probabilities that add up to 1");
        }
        return matrix;
    }

    @Override
    public ParameterSpace state() { return state; }

    @Override
    public int conditions() { return 1; }

    @Override
    public List<String> channels() { return channels; }

    @Override
    public void drawInitialConditions(Particles c, Moment first, Randomness random, long step, int iteration, Scratch scratch) {
        random.uniforms(step, Purpose.LENGTH, iteration, c.values, 0, c.stride);
        for (int i = 0; i < c.stride; i++) {
            c.values[i] = Math.min(count - 1, (int) (count * c.values[i]));
        }
        c.pad();
    }

    @Override
    public void propagateConditions(Particles c, Moment moment, Randomness random, long step, int iteration, Scratch scratch) {
        long steps = moment.wholeSteps();
        if (steps == 0) {
            return;
        }
        int mark = scratch.mark();
        double[] u = scratch.take(c.stride);
        double[] matrix = scratch.take(count * count);
        new Repeated(count, transition, new double[count * count]).after(steps, matrix, null);
        random.uniforms(step, Purpose.LENGTH, iteration, u, 0, c.stride);
        for (int i = 0; i < c.stride; i++) {
            int row = (int) c.values[i] * count;
            int next = 0;
            for (double left = u[i] - matrix[row]; left > 0 && next < count - 1; left -= matrix[row + next]) {
                next++;
            }
            c.values[i] = next;
        }
        c.pad();
        scratch.release(mark);
    }

    @Override
    public void drawInitial(Particles x, Moment first, Randomness random, long step, int iteration, Scratch scratch) {
        drawInitialConditions(x, first, random, step, iteration, scratch);
        random.normals(step, Purpose.PRIOR, iteration, x.values, x.stride, x.stride);
        double sd = Math.sqrt(initialVariance);
        for (int i = x.stride; i < 2 * x.stride; i++) {
            x.values[i] = Math.fma(sd, x.values[i], initialMean);
        }
        x.pad();
    }

    @Override
    public void propagate(Particles x, Moment moment, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        double[] z = scratch.take(x.stride);
        propagateConditions(x, moment, random, step, iteration, scratch);
        random.normals(step, Purpose.NOISE, iteration, z, 0, x.stride);
        for (int i = 0; i < x.stride; i++) {
            int r = (int) x.values[i];
            double left = left(r, moment);
            double centre = mean[r] + left * (x.values[x.stride + i] - mean[r]);
            x.values[x.stride + i] = centre + Math.sqrt(variance(r, moment)) * z[i];
        }
        x.pad();
        scratch.release(mark);
    }

    /** phi^n. */
    private double left(int r, Moment moment) {
        long n = moment.wholeSteps();
        return n == 1 ? persistence[r] : StrictMath.pow(persistence[r], n);
    }

    /** q (1 + phi^2 + ... + phi^(2n-2)). */
    private double variance(int r, Moment moment) {
        long n = moment.wholeSteps();
        double square = persistence[r] * persistence[r];
        return n == 1 ? innovation[r] : square == 1 ? n * innovation[r] : innovation[r] * (1 - StrictMath.pow(square, n)) / (1 - square);
    }

    @Override
    public void addLogObservation(Particles x, double[] y, Moment moment, double[] logDensity, double[] score, Scratch scratch) {
        if (y[0] != y[0]) {
            return;
        }
        for (int i = 0; i < x.stride; i++) {
            int r = (int) x.values[i];
            double away = y[0] - x.values[x.stride + i];
            logDensity[i] += -HALF_LOG_TWO_PI - 0.5 * StrictMath.log(noise[r]) - 0.5 * away * away / noise[r];
            if (score != null) {
                score[x.stride + i] += away / noise[r];
            }
        }
    }

    @Override
    public void drawObservation(Particles x, Moment moment, double[] out, Randomness random, long step, int iteration, Scratch scratch) {
        random.normals(step, Purpose.SIMULATE, iteration, out, 0, x.stride);
        for (int i = 0; i < x.stride; i++) {
            out[i] = x.values[x.stride + i] + Math.sqrt(noise[(int) x.values[i]]) * out[i];
        }
    }

    // ---- given the regime ----

    @Override
    public void initial(double[] condition, double[] mean, double[] covariance) {
        mean[0] = initialMean;
        covariance[0] = initialVariance;
    }

    @Override
    public void transition(double[] condition, Moment moment, double[] matrix, double[] shift, double[] covariance) {
        int r = (int) condition[0];
        matrix[0] = left(r, moment);
        shift[0] = mean[r] * (1 - matrix[0]);
        covariance[0] = variance(r, moment);
    }

    @Override
    public void observation(double[] condition, Moment moment, double[] matrix, double[] covariance) {
        matrix[0] = 1;
        covariance[0] = noise[(int) condition[0]];
    }
}
