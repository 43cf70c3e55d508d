package io.driftwood.inference.assimilate;

import io.driftwood.inference.model.Rows;

/** Every observation counts fully, for ever: the exact posterior. Memory and the cost of a move grow with the stream. */
final class FullHistory implements History {

    @Override
    public void plan(Rows rows, double[] change) { change[rows.count - 1] = 1; }

    @Override
    public void forget(Rows rows) {}

    @Override
    public boolean keepsEvidence() { return true; }

    @Override
    public int bound() { return Integer.MAX_VALUE; }
}
