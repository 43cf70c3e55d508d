package io.driftwood.inference.assimilate;

import io.driftwood.inference.model.Rows;

/**
 * The posterior given the last W observations. On each event the newest row comes in and the one that falls out leaves along
 * the same path, p(y_t)^beta / p(y_{t-W})^beta, so the population never has to return to the prior.
 *
 * <p>The increment is log Z_t / Z_{t-1} of the window's evidence, not a predictive density.
 */
final class SlidingWindow implements History {

    private final int width;

    SlidingWindow(int width) { this.width = width; }

    @Override
    public void plan(Rows rows, double[] change) {
        change[rows.count - 1] = 1;
        for (int r = 0; r < rows.count - width; r++) {
            change[r] = -rows.weights[r];
        }
    }

    @Override
    public void forget(Rows rows) { rows.dropFirst(Math.max(0, rows.count - width)); }

    @Override
    public boolean keepsEvidence() { return false; }

    @Override
    public int bound() { return width; }
}
