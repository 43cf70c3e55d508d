package io.driftwood.inference.diagnostic;

import java.util.Arrays;

/** Sums over draws, and what every diagnostic asks of them first. */
final class Moments {

    private Moments() {}

    static double mean(double[] x) {
        double sum = 0;
        for (double each : x) {
            sum += each;
        }
        double mean = sum / x.length;
        double rest = 0;
        for (double each : x) {
            rest += each - mean;
        }
        return mean + rest / x.length;
    }

    /** With divisor n - 1. */
    static double variance(double[] x) {
        double mean = mean(x);
        double sum = 0;
        for (double each : x) {
            sum += (each - mean) * (each - mean);
        }
        return sum / (x.length - 1);
    }

    static double[] flat(double[][] chains) { return Arrays.stream(chains).flatMapToDouble(Arrays::stream).toArray(); }

    /** What is wrong with these chains, of which each must have {@code needed} draws, all equally many. */
    static Flag flag(double[][] chains, int needed) {
        if (chains.length == 0 || chains[0].length < needed) {
            return Flag.TOO_SHORT;
        }
        boolean constant = true;
        for (double[] chain : chains) {
            if (chain.length != chains[0].length) {
                throw new IllegalArgumentException("chains must be equally long, not " + chains[0].length + " and " + chain.length);
            }
            for (double x : chain) {
                if (!Double.isFinite(x)) {
                    return Flag.NOT_FINITE;
                }
                constant &= x == chains[0][0];
            }
        }
        return constant ? Flag.CONSTANT : Flag.OK;
    }

    /** Linear interpolation between order statistics, type 7. */
    static double quantile(double[] sorted, double p) {
        double position = p * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    static double[] sorted(double[] x) {
        double[] copy = x.clone();
        Arrays.sort(copy);
        return copy;
    }
}
