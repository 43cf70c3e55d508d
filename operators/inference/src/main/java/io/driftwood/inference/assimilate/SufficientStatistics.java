package io.driftwood.inference.assimilate;

import io.driftwood.inference.model.Rows;

/** No rows at all: a conjugate model keeps its sufficient statistics, and the posterior and its evidence are exact. Chosen here, carried out by {@link ExactPosterior}. */
final class SufficientStatistics implements History {

    @Override
    public void plan(Rows rows, double[] change) { throw new IllegalStateException("sufficient statistics keep no rows"); }

    @Override
    public void forget(Rows rows) {}

    @Override
    public boolean keepsEvidence() { return true; }

    @Override
    public int bound() { return 0; }
}
