package io.driftwood.inference.diagnostic;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.hipparchus.special.Erf;

/** What is done to chains before they are compared: cut in halves, folded about their median, replaced by normal scores of their ranks. */
final class RankNormal {

    private RankNormal() {}

    /** Each chain's first and second half as chains; the middle draw of an odd number is left out. */
    static double[][] split(double[][] chains) {
        double[][] halves = new double[2 * chains.length][];
        for (int c = 0; c < chains.length; c++) {
            int n = chains[c].length;
            halves[2 * c] = Arrays.copyOfRange(chains[c], 0, n / 2);
            halves[2 * c + 1] = Arrays.copyOfRange(chains[c], n - n / 2, n);
        }
        return halves;
    }

    /** |x - median of all|. */
    static double[][] fold(double[][] chains) {
        double median = Moments.quantile(Moments.sorted(Moments.flat(chains)), 0.5);
        return Arrays.stream(chains).map(chain -> Arrays.stream(chain).map(x -> Math.abs(x - median)).toArray()).toArray(double[][]::new);
    }

    /** z = Phi^-1((rank - 3/8) / (S + 1/4)), ranks among all draws, equal draws sharing their mean rank (Blom). */
    static double[][] scores(double[][] chains) {
        double[] all = Moments.flat(chains);
        int[] order = IntStream.range(0, all.length).boxed().sorted(Comparator.comparingDouble(i -> all[i])).mapToInt(i -> i).toArray();
        double[] scores = new double[all.length];
        for (int from = 0; from < order.length;) {
            int to = from + 1;
            while (to < order.length && all[order[to]] == all[order[from]]) {
                to++;
            }
            double rank = 0.5 * (from + 1 + to);
            double score = normalQuantile((rank - 0.375) / (all.length + 0.25));
            for (int k = from; k < to; k++) {
                scores[order[k]] = score;
            }
            from = to;
        }
        double[][] out = new double[chains.length][];
        int start = 0;
        for (int c = 0; c < chains.length; c++) {
            out[c] = Arrays.copyOfRange(scores, start, start + chains[c].length);
            start += chains[c].length;
        }
        return out;
    }

    static double normalQuantile(double p) { return -Math.sqrt(2) * Erf.erfcInv(2 * p); }
}
