package io.driftwood.inference.assimilate;

import io.driftwood.inference.model.Rows;

/**
 * What a move may look at, and hence what posterior is tracked: a policy over the weights of the rows seen so far. Immutable;
 * all state is in the rows.
 */
public interface History {

    /**
     * Plans the admission of the newest row, appended last with weight 0.
     *
     * @param change out, zeros on entry: what each row's weight shall change by
     */
    void plan(Rows rows, double[] change);

    /** Drops rows that no longer count, after the admission. */
    void forget(Rows rows);

    /** Whether the increments multiply to p(y_1..y_t); otherwise they are a score. */
    boolean keepsEvidence();

    /** Rows kept per key at most; {@code Integer.MAX_VALUE} when it grows without bound. */
    int bound();
}
