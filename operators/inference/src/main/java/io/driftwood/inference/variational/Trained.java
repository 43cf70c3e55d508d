package io.driftwood.inference.variational;

/** What tuning may change of the parameters of paths. */
public enum Trained {
    /** Steps, and the mass matrix. */
    STEP,
    FRICTION,
    /** Inverse temperatures, and a reference that moves with them. */
    BRIDGES,
    /** The normal start. */
    START,
    /** Coupling layers. */
    FLOW,
    /** Whatever is learned of the way back, and of the bridges. */
    NETWORKS
}
