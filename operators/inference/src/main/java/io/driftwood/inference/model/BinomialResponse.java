package io.driftwood.inference.model;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.List;

/**
 * Successes y out of n trials with logit link: log p = y eta - n softplus(eta) + log C(n, y), d/deta = y - n sigma(eta),
 * d2/deta2 = -n sigma(eta) sigma(-eta). The row's head is y, n, log C(n, y); -inf marks an impossible count.
 */
final class BinomialResponse implements Family {

    private static final int N = 1;
    private static final int LOG_CHOOSE = 2;

    private final String trials;

    BinomialResponse(String trials) { this.trials = trials; }

    @Override
    public String name() { return "bernoulli"; }

    @Override
    public List<String> extraFields() { return List.of(trials); }

    @Override
    public List<Block> blocks() { return List.of(); }

    @Override
    public int rowHead() { return 3; }

    @Override
    public void encodeHead(double[] values, double[] row) {
        row[0] = values[0];
        row[N] = values[N];
        row[LOG_CHOOSE] = LogChoose.of(values[N], values[0]);
    }

    @Override
    public void addLogLikelihood(double[] rows, int rowOffset, int rowWidth, double[] weights, int weightOffset, int rowCount,
            double[] theta, int own, int stride, int lane, int lanes, double[] eta, double[] logDensity, double[] score, Scratch scratch) {
        LaneMath math = LaneMath.get();
        int mark = scratch.mark();
        double[] f = scratch.take(rowCount * lanes);
        math.softplus(eta, 0, f, 0, rowCount * lanes);
        for (int r = 0; r < rowCount; r++) {
            int head = rowOffset + r * rowWidth;
            double y = rows[head];
            double n = rows[head + N];
            double constant = rows[head + LOG_CHOOSE];
            double weight = weights[weightOffset + r];
            for (int l = 0, t = r * lanes; l < lanes; l++, t++) {
                logDensity[lane + l] += weight * (y * eta[t] - n * f[t] + constant);
            }
        }
        if (score != null) {
            math.sigmoid(eta, 0, eta, 0, rowCount * lanes);
            for (int r = 0; r < rowCount; r++) {
                double y = rows[rowOffset + r * rowWidth];
                double n = rows[rowOffset + r * rowWidth + N];
                double weight = weights[weightOffset + r];
                for (int t = r * lanes; t < (r + 1) * lanes; t++) {
                    eta[t] = weight * (y - n * eta[t]);
                }
            }
        }
        scratch.release(mark);
    }

    @Override
    public void hessianVector(double[] rows, int rowOffset, int rowWidth, double[] weights, int weightOffset, int rowCount,
            double[] theta, int own, int stride, int lane, int lanes, double[] eta, double[] etaV, double[] v, double[] out, Scratch scratch) {
        LaneMath.get().sigmoid(eta, 0, eta, 0, rowCount * lanes);
        for (int r = 0; r < rowCount; r++) {
            double factor = -weights[weightOffset + r] * rows[rowOffset + r * rowWidth + N];
            for (int t = r * lanes; t < (r + 1) * lanes; t++) {
                etaV[t] *= factor * eta[t] * (1 - eta[t]);
            }
        }
    }

    /** Expected successes n sigma(eta); of one trial where n is missing. */
    @Override
    public void mean(double[] theta, int own, int stride, double[] values, double[] eta, Scratch scratch) {
        LaneMath.get().sigmoid(eta, 0, eta, 0, stride);
        double n = Double.isNaN(values[N]) ? 1 : values[N];
        for (int i = 0; i < stride; i++) {
            eta[i] *= n;
        }
    }

    @Override
    public double simulate(double eta, double[] theta, int own, int stride, double[] values, Randomness random, long step, int iteration) {
        return Draws.binomial((int) values[N], 1 / (1 + StrictMath.exp(-eta)), random, step, iteration);
    }

    /** 1 to 20 trials. */
    @Override
    public void simulateExtras(double[] values, Randomness random, long step) {
        values[N] = 1 + Math.floor(20 * random.uniform(step, Purpose.SIMULATE, Integer.MAX_VALUE - 1));
    }
}
