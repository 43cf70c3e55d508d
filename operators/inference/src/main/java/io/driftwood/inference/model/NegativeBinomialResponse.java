package io.driftwood.inference.model;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Randomness;
import java.util.List;

/**
 * Negative binomial counts with log link: mean e^eta, variance mean + dispersion mean^2, dispersion alpha = 1/r known or not. With
 * u = log alpha, t = eta + u, p = sigma(t), D = psi(y+r) - psi(r), T = psi'(y+r) - psi'(r), f = softplus(t):
 * <pre>
 *   log p    = log Gamma(y+r) - log Gamma(r) - y log r - log y! + y eta - (y+r) f
 *   d/deta   = y - (y+r) p
 *   d/du     = r (f - D) + y - (y+r) p
 *   d2/deta2 = -(y+r) p (1-p),   d2/deta du = r p - (y+r) p (1-p)
 *   d2/du2   = r^2 T + r (D - f) + 2 r p - (y+r) p (1-p)
 * </pre>
 * The row's head is y and -log y!; -inf marks an impossible count.
 */
final class NegativeBinomialResponse implements Family {

    private final OwnParameter dispersion;

    NegativeBinomialResponse(OwnParameter dispersion) { this.dispersion = dispersion; }

    @Override
    public String name() { return "negative-binomial"; }

    @Override
    public List<Block> blocks() { return dispersion.blocks(); }

    @Override
    public int rowHead() { return 2; }

    @Override
    public void encodeHead(double[] values, double[] row) {
        row[0] = values[0];
        row[1] = Counts.minusLogFactorial(values[0]);
    }

    @Override
    public void addLogLikelihood(double[] rows, int rowOffset, int rowWidth, double[] weights, int weightOffset, int rowCount,
            double[] theta, int own, int stride, int lane, int lanes, double[] eta, double[] logDensity, double[] score, Scratch scratch) {
        LaneMath math = LaneMath.get();
        int mark = scratch.mark();
        double[] u = scratch.take(lanes);
        double[] alpha = scratch.take(lanes);
        double[] t = scratch.take(lanes);
        double[] f = scratch.take(lanes);
        double[] work = scratch.take(lanes);
        dispersion.log(theta, own, u, lanes);
        dispersion.value(theta, own, alpha, lanes);
        for (int r = 0; r < rowCount; r++) {
            double y = rows[rowOffset + r * rowWidth];
            double constant = rows[rowOffset + r * rowWidth + 1];
            double weight = weights[weightOffset + r];
            int tile = r * lanes;
            for (int l = 0; l < lanes; l++) {
                t[l] = eta[tile + l] + u[l];
            }
            math.softplus(t, 0, f, 0, lanes);
            GammaRatio.logRising(alpha, y, work, lanes, scratch);
            for (int l = 0; l < lanes; l++) {
                logDensity[lane + l] += weight * (work[l] + y * eta[tile + l] - (y + 1 / alpha[l]) * f[l] + constant);
            }
            if (score == null) {
                continue;
            }
            math.sigmoid(t, 0, t, 0, lanes);
            for (int l = 0; l < lanes; l++) {
                eta[tile + l] = weight * (y - (y + 1 / alpha[l]) * t[l]);
            }
            if (!dispersion.isKnown()) {
                GammaRatio.digammaRise(alpha, y, work, lanes, scratch);
                for (int l = 0; l < lanes; l++) {
                    score[own + l] += weight * ((f[l] - work[l]) / alpha[l]) + eta[tile + l];
                }
            }
        }
        scratch.release(mark);
    }

    @Override
    public void hessianVector(double[] rows, int rowOffset, int rowWidth, double[] weights, int weightOffset, int rowCount,
            double[] theta, int own, int stride, int lane, int lanes, double[] eta, double[] etaV, double[] v, double[] out, Scratch scratch) {
        LaneMath math = LaneMath.get();
        int mark = scratch.mark();
        boolean unknown = !dispersion.isKnown();
        double[] u = scratch.take(lanes);
        double[] alpha = scratch.take(lanes);
        double[] t = scratch.take(lanes);
        double[] f = scratch.take(lanes);
        double[] rise = scratch.take(lanes);
        double[] bend = scratch.take(lanes);
        dispersion.log(theta, own, u, lanes);
        dispersion.value(theta, own, alpha, lanes);
        for (int r = 0; r < rowCount; r++) {
            double y = rows[rowOffset + r * rowWidth];
            double weight = weights[weightOffset + r];
            int tile = r * lanes;
            for (int l = 0; l < lanes; l++) {
                t[l] = eta[tile + l] + u[l];
            }
            math.softplus(t, 0, f, 0, lanes);
            math.sigmoid(t, 0, t, 0, lanes);
            GammaRatio.digammaRise(alpha, y, rise, lanes, scratch);
            GammaRatio.trigammaRise(alpha, y, bend, lanes);
            for (int l = 0; l < lanes; l++) {
                double size = 1 / alpha[l];
                double p = t[l];
                double byEta = -(y + size) * p * (1 - p);
                double mixed = size * p + byEta;
                double ve = etaV[tile + l];
                double vu = unknown ? v[own + l] : 0;
                if (unknown) {
                    double byU = size * (size * bend[l] + rise[l] - f[l] + p) + mixed;
                    out[own + l] += weight * (mixed * ve + byU * vu);
                }
                etaV[tile + l] = weight * (byEta * ve + mixed * vu);
            }
        }
        scratch.release(mark);
    }

    @Override
    public void mean(double[] theta, int own, int stride, double[] values, double[] eta, Scratch scratch) {
        LaneMath.get().exp(eta, 0, eta, 0, stride);
    }

    @Override
    public double simulate(double eta, double[] theta, int own, int stride, double[] values, Randomness random, long step, int iteration) {
        return Draws.negativeBinomial(StrictMath.exp(eta), dispersion.value(theta, own), random, step, iteration);
    }
}
