package io.driftwood.inference.model;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Randomness;
import java.util.List;

/**
 * Normal response about eta with scale s, known or not. With u = log s, e = y - eta, p = 1/s^2:
 * <pre>
 *   log p  = -e^2 p / 2 - u - log sqrt(2 pi)
 *   d/deta = e p,       d/du = e^2 p - 1
 *   second: eta eta -p,  eta u -2 e p,  u u -2 e^2 p
 * </pre>
 */
final class GaussianResponse implements Family {

    private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);

    private final OwnParameter scale;

    GaussianResponse(OwnParameter scale) { this.scale = scale; }

    @Override
    public String name() { return "gaussian"; }

    @Override
    public List<Block> blocks() { return scale.blocks(); }

    @Override
    public int rowHead() { return 1; }

    @Override
    public void encodeHead(double[] values, double[] row) { row[0] = values[0]; }

    @Override
    public void addLogLikelihood(double[] rows, int rowOffset, int rowWidth, double[] weights, int weightOffset, int rowCount,
            double[] theta, int own, int stride, int lane, int lanes, double[] eta, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        double[] u = scratch.take(lanes);
        double[] p = scratch.take(lanes);
        scale.log(theta, own, u, lanes);
        precision(u, p, lanes);
        for (int r = 0; r < rowCount; r++) {
            double y = rows[rowOffset + r * rowWidth];
            double weight = weights[weightOffset + r];
            int tile = r * lanes;
            for (int l = 0; l < lanes; l++) {
                double e = y - eta[tile + l];
                logDensity[lane + l] -= weight * (0.5 * e * e * p[l] + u[l] + HALF_LOG_TWO_PI);
            }
            if (score != null && !scale.isKnown()) {
                for (int l = 0; l < lanes; l++) {
                    double e = y - eta[tile + l];
                    score[own + l] += weight * (e * e * p[l] - 1);
                }
            }
            if (score != null) {
                for (int l = 0; l < lanes; l++) {
                    eta[tile + l] = weight * (y - eta[tile + l]) * p[l];
                }
            }
        }
        scratch.release(mark);
    }

    private static void precision(double[] u, double[] p, int lanes) {
        for (int l = 0; l < lanes; l++) {
            p[l] = -2 * u[l];
        }
        LaneMath.get().exp(p, 0, p, 0, lanes);
    }

    @Override
    public void hessianVector(double[] rows, int rowOffset, int rowWidth, double[] weights, int weightOffset, int rowCount,
            double[] theta, int own, int stride, int lane, int lanes, double[] eta, double[] etaV, double[] v, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        double[] u = scratch.take(lanes);
        double[] p = scratch.take(lanes);
        scale.log(theta, own, u, lanes);
        precision(u, p, lanes);
        for (int r = 0; r < rowCount; r++) {
            double y = rows[rowOffset + r * rowWidth];
            double weight = weights[weightOffset + r];
            int tile = r * lanes;
            for (int l = 0; l < lanes; l++) {
                double e = y - eta[tile + l];
                double vu = scale.isKnown() ? 0 : v[own + l];
                double wp = weight * p[l];
                if (!scale.isKnown()) {
                    out[own + l] -= 2 * wp * e * (etaV[tile + l] + e * vu);
                }
                etaV[tile + l] = -wp * (etaV[tile + l] + 2 * e * vu);
            }
        }
        scratch.release(mark);
    }

    @Override
    public void mean(double[] theta, int own, int stride, double[] values, double[] eta, Scratch scratch) {}

    @Override
    public double simulate(double eta, double[] theta, int own, int stride, double[] values, Randomness random, long step, int iteration) {
        return eta + scale.value(theta, own) * Draws.normal(random, step, iteration);
    }
}
