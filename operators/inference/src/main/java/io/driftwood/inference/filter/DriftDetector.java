package io.driftwood.inference.filter;

/**
 * Watches whether numbers that should be independent uniforms are. For each of five ways to be wrong, f_k a density on (0, 1), a
 * Shiryaev-Roberts sum runs, and their mean is the evidence:
 * <pre>   R_k = (1 + R_k) f_k(u),   evidence = mean of R_k   </pre>
 * Under uniforms evidence minus the number of records is a martingale, so an alarm at evidence of at least A comes on average not before A records
 * (an e-detector); no distribution is assumed. The ways: everything too low, too high, too far out, much too far out, too near the middle.
 *
 * <p>Reference: [1] Shin, Ramdas and Rinaldo (2023), E-detectors, arXiv:2203.03532. Differs from [1]: nothing.
 */
final class DriftDetector {

    /** Numbers of a key's state. */
    static final int LENGTH = 5;

    private static final String[] WAYS = {"lower than expected", "higher than expected", "too far from what was expected",
        "much too far from what was expected", "too near to what was expected"};
    private static final double FAR = 0.25;
    /** 1 / B(1/4, 1/4). */
    private static final double FAR_SCALE = 1 / 7.41629870920549;
    /** Beyond any alarm; keeps what is saved finite. */
    private static final double MOST = 1e100;

    private DriftDetector() {}

    /** Takes in one number. */
    static void observe(double u, double[] state, int offset) {
        update(state, offset, 2 * (1 - u));
        update(state, offset + 1, 2 * u);
        update(state, offset + 2, 1 / (Math.PI * Math.sqrt(u * (1 - u))));
        update(state, offset + 3, FAR_SCALE * StrictMath.pow(u * (1 - u), FAR - 1));
        update(state, offset + 4, 6 * u * (1 - u));
    }

    private static void update(double[] state, int k, double density) { state[k] = Math.min((1 + state[k]) * density, MOST); }

    /** The way to be wrong of which there is most evidence, in words. */
    static String strongest(double[] state, int offset) {
        int most = 0;
        for (int k = 1; k < LENGTH; k++) {
            most = state[offset + k] > state[offset + most] ? k : most;
        }
        return WAYS[most];
    }

    /** In records: an alarm at A is false on average once in A records or less often. */
    static double evidence(double[] state, int offset) {
        double sum = 0;
        for (int k = 0; k < LENGTH; k++) {
            sum += state[offset + k];
        }
        return sum / LENGTH;
    }
}
