package io.driftwood.inference.variational;

/** N(mean, diag sd^2), the law of z_1, and the bridges from it: S(z, beta) = beta grad log p(z) + (1 - beta) (mean - z) / sd^2. */
final class Start {

    final double[] mean;
    final double[] sd;
    final double[] precision;
    /** sum log sd + (d/2) log 2 pi. */
    final double logNormaliser;

    Start(double[] mean, double[] logSd) {
        int d = mean.length;
        this.mean = mean;
        this.sd = new double[d];
        this.precision = new double[d];
        double total = 0.5 * d * StrictMath.log(2 * Math.PI);
        for (int j = 0; j < d; j++) {
            sd[j] = StrictMath.exp(logSd[j]);
            precision[j] = StrictMath.exp(-2 * logSd[j]);
            total += logSd[j];
        }
        this.logNormaliser = total;
    }

    /** z = mean + sd * white. */
    void place(double[] white, int stride, double[] z) {
        for (int j = 0; j < mean.length; j++) {
            for (int i = j * stride; i < (j + 1) * stride; i++) {
                z[i] = mean[j] + sd[j] * white[i];
            }
        }
    }

    void bridgeScore(double beta, double[] z, double[] score, int stride, double[] out) {
        for (int j = 0; j < mean.length; j++) {
            double pull = (1 - beta) * precision[j];
            for (int i = j * stride; i < (j + 1) * stride; i++) {
                out[i] = beta * score[i] + pull * (mean[j] - z[i]);
            }
        }
    }
}
