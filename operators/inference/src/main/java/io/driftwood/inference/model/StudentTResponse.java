package io.driftwood.inference.model;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Randomness;
import java.util.List;
import java.util.stream.Stream;

/**
 * Student t response about eta, scale s and nu degrees of freedom, each known or not. Own columns: u = log s, then w = log nu. With
 * z = (y - eta)/s, q = z^2/nu, t = q/(1+q):
 * <pre>
 *   log p    = G(nu) - u - (nu+1)/2 log(1 + q),   G = log Gamma((nu+1)/2) - log Gamma(nu/2) - log(nu pi)/2
 *   d/deta   = (nu+1)/(nu s) z (1-t)
 *   d/du     = (nu+1) t - 1
 *   d/dnu    = G' - log(1+q)/2 + (nu+1) t/(2 nu)
 *   d2/deta2 = (nu+1)/(nu s^2) (1-t)(2t-1),       d2/deta du = -2 (nu+1)/(nu s) z (1-t)^2
 *   d2/du2   = -2 (nu+1) t (1-t),                 d2/du dw   = nu t - (nu+1) t (1-t)
 *   d2/deta dw = z (1-t) ((nu+1) t - 1)/(nu s)
 *   d2/dnu2  = G'' + (t - t/nu - (nu+1) t (1-t)/nu)/(2 nu),   d2/dw2 = nu d/dnu + nu^2 d2/dnu2
 * </pre>
 */
final class StudentTResponse implements Family {

    private static final double LOG_PI = StrictMath.log(Math.PI);

    private final OwnParameter scale;
    private final OwnParameter degreesOfFreedom;

    StudentTResponse(OwnParameter scale, OwnParameter degreesOfFreedom) {
        this.scale = scale;
        this.degreesOfFreedom = degreesOfFreedom;
    }

    @Override
    public String name() { return "student-t"; }

    @Override
    public List<Block> blocks() { return Stream.concat(scale.blocks().stream(), degreesOfFreedom.blocks().stream()).toList(); }

    @Override
    public int rowHead() { return 1; }

    @Override
    public void encodeHead(double[] values, double[] row) { row[0] = values[0]; }

    /** Offset of the column of w. */
    private int ownDegrees(int own, int stride) { return scale.isKnown() ? own : own + stride; }

    @Override
    public void addLogLikelihood(double[] rows, int rowOffset, int rowWidth, double[] weights, int weightOffset, int rowCount,
            double[] theta, int own, int stride, int lane, int lanes, double[] eta, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        int ownW = ownDegrees(own, stride);
        double[] s = scratch.take(lanes);
        double[] nu = scratch.take(lanes);
        double[] constant = scratch.take(lanes);
        double[] slope = scratch.take(lanes);
        double[] z = scratch.take(lanes);
        double[] log = scratch.take(lanes);
        scale.value(theta, own, s, lanes);
        degreesOfFreedom.value(theta, ownW, nu, lanes);
        normaliser(nu, constant, lanes, scratch);
        scale.log(theta, own, z, lanes);
        for (int l = 0; l < lanes; l++) {
            constant[l] -= z[l];
        }
        boolean unknownDegrees = score != null && !degreesOfFreedom.isKnown();
        if (unknownDegrees) {
            normaliserSlope(nu, slope, lanes, scratch);
        }
        for (int r = 0; r < rowCount; r++) {
            double y = rows[rowOffset + r * rowWidth];
            double weight = weights[weightOffset + r];
            int tile = r * lanes;
            for (int l = 0; l < lanes; l++) {
                z[l] = (y - eta[tile + l]) / s[l];
                log[l] = z[l] * z[l] / nu[l];
            }
            LaneMath.get().log1p(log, 0, log, 0, lanes);
            for (int l = 0; l < lanes; l++) {
                logDensity[lane + l] += weight * (constant[l] - 0.5 * (nu[l] + 1) * log[l]);
            }
            if (unknownDegrees) {
                for (int l = 0; l < lanes; l++) {
                    double t = z[l] * z[l] / (nu[l] + z[l] * z[l]);
                    score[ownW + l] += weight * (nu[l] * (slope[l] - 0.5 * log[l]) + 0.5 * (nu[l] + 1) * t);
                }
            }
            if (score != null && !scale.isKnown()) {
                for (int l = 0; l < lanes; l++) {
                    double t = z[l] * z[l] / (nu[l] + z[l] * z[l]);
                    score[own + l] += weight * ((nu[l] + 1) * t - 1);
                }
            }
            if (score != null) {
                // (nu+1)/(nu s) z (1-t) = (nu+1) z / (s (nu + z^2))
                for (int l = 0; l < lanes; l++) {
                    eta[tile + l] = weight * (nu[l] + 1) * z[l] / (s[l] * (nu[l] + z[l] * z[l]));
                }
            }
        }
        scratch.release(mark);
    }

    /** G(nu). */
    private static void normaliser(double[] nu, double[] out, int lanes, Scratch scratch) {
        int mark = scratch.mark();
        double[] work = scratch.take(lanes);
        for (int l = 0; l < lanes; l++) {
            work[l] = 0.5 * nu[l];
        }
        PolyGamma.logGammaHalfStep(work, out, lanes, scratch);
        LaneMath.get().log(nu, 0, work, 0, lanes);
        for (int l = 0; l < lanes; l++) {
            out[l] -= 0.5 * (work[l] + LOG_PI);
        }
        scratch.release(mark);
    }

    /** G'(nu) = (psi((nu+1)/2) - psi(nu/2) - 1/nu)/2. */
    private static void normaliserSlope(double[] nu, double[] out, int lanes, Scratch scratch) {
        int mark = scratch.mark();
        double[] half = scratch.take(lanes);
        double[] psi = scratch.take(lanes);
        for (int l = 0; l < lanes; l++) {
            half[l] = 0.5 * (nu[l] + 1);
        }
        PolyGamma.digamma(half, out, lanes);
        for (int l = 0; l < lanes; l++) {
            half[l] = 0.5 * nu[l];
        }
        PolyGamma.digamma(half, psi, lanes);
        for (int l = 0; l < lanes; l++) {
            out[l] = 0.5 * (out[l] - psi[l] - 1 / nu[l]);
        }
        scratch.release(mark);
    }

    /** G''(nu) = (psi'((nu+1)/2) - psi'(nu/2))/4 + 1/(2 nu^2). */
    private static void normaliserCurvature(double[] nu, double[] out, int lanes, Scratch scratch) {
        int mark = scratch.mark();
        double[] half = scratch.take(lanes);
        double[] psi = scratch.take(lanes);
        for (int l = 0; l < lanes; l++) {
            half[l] = 0.5 * (nu[l] + 1);
        }
        PolyGamma.trigamma(half, out, lanes);
        for (int l = 0; l < lanes; l++) {
            half[l] = 0.5 * nu[l];
        }
        PolyGamma.trigamma(half, psi, lanes);
        for (int l = 0; l < lanes; l++) {
            out[l] = 0.25 * (out[l] - psi[l]) + 0.5 / (nu[l] * nu[l]);
        }
        scratch.release(mark);
    }

    @Override
    public void hessianVector(double[] rows, int rowOffset, int rowWidth, double[] weights, int weightOffset, int rowCount,
            double[] theta, int own, int stride, int lane, int lanes, double[] eta, double[] etaV, double[] v, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        int ownW = ownDegrees(own, stride);
        boolean unknownScale = !scale.isKnown();
        boolean unknownDegrees = !degreesOfFreedom.isKnown();
        double[] s = scratch.take(lanes);
        double[] nu = scratch.take(lanes);
        double[] slope = scratch.take(lanes);
        double[] curvature = scratch.take(lanes);
        double[] log = scratch.take(lanes);
        scale.value(theta, own, s, lanes);
        degreesOfFreedom.value(theta, ownW, nu, lanes);
        normaliserSlope(nu, slope, lanes, scratch);
        normaliserCurvature(nu, curvature, lanes, scratch);
        for (int r = 0; r < rowCount; r++) {
            double y = rows[rowOffset + r * rowWidth];
            double weight = weights[weightOffset + r];
            int tile = r * lanes;
            for (int l = 0; l < lanes; l++) {
                double z = (y - eta[tile + l]) / s[l];
                log[l] = z * z / nu[l];
            }
            LaneMath.get().log1p(log, 0, log, 0, lanes);
            for (int l = 0; l < lanes; l++) {
                double n = nu[l];
                double z = (y - eta[tile + l]) / s[l];
                double t = z * z / (n + z * z);
                double rest = n / (n + z * z);
                double more = n + 1;
                double ve = etaV[tile + l];
                double vu = unknownScale ? v[own + l] : 0;
                double vw = unknownDegrees ? v[ownW + l] : 0;
                double etaU = -2 * more / (n * s[l]) * z * rest * rest;
                double etaW = z * rest * (more * t - 1) / (n * s[l]);
                double uw = n * t - more * t * rest;
                if (unknownScale) {
                    out[own + l] += weight * (etaU * ve - 2 * more * t * rest * vu + uw * vw);
                }
                if (unknownDegrees) {
                    double byNu = slope[l] - 0.5 * log[l] + 0.5 * more * t / n;
                    double byNuTwice = curvature[l] + (t - t / n - more * t * rest / n) / (2 * n);
                    out[ownW + l] += weight * (etaW * ve + uw * vu + n * (byNu + n * byNuTwice) * vw);
                }
                etaV[tile + l] = weight * (more / (n * s[l] * s[l]) * rest * (2 * t - 1) * ve + etaU * vu + etaW * vw);
            }
        }
        scratch.release(mark);
    }

    @Override
    public void mean(double[] theta, int own, int stride, double[] values, double[] eta, Scratch scratch) {}

    @Override
    public double simulate(double eta, double[] theta, int own, int stride, double[] values, Randomness random, long step, int iteration) {
        double nu = degreesOfFreedom.value(theta, ownDegrees(own, stride));
        return eta + scale.value(theta, own) * Draws.studentT(nu, random, step, iteration);
    }
}
