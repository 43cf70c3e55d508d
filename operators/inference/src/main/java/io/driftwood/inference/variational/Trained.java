package io.driftwood.inference.variational;

/** What tuning may change of the parameters of paths. */
public enum Trained { STEP, FRICTION, BRIDGES, START }
