package io.driftwood.inference.model;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import java.util.List;

/**
 * Bernoulli response with logit link, y in {0, 1}: log p = y eta - softplus(eta), d/deta = y - sigma(eta),
 * d2/deta2 = -sigma(eta) sigma(-eta). Any other response is impossible: -inf.
 */
final class BernoulliResponse implements Family {

    @Override
    public String name() { return "bernoulli"; }

    @Override
    public List<Block> blocks() { return List.of(); }

    @Override
    public int rowHead() { return 1; }

    @Override
    public void encodeHead(double[] values, double[] row) { row[0] = values[0]; }

    /** Rows of one weight, the usual case, share their exponential between density and residual, and one logarithm among them. */
    @Override
    public void addLogLikelihood(double[] rows, int rowOffset, int rowWidth, double[] weights, int weightOffset, int rowCount,
            double[] theta, int own, int stride, int lane, int lanes, double[] eta, double[] logDensity, double[] score, Scratch scratch) {
        if (isOneWeight(weights, weightOffset, rowCount)) {
            addEqual(rows, rowOffset, rowWidth, weights[weightOffset], rowCount, lane, lanes, eta, logDensity, scratch);
        } else {
            addUnequal(rows, rowOffset, rowWidth, weights, weightOffset, rowCount, lane, lanes, eta, logDensity, score, scratch);
        }
        for (int r = 0; r < rowCount; r++) {
            double y = rows[rowOffset + r * rowWidth];
            if (!(y == 0 || y == 1)) {
                Arrays.fill(logDensity, lane, lane + lanes, Double.NEGATIVE_INFINITY);
            }
        }
    }

    private static boolean isOneWeight(double[] weights, int offset, int count) {
        for (int r = 1; r < count; r++) {
            if (weights[offset + r] != weights[offset]) {
                return false;
            }
        }
        return true;
    }

    private static void addEqual(double[] rows, int rowOffset, int rowWidth, double weight, int rowCount, int lane, int lanes,
            double[] eta, double[] logDensity, Scratch scratch) {
        LaneMath math = LaneMath.get();
        int mark = scratch.mark();
        double[] linear = scratch.take(lanes);
        double[] product = scratch.take(lanes);
        math.logisticTile(rows, rowOffset, rowWidth, rowCount, eta, lanes, linear, product);
        math.log(product, 0, product, 0, lanes);
        for (int l = 0; l < lanes; l++) {
            logDensity[lane + l] += weight * (linear[l] - product[l]);
        }
        scratch.release(mark);
        if (weight != 1) {
            for (int t = 0; t < rowCount * lanes; t++) {
                eta[t] *= weight;
            }
        }
    }

    private static void addUnequal(double[] rows, int rowOffset, int rowWidth, double[] weights, int weightOffset, int rowCount,
            int lane, int lanes, double[] eta, double[] logDensity, double[] score, Scratch scratch) {
        LaneMath math = LaneMath.get();
        int mark = scratch.mark();
        double[] softplus = scratch.take(rowCount * lanes);
        double[] probability = scratch.take(rowCount * lanes);
        if (score == null) {
            math.softplus(eta, 0, softplus, 0, rowCount * lanes);
        } else {
            math.softplusAndSigmoid(eta, 0, softplus, 0, probability, 0, rowCount * lanes);
        }
        for (int r = 0; r < rowCount; r++) {
            double y = rows[rowOffset + r * rowWidth];
            double weight = weights[weightOffset + r];
            for (int l = 0, t = r * lanes; l < lanes; l++, t++) {
                logDensity[lane + l] += weight * (y * eta[t] - softplus[t]);
            }
            if (score != null) {
                for (int t = r * lanes; t < (r + 1) * lanes; t++) {
                    eta[t] = weight * (y - probability[t]);
                }
            }
        }
        scratch.release(mark);
    }

    @Override
    public void hessianVector(double[] rows, int rowOffset, int rowWidth, double[] weights, int weightOffset, int rowCount,
            double[] theta, int own, int stride, int lane, int lanes, double[] eta, double[] etaV, double[] v, double[] out, Scratch scratch) {
        LaneMath.get().sigmoid(eta, 0, eta, 0, rowCount * lanes);
        if (isOneWeight(weights, weightOffset, rowCount)) {
            curve(weights[weightOffset], eta, etaV, 0, rowCount * lanes);
            return;
        }
        for (int r = 0; r < rowCount; r++) {
            curve(weights[weightOffset + r], eta, etaV, r * lanes, (r + 1) * lanes);
        }
    }

    private static void curve(double weight, double[] probability, double[] etaV, int from, int to) {
        for (int i = from; i < to; i++) {
            etaV[i] *= -weight * probability[i] * (1 - probability[i]);
        }
    }

    @Override
    public void mean(double[] theta, int own, int stride, double[] values, double[] eta, Scratch scratch) {
        LaneMath.get().sigmoid(eta, 0, eta, 0, stride);
    }

    @Override
    public double simulate(double eta, double[] theta, int own, int stride, double[] values, Randomness random, long step, int iteration) {
        double[] p = {eta};
        LaneMath.get().sigmoid(p, 0, p, 0, 1);
        return random.uniform(step, Purpose.SIMULATE, iteration) < p[0] ? 1 : 0;
    }
}
