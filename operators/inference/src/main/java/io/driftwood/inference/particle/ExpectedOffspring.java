package io.driftwood.inference.particle;

/** count * W_i: its whole part is certain, its fraction is left to chance. */
final class ExpectedOffspring {

    private ExpectedOffspring() {}

    /**
     * expected[i] = count * W_i, W normalised. The whole parts never add up to more than {@code count}: rounding moves their sum by
     * far less than 1.
     *
     * @return how many offspring are left to chance: count - sum of the whole parts
     */
    static int fill(double[] weights, int size, int count, double[] spare, int expected) {
        double scale = count / CumulativeWeights.fill(weights, 0, size, spare, expected);
        int left = count;
        for (int i = 0; i < size; i++) {
            spare[expected + i] = weights[i] * scale;
            left -= (int) spare[expected + i];
        }
        return left;
    }

    /** Writes i into {@code ancestors} as often as offspring[offset + i] says. */
    static void expand(double[] offspring, int offset, int size, int[] ancestors) {
        int k = 0;
        for (int i = 0; i < size; i++) {
            int end = k + (int) offspring[offset + i];
            while (k < end) {
                ancestors[k++] = i;
            }
        }
    }
}
