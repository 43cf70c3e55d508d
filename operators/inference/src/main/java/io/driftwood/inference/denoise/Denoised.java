package io.driftwood.inference.denoise;

/** What people want to know after a measurement. Mutable, reused. */
public final class Denoised {

    /** Why a measurement was left out. */
    public enum Refusal {
        NONE,
        /** Not as many coordinates as the prior has. */
        DIMENSION,
        /** A noise scale that is not positive and finite. */
        NOISE,
        /** A coordinate that the channel cannot give. Missing ones, NaN, are no reason. */
        VALUE,
        /** A measurement to be taken back that cannot have been taken up. */
        UNKNOWN
    }

    public Refusal refusal = Refusal.NONE;
    /** log p(y_m | y_1..y_(m-1)); after a removal minus the log p of what was taken back, given the rest; NaN after a refusal. With a discount the earlier measurements are those of the discounted likelihood. */
    public double logPredictive;
    /** log p(y_1..y_m); with a discount, of the discounted likelihood. */
    public double logEvidence;
    /** E[x | y_1..y_m]. */
    public final double[] mean;
    /** Var(x_j | y_1..y_m). */
    public final double[] variances;
    /** Probability of every component, or atom. */
    public final double[] modes;
    /** Noise scale of one measurement worth as much as all; infinite, or of signs 0, where nothing has been measured. */
    public final double[] noise;
    /** m, or the effective number with a discount. */
    public double measurements;

    public Denoised(int dimension, int modes) {
        this.mean = new double[dimension];
        this.variances = new double[dimension];
        this.modes = new double[modes];
        this.noise = new double[dimension];
    }

    public double sd(int j) { return Math.sqrt(variances[j]); }
}
