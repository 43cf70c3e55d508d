package io.driftwood.inference.sample;

import io.driftwood.inference.numeric.Cholesky;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.transition.Cloud;
import io.driftwood.inference.transition.DualAveraging;
import io.driftwood.inference.transition.MoveInfo;
import io.driftwood.inference.transition.Transition;
import io.driftwood.inference.transition.Tuning;
import java.util.Arrays;

/** The chains of one run of {@link LogConcaveCoupling}; every particle has its own xi. */
final class CoupledChains {

    /** Step of the random address of moves of xi. */
    private static final long OUTER = 3;
    /** Moves of x at the last xi, and particles, that the spread of A x | xi is measured with. */
    private static final int SPREAD_MOVES = 2000;
    private static final int SPREAD_PARTICLES = 16;

    private final Transition transition;
    private final LinearMap map;
    private final double precision;
    private final double outerStep;
    private final int inner;
    private final Randomness random;
    private final CountedTarget target;
    private final CoupledTarget conditional;
    private final Particles x;
    private final Tuning tuning;
    private final Scratch scratch = new Scratch();
    private final Cloud cloud = new Cloud();
    private final Cloud spare = new Cloud();
    private final MoveInfo info = new MoveInfo();
    private final double[] xi;
    private final double[] image;
    private final double[] mean;
    private DualAveraging step;
    private int outerMoves;
    private int innerMoves;
    private double errorSquares;
    private long errors;

    /** @param outerStep rho times the Langevin step of xi; 0 for Gibbs */
    CoupledChains(Problem problem, Transition transition, LinearMap map, double precision, double outerStep, int inner, int size, Randomness random) {
        this.transition = transition;
        this.map = map;
        this.precision = precision;
        this.outerStep = outerStep;
        this.inner = inner;
        this.random = random;
        this.target = new CountedTarget(problem.target());
        this.conditional = new CoupledTarget(target, map, precision);
        this.x = Starts.of(problem, size, random, AnnealedWalk.LEARNING, scratch);
        this.tuning = conditionalScale(Starts.tuning(problem, transition));
        this.xi = new double[map.rows() * x.stride];
        this.image = new double[xi.length];
        this.mean = new double[xi.length];
        drawXi();
    }

    /** L L^T = (reference precision + rho A^T A)^-1: the scale of x | xi, whatever xi. */
    private Tuning conditionalScale(Tuning reference) {
        int d = x.dimension;
        Cholesky cholesky = new Cholesky();
        double[] matrix = new double[d * d];
        double[] covariance = new double[d * d];
        for (int j = 0; j < d; j++) {
            for (int k = 0; k < d; k++) {
                for (int l = 0; l <= Math.min(j, k); l++) {
                    covariance[j * d + k] += reference.lower[j * d + l] * reference.lower[k * d + l];
                }
            }
        }
        cholesky.decomposeWithRidge(covariance, d);
        cholesky.inverse(matrix, new double[d]);
        LaneMath.get().axpy(precision, map.gram(), 0, matrix, 0, d * d);
        cholesky.decomposeWithRidge(matrix, d);
        cholesky.inverse(covariance, new double[d]);
        cholesky.decomposeWithRidge(covariance, d);
        cholesky.lower(reference.lower);
        return reference;
    }

    void warmUp(int moves) {
        boolean adapts = !Double.isNaN(transition.targetAcceptance());
        step = adapts ? new DualAveraging(transition.targetAcceptance(), tuning.stepSize) : null;
        for (int t = 0; t < moves; t++) {
            moveBoth();
        }
        if (adapts && moves > 0) {
            tuning.stepSize = step.average();
        }
        step = null;
        info.clear();
        errorSquares = 0;
        errors = 0;
    }

    Particles keep(int length, int thin) {
        Particles kept = new Particles(x.size * length, x.dimension);
        for (int t = 0; t < length; t++) {
            for (int k = 0; k < thin; k++) {
                moveBoth();
            }
            for (int j = 0; j < x.dimension; j++) {
                System.arraycopy(x.values, j * x.stride, kept.values, j * kept.stride + t * x.size, x.size);
            }
        }
        kept.pad();
        return kept;
    }

    /** Moves xi, then x given it. */
    private void moveBoth() {
        if (outerStep == 0) {
            drawXi();
        } else {
            stepXi();
        }
        moveX();
    }

    /** xi = A x + z / sqrt(rho). */
    private void drawXi() {
        random.normals(OUTER, Purpose.NOISE, outerMoves++, xi, 0, xi.length);
        map.times(x.values, x.stride, image);
        LaneMath.get().axpby(1, image, 0, 1 / Math.sqrt(precision), xi, 0, xi.length);
    }

    /** xi -= h rho (xi - mean) - sqrt(2h) z, h = outerStep / rho. */
    private void stepXi() {
        int mark = scratch.mark();
        double[] noise = scratch.take(xi.length);
        random.normals(OUTER, Purpose.NOISE, outerMoves++, noise, 0, xi.length);
        if (innerMoves == 0) {
            moveX();
        }
        LaneMath.get().axpby(outerStep, mean, 0, 1 - outerStep, xi, 0, xi.length);
        LaneMath.get().axpy(Math.sqrt(2 * outerStep / precision), noise, 0, xi, 0, xi.length);
        scratch.release(mark);
    }

    /** Moves x at the present xi, and takes the mean of A x. */
    private void moveX() {
        int mark = scratch.mark();
        double[] half = scratch.take(xi.length);
        Arrays.fill(mean, 0);
        take();
        for (int k = 0; k < inner; k++) {
            double acceptance = moveOnce();
            if (step != null) {
                tuning.stepSize = step.update(acceptance);
            }
            map.times(x.values, x.stride, image);
            LaneMath.get().axpy(1.0 / inner, image, 0, mean, 0, xi.length);
            if (k == inner / 2 - 1) {
                System.arraycopy(mean, 0, half, 0, xi.length);
            }
        }
        addError(half);
        scratch.release(mark);
    }

    private void take() {
        conditional.given(xi);
        cloud.over(x);
        conditional.evaluate(x, cloud.logDensity(), cloud.score(), scratch);
        transition.refresh(cloud, conditional, tuning, random, AnnealedWalk.MAIN, innerMoves, scratch);
    }

    private double moveOnce() {
        return transition.move(cloud, spare, conditional, tuning, random, AnnealedWalk.MAIN, innerMoves++, info, scratch);
    }

    /** The two halves of the inner moves differ by twice the error of their mean: E |first - second|^2 / 4. Correlation between them hides some of it. */
    private void addError(double[] firstHalf) {
        int first = inner / 2;
        for (int at = 0; first > 0 && at < xi.length; at++) {
            if (at % x.stride < x.size) {
                double before = firstHalf[at] * inner / first;
                double after = (mean[at] - firstHalf[at]) * inner / (inner - first);
                errorSquares += 0.25 * (before - after) * (before - after);
                errors++;
            }
        }
    }

    /** Standard error of the inner mean of one coordinate of A x, in units of 1 / sqrt(rho), the spread of xi given x. NaN with a single inner move. */
    double innerError() { return Math.sqrt(precision * errorSquares / errors); }

    double leastCurvature() { return CouplingChecks.leastCurvature(conditional.given(xi), x, scratch); }

    /** Over some particles at their last xi; moves them. */
    double greatestSpread() {
        double greatest = Double.NEGATIVE_INFINITY;
        for (double[] of : drawsGiven(xi, Math.min(SPREAD_PARTICLES, x.size), SPREAD_MOVES)) {
            greatest = Math.max(greatest, CouplingChecks.spread(of, SPREAD_MOVES, map, precision));
        }
        return greatest;
    }

    /** Draws of x | xi of the first particles: draw t of coordinate j of particle i at {@code [i][j*moves + t]}. */
    double[][] drawsGiven(double[] given, int particles, int moves) {
        double[][] draws = new double[particles][x.dimension * moves];
        System.arraycopy(given, 0, xi, 0, xi.length);
        take();
        for (int t = 0; t < moves; t++) {
            moveOnce();
            for (int i = 0; i < particles; i++) {
                for (int j = 0; j < x.dimension; j++) {
                    draws[i][j * moves + t] = x.get(j, i);
                }
            }
        }
        return draws;
    }

    MoveInfo info() { return info; }

    long gradients() { return target.gradients(); }
}
