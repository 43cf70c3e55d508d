package io.driftwood.inference.variational;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.LaplaceApproximation;
import io.driftwood.inference.target.Target;
import java.util.Arrays;

/**
 * The normal q nearest to a target p by the bound E_q(log p - log q), over all covariances or the diagonal ones. It begins at the Laplace approximation,
 * if that is better than a unit normal, in whose coordinates it works, and climbs by Adam on x = m + C e with
 * <pre>
 *   w = grad log p(x) - grad log q(x),   gradient in m: E w,   in C: lower triangle of E w e^T,   diagonal of C as e^lambda
 * </pre>
 * The gradient leaves out the direct derivative of log q, which has mean zero, so that it vanishes for every draw where q is p. Draws come in pairs e, -e; the
 * result is the mean of the second half of the iterates.
 *
 * <p>Reference: [1] Roeder, Wu and Duvenaud (2017), Sticking the landing. Differs from [1]: pairs of draws, Laplace's coordinates, averaging.
 */
public final class GaussianVariational {

    /** Which covariances are allowed. */
    public enum Covariance { DIAGONAL, FULL }

    /** @param draws under each gradient, even */
    public record Options(int draws, int iterations, double rate, int judges) {

        public static Options standard(int iterations) { return new Options(24, iterations, 0.03, 4000); }
    }

    /** @param bound from fresh draws */
    public record Fit(GaussianTarget normal, Bound bound) {}

    /** Of Newton at most: models of paths with little noise need a thousand. */
    private static final int MODE_STEPS = 2000;

    private final Covariance covariance;
    private final Options options;

    public GaussianVariational(Covariance covariance, Options options) {
        if (options.draws < 2 || options.draws % 2 != 0) {
            throw new IllegalArgumentException("draws come in pairs, so their number is even, not " + options.draws);
        }
        this.covariance = covariance;
        this.options = options;
    }

    /** @param start where the search for the mode begins; if there is none, where q begins, with unit variances */
    public Fit fit(Target target, double[] start, Randomness random) {
        Scratch scratch = new Scratch();
        GaussianTarget frame = frame(target, start, random, scratch);
        int d = target.dimension();
        Target white = new WhitenedTarget(target, frame);
        double[] x = new double[d + d * d];
        double[] average = new double[x.length];
        Adam adam = new Adam(x.length, 10 * Math.sqrt(d));
        for (int t = 0; t < options.iterations; t++) {
            double[] gradient = gradient(white, x, random, t, scratch);
            if (gradient.length > 0) {
                adam.climb(x, gradient, options.rate * StrictMath.pow(0.1, (double) t / options.iterations));
            }
            average(x, average, t - options.iterations / 2);
        }
        GaussianTarget normal = coloured(frame, normal(average, d));
        return new Fit(normal, bound(target, normal, random, scratch));
    }

    /** Laplace's, unless there is none, or it is worse than unit variances where the search began: a narrow spike at the edge of a funnel. */
    private GaussianTarget frame(Target target, double[] start, Randomness random, Scratch scratch) {
        GaussianTarget plain = unit(start);
        return LaplaceApproximation.of(target, start, MODE_STEPS, scratch).map(this::frame)
                .filter(laplace -> !(bound(target, laplace, random, scratch).mean() < bound(target, plain, random, scratch).mean())).orElse(plain);
    }

    private static GaussianTarget unit(double[] mean) {
        double[] ones = new double[mean.length];
        Arrays.fill(ones, 1);
        return GaussianTarget.independent(mean, ones);
    }

    /** The coordinates to work in: Laplace's, or scaled by the standard deviations of each coordinate given the others. */
    private GaussianTarget frame(LaplaceApproximation laplace) {
        GaussianTarget normal = laplace.widened(1);
        if (covariance == Covariance.FULL) {
            return normal;
        }
        int d = normal.dimension();
        // Minus the Hessian of the normal's log-density: one unit vector a particle.
        Particles at = new Particles(d, d);
        double[] units = new double[at.length()];
        double[] products = new double[at.length()];
        for (int j = 0; j < d; j++) {
            units[j * at.stride + j] = 1;
        }
        normal.hessianVector(at, units, products, new Scratch());
        double[] sd = new double[d];
        for (int j = 0; j < d; j++) {
            sd[j] = 1 / Math.sqrt(-products[j * at.stride + j]);
        }
        return GaussianTarget.independent(normal.mean(), sd);
    }

    /** The gradient in (m, C by rows, its diagonal as logs); empty when a score is not finite. */
    private double[] gradient(Target white, double[] x, Randomness random, int t, Scratch scratch) {
        int mark = scratch.mark();
        int d = white.dimension();
        GaussianTarget q = normal(x, d);
        Particles noise = pairs(d, random, t, scratch);
        Particles draws = new Particles(options.draws, d, scratch.take(noise.length()));
        new WhitenedTarget(q, q).colour(noise, draws);
        double[] logDensity = scratch.take(draws.stride);
        double[] w = scratch.take(draws.length());
        double[] own = scratch.take(draws.length());
        q.evaluate(draws, logDensity, own, scratch);
        white.evaluate(draws, logDensity, w, scratch);
        LaneMath.get().axpy(-1, own, 0, w, 0, draws.length());
        double[] gradient = new double[x.length];
        boolean finite = true;
        for (int r = 0; r < d; r++) {
            gradient[r] = LaneMath.get().sum(w, r * draws.stride, options.draws) / options.draws;
            finite &= Double.isFinite(gradient[r]);
            for (int c = covariance == Covariance.FULL ? 0 : r; c <= r; c++) {
                double slope = LaneMath.get().dot(w, r * draws.stride, noise.values, c * draws.stride, options.draws) / options.draws;
                gradient[d + r * d + c] = c == r ? slope * StrictMath.exp(x[d + r * d + c]) : slope;
            }
        }
        scratch.release(mark);
        return finite ? gradient : new double[0];
    }

    private Particles pairs(int d, Randomness random, int t, Scratch scratch) {
        Particles noise = new Particles(options.draws, d, scratch.take(d * Particles.strideOf(options.draws)));
        random.normals(t, Purpose.NOISE, 0, noise.values, 0, noise.length());
        int half = options.draws / 2;
        for (int j = 0; j < d; j++) {
            for (int i = 0; i < half; i++) {
                noise.set(j, half + i, -noise.get(j, i));
            }
        }
        noise.pad();
        return noise;
    }

    /** The mean from iteration 0 on; before, the present. */
    private static void average(double[] x, double[] average, int t) {
        for (int k = 0; k < x.length; k++) {
            average[k] += (x[k] - average[k]) / (Math.max(0, t) + 1);
        }
    }

    private static GaussianTarget normal(double[] x, int d) {
        double[] lower = Arrays.copyOfRange(x, d, x.length);
        for (int j = 0; j < d; j++) {
            lower[j * d + j] = StrictMath.exp(lower[j * d + j]);
        }
        return new GaussianTarget(Arrays.copyOf(x, d), lower);
    }

    /** The law of frame.mean + frame.L u, u of the given normal. */
    private static GaussianTarget coloured(GaussianTarget frame, GaussianTarget normal) {
        int d = frame.dimension();
        double[] outer = frame.lower();
        double[] inner = normal.lower();
        double[] mean = frame.mean();
        double[] lower = new double[d * d];
        for (int r = 0; r < d; r++) {
            for (int k = 0; k <= r; k++) {
                mean[r] += outer[r * d + k] * normal.mean()[k];
                for (int c = 0; c <= k; c++) {
                    lower[r * d + c] += outer[r * d + k] * inner[k * d + c];
                }
            }
        }
        return new GaussianTarget(mean, lower);
    }

    private Bound bound(Target target, GaussianTarget normal, Randomness random, Scratch scratch) {
        Particles x = new Particles(options.judges, target.dimension());
        double[] log = new double[x.stride];
        double[] own = new double[x.stride];
        normal.sample(x, random, 0, Purpose.SIMULATE, 0, scratch);
        target.evaluate(x, log, null, scratch);
        normal.evaluate(x, own, null, scratch);
        LaneMath.get().axpy(-1, own, 0, log, 0, x.stride);
        return Bound.of(log, options.judges);
    }
}
