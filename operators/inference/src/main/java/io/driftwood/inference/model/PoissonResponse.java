package io.driftwood.inference.model;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Randomness;
import java.util.List;

/**
 * Poisson counts with log link: log p = y eta - e^eta - log y!, d/deta = y - e^eta, d2/deta2 = -e^eta. The row's head is y and
 * -log y!; -inf marks an impossible count.
 */
final class PoissonResponse implements Family {

    @Override
    public String name() { return "poisson"; }

    @Override
    public List<Block> blocks() { return List.of(); }

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
        int mark = scratch.mark();
        double[] mean = scratch.take(rowCount * lanes);
        LaneMath.get().exp(eta, 0, mean, 0, rowCount * lanes);
        for (int r = 0; r < rowCount; r++) {
            double y = rows[rowOffset + r * rowWidth];
            double constant = rows[rowOffset + r * rowWidth + 1];
            double weight = weights[weightOffset + r];
            for (int l = 0, t = r * lanes; l < lanes; l++, t++) {
                logDensity[lane + l] += weight * (y * eta[t] - mean[t] + constant);
            }
            if (score != null) {
                for (int t = r * lanes; t < (r + 1) * lanes; t++) {
                    eta[t] = weight * (y - mean[t]);
                }
            }
        }
        scratch.release(mark);
    }

    @Override
    public void hessianVector(double[] rows, int rowOffset, int rowWidth, double[] weights, int weightOffset, int rowCount,
            double[] theta, int own, int stride, int lane, int lanes, double[] eta, double[] etaV, double[] v, double[] out, Scratch scratch) {
        LaneMath.get().exp(eta, 0, eta, 0, rowCount * lanes);
        for (int r = 0; r < rowCount; r++) {
            double weight = weights[weightOffset + r];
            for (int t = r * lanes; t < (r + 1) * lanes; t++) {
                etaV[t] *= -weight * eta[t];
            }
        }
    }

    @Override
    public void mean(double[] theta, int own, int stride, double[] values, double[] eta, Scratch scratch) {
        LaneMath.get().exp(eta, 0, eta, 0, stride);
    }

    @Override
    public double simulate(double eta, double[] theta, int own, int stride, double[] values, Randomness random, long step, int iteration) {
        return Draws.poisson(StrictMath.exp(eta), random, step, iteration);
    }
}
