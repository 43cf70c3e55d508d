package io.driftwood.inference.variational;

/** N(mean, diag sd^2), the law of z_1, and the normal that each bridge leads from: the same, or moving with the inverse temperature. */
final class Start {

    final double[] mean;
    final double[] sd;
    /** sum log sd + (d/2) log 2 pi. */
    final double logNormaliser;
    private final double[] logSd;
    private final double[] precision;
    /** What the mean and the log sd of the bridges' normal have more at beta = 1; null for nothing. */
    private final double[] shift;
    private final double[] stretch;

    Start(PathParameters parameters) {
        this.mean = parameters.mean();
        this.logSd = parameters.logSd();
        boolean moving = parameters.layout.has(Section.SHIFT);
        this.shift = moving ? parameters.section(Section.SHIFT) : null;
        this.stretch = moving ? parameters.section(Section.STRETCH) : null;
        int d = mean.length;
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

    /** Whether the normal differs from bridge to bridge. */
    boolean moving() { return shift != null; }

    /** Puts mean and precision of the normal at the leg's inverse temperature. */
    void place(Leg leg) {
        for (int j = 0; j < mean.length; j++) {
            leg.fill(leg.mean, j, shift == null ? mean[j] : mean[j] + leg.beta * shift[j]);
            leg.fill(leg.precision, j, shift == null ? precision[j] : StrictMath.exp(-2 * (logSd[j] + leg.beta * stretch[j])));
        }
    }

    /** The gradient of what has the gradients {@code meanBar} and {@code logSdBar} in the normal at this inverse temperature; returns that in beta. */
    double reverse(double beta, int j, double meanBar, double logSdBar, double[] gradient, Layout layout) {
        gradient[layout.offset(Section.MEAN) + j] += meanBar;
        gradient[layout.offset(Section.LOG_SD) + j] += logSdBar;
        if (shift == null) {
            return 0;
        }
        gradient[layout.offset(Section.SHIFT) + j] += beta * meanBar;
        gradient[layout.offset(Section.STRETCH) + j] += beta * logSdBar;
        return meanBar * shift[j] + logSdBar * stretch[j];
    }
}
