package io.driftwood.inference.filter;

import io.driftwood.inference.filter.dynamics.GaussianDynamics;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.SemidefiniteFactor;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;

/**
 * The transition with a drift along the score of what was measured, for measurements of any kind that have one. In coordinates u in which the
 * transition is N(0, I), x = a + L u, L Lᵀ = Q, and with the direction e of Lᵀ grad log g(y | a):
 * <pre>
 *   r   where the slope of log g(y | a + L r e) - r^2/2 is 0,  c = minus its second derivative, at least 1;   both by two secant steps
 *   u = r e + z + (1/sqrt(c) - 1)(e.z) e,   z ~ N(0, I)
 *   log weight = log g(y | a + L u) - |u|^2/2 + |z|^2/2 - log(c)/2
 * </pre>
 * A full Langevin step of the transition's own length would overshoot where a measurement says much more than the transition does; the secants
 * find how far to go and how sure to be. The weight is exact whatever they find, so a poor guess costs noise and no bias; Q may be singular.
 *
 * <p>Reference: [1] Doucet, Godsill and Andrieu (2000), Statistics and Computing 10, section II.D. Differs from [1]: the mode is sought along one
 * direction, with three scores and no Hessian.
 */
final class LangevinProposal extends ModelProposal {

    private static final double FIRST_TRIAL = 2;
    private static final double FARTHEST = 30;
    private static final double SUREST = 1e6;

    private final GaussianDynamics dynamics;

    /** @param model a {@link GaussianDynamics} */
    LangevinProposal(StateSpaceModel model) {
        super(model);
        dynamics = (GaussianDynamics) model;
    }

    @Override
    public void move(Particles x, double[] y, Moment moment, double[] logIncrement, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        int d = x.dimension;
        double[] covariance = scratch.take(d * d);
        double[] lower = scratch.take(d * d);
        double[] mean = scratch.take(x.length());
        double[] direction = scratch.take(x.length());
        double[] distance = scratch.take(x.stride);
        double[] curvature = scratch.take(x.stride);
        dynamics.transitionCovariance(moment, covariance);
        SemidefiniteFactor.lower(covariance, d, lower);
        dynamics.transitionMean(x, moment, mean, scratch);
        aim(x, mean, lower, y, moment, direction, distance, curvature, scratch);
        draw(x, mean, lower, direction, distance, curvature, logIncrement, random, step, iteration, scratch);
        model.addLogObservation(x, y, moment, logIncrement, null, scratch);
        scratch.release(mark);
    }

    /** By Laplace's approximation along the direction: log g(y | a + L r e) - r^2/2 - log(c)/2. */
    @Override
    public void lookAhead(Particles x, double[] y, Moment moment, double[] logPromise, Scratch scratch) {
        int mark = scratch.mark();
        int d = x.dimension;
        double[] covariance = scratch.take(d * d);
        double[] lower = scratch.take(d * d);
        double[] mean = scratch.take(x.length());
        double[] direction = scratch.take(x.length());
        double[] distance = scratch.take(x.stride);
        double[] curvature = scratch.take(x.stride);
        Particles mode = new Particles(x.size, d, scratch.take(x.length()));
        dynamics.transitionCovariance(moment, covariance);
        SemidefiniteFactor.lower(covariance, d, lower);
        dynamics.transitionMean(x, moment, mean, scratch);
        aim(mode, mean, lower, y, moment, direction, distance, curvature, scratch);
        place(mode, mean, lower, direction, distance, scratch);
        LaneMath.get().log(curvature, 0, logPromise, 0, x.stride);
        for (int i = 0; i < x.stride; i++) {
            logPromise[i] = -0.5 * (logPromise[i] + distance[i] * distance[i]);
        }
        model.addLogObservation(mode, y, moment, logPromise, null, scratch);
        scratch.release(mark);
    }

    /** Direction e, and along it r and c, of every particle. Where the score is no number: e = 0, r = 0, c = 1. x is overwritten. */
    private void aim(Particles x, double[] mean, double[] lower, double[] y, Moment moment, double[] direction, double[] distance,
            double[] curvature, Scratch scratch) {
        int mark = scratch.mark();
        int n = x.stride;
        double[] slope = scratch.take(n);
        double[] before = scratch.take(n);
        double[] slopeBefore = scratch.take(n);
        System.arraycopy(mean, 0, x.values, 0, x.length());
        whitenedScore(x, lower, y, moment, direction, scratch);
        normalise(direction, x.dimension, n, slopeBefore);
        for (int i = 0; i < n; i++) {
            before[i] = 0;
            distance[i] = Math.min(slopeBefore[i], FIRST_TRIAL);
        }
        for (int secant = 0; secant < 2; secant++) {
            slopeAt(x, mean, lower, y, moment, direction, distance, slope, scratch);
            for (int i = 0; i < n; i++) {
                double run = distance[i] - before[i];
                double bend = run == 0 ? 1 : (slopeBefore[i] - slope[i]) / run;
                curvature[i] = bend > 1 ? Math.min(bend, SUREST) : 1;
                before[i] = distance[i];
                slopeBefore[i] = slope[i];
                double next = distance[i] + slope[i] / curvature[i];
                distance[i] = next >= 0 ? Math.min(next, FARTHEST) : 0;
            }
        }
        scratch.release(mark);
    }

    /** slope = e . Lᵀ grad log g(y | a + L r e) - r. */
    private void slopeAt(Particles x, double[] mean, double[] lower, double[] y, Moment moment, double[] direction, double[] distance,
            double[] slope, Scratch scratch) {
        int mark = scratch.mark();
        int n = x.stride;
        double[] score = scratch.take(x.length());
        place(x, mean, lower, direction, distance, scratch);
        whitenedScore(x, lower, y, moment, score, scratch);
        for (int i = 0; i < n; i++) {
            double sum = -distance[i];
            for (int j = 0; j < x.dimension; j++) {
                sum = Math.fma(score[j * n + i], direction[j * n + i], sum);
            }
            slope[i] = Math.abs(sum) < Double.POSITIVE_INFINITY ? sum : -distance[i];
        }
        scratch.release(mark);
    }

    /** x = a + L r e. */
    private static void place(Particles x, double[] mean, double[] lower, double[] direction, double[] distance, Scratch scratch) {
        int mark = scratch.mark();
        int n = x.stride;
        double[] step = scratch.take(x.length());
        for (int j = 0; j < x.dimension; j++) {
            for (int i = 0; i < n; i++) {
                step[j * n + i] = distance[i] * direction[j * n + i];
            }
        }
        LaneMath.get().lowerTimesColumns(lower, x.dimension, step, x.values, n, n);
        LaneMath.get().axpy(1, mean, 0, x.values, 0, x.length());
        scratch.release(mark);
    }

    private void whitenedScore(Particles x, double[] lower, double[] y, Moment moment, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        double[] score = scratch.take(x.length());
        double[] logDensity = scratch.take(x.stride);
        Arrays.fill(score, 0, x.length(), 0.0);
        model.addLogObservation(x, y, moment, logDensity, score, scratch);
        LaneMath.get().lowerTransposedTimesColumns(lower, x.dimension, score, out, x.stride, x.stride);
        scratch.release(mark);
    }

    /** Directions of length 1, and their lengths before; both 0 where there is none. */
    private static void normalise(double[] direction, int d, int n, double[] length) {
        Arrays.fill(length, 0, n, 0.0);
        LaneMath.get().addColumnSquares(direction, d, n, n, 1, length);
        for (int i = 0; i < n; i++) {
            double norm = Math.sqrt(length[i]);
            boolean some = norm > 0 && norm < Double.POSITIVE_INFINITY;
            length[i] = some ? norm : 0;
            for (int j = 0; j < d; j++) {
                direction[j * n + i] = some ? direction[j * n + i] / norm : 0;
            }
        }
    }

    /** Draws u and x, and sets logIncrement = log N(u; 0, I) - log q(u). */
    private static void draw(Particles x, double[] mean, double[] lower, double[] direction, double[] distance, double[] curvature,
            double[] logIncrement, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        LaneMath math = LaneMath.get();
        int d = x.dimension;
        int n = x.stride;
        double[] u = scratch.take(x.length());
        random.normals(step, Purpose.NOISE, iteration, u, 0, x.length());
        math.log(curvature, 0, logIncrement, 0, n);
        for (int i = 0; i < n; i++) {
            logIncrement[i] *= -0.5;
        }
        math.addColumnSquares(u, d, n, n, 0.5, logIncrement);
        for (int i = 0; i < n; i++) {
            double along = 0;
            for (int j = 0; j < d; j++) {
                along = Math.fma(direction[j * n + i], u[j * n + i], along);
            }
            double shift = distance[i] + (1 / Math.sqrt(curvature[i]) - 1) * along;
            for (int j = 0; j < d; j++) {
                u[j * n + i] = Math.fma(shift, direction[j * n + i], u[j * n + i]);
            }
        }
        math.addColumnSquares(u, d, n, n, -0.5, logIncrement);
        math.lowerTimesColumns(lower, d, u, x.values, n, n);
        math.axpy(1, mean, 0, x.values, 0, x.length());
        x.pad();
        scratch.release(mark);
    }
}
