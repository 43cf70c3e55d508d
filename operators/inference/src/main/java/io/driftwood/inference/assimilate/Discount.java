package io.driftwood.inference.assimilate;

import io.driftwood.inference.model.Rows;

/**
 * Power prior: p0(theta) prod_s p(y_s | theta)^(lambda^(t-s)). Every event multiplies the old rows' weights by lambda; rows
 * whose weight would fall below a threshold leave. Effective window 1/(1 - lambda), memory log(threshold)/log(lambda) rows.
 */
final class Discount implements History {

    private final double lambda;
    private final double threshold;

    Discount(double lambda, double threshold) {
        this.lambda = lambda;
        this.threshold = threshold;
    }

    @Override
    public void plan(Rows rows, double[] change) {
        int newest = rows.count - 1;
        change[newest] = 1;
        for (int r = 0; r < newest; r++) {
            double next = lambda * rows.weights[r];
            change[r] = (next < threshold ? 0 : next) - rows.weights[r];
        }
    }

    @Override
    public void forget(Rows rows) {
        int gone = 0;
        while (gone < rows.count && rows.weights[gone] < threshold) {
            gone++;
        }
        rows.dropFirst(gone);
    }

    @Override
    public boolean keepsEvidence() { return false; }

    @Override
    public int bound() { return 1 + (int) Math.ceil(StrictMath.log(threshold) / StrictMath.log(lambda)); }
}
