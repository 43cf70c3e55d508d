package io.driftwood.inference.variational;

/** Parts of the vector of parameters, in its order, each with the map that frees it of bounds and what it counts as in tuning. Append only. */
enum Section {
    STEP(Bounds.POSITIVE, Trained.STEP),
    FRICTION(Bounds.FRICTION, Trained.FRICTION),
    INCREMENTS(Bounds.POSITIVE, Trained.BRIDGES),
    MEAN(Bounds.NONE, Trained.START),
    LOG_SD(Bounds.NONE, Trained.START),
    /** Steps of the coordinates over the common one. */
    MASS(Bounds.POSITIVE, Trained.STEP),
    /** Steps of the bridges over the common one. */
    PACE(Bounds.POSITIVE, Trained.STEP),
    /** What is added to the mean and to the log sd of the bridges' reference at beta = 1; proportionally less before. */
    SHIFT(Bounds.NONE, Trained.BRIDGES),
    STRETCH(Bounds.NONE, Trained.BRIDGES),
    FRAME_MEAN(Bounds.NONE, Trained.START),
    /** Rows of a lower triangle, without the zeros. */
    FRAME_LOWER(Bounds.TRIANGLE, Trained.START),
    FLOW(Bounds.WEIGHTS, Trained.FLOW),
    GUIDE(Bounds.WEIGHTS, Trained.NETWORKS),
    CONTROL(Bounds.WEIGHTS, Trained.NETWORKS),
    /** Offset, slope and log sd of the last momentum given the last position, d each. */
    LAST_MOMENTUM(Bounds.NONE, Trained.NETWORKS);

    /** How a part is freed of its bounds: log; logit of a share or log of a friction; as it is; log of the diagonal; in units of a half, for slower learning. */
    enum Bounds { POSITIVE, FRICTION, NONE, TRIANGLE, WEIGHTS }

    final Bounds bounds;
    final Trained trained;

    Section(Bounds bounds, Trained trained) {
        this.bounds = bounds;
        this.trained = trained;
    }
}
