package io.driftwood.inference.assimilate;

/**
 * An observation that did not reach the posterior, and why: late, or refused by the gate (non-finite input, impossible under the model).
 *
 * @param fate "late" or "rejected"
 */
public record SetAside(String fate, String reason, Observation observation) {}
