package io.driftwood.flink.type;

import io.driftwood.inference.learned.Learned;

/** Something learned that does not fit the posterior it was sent to, and why. */
public record RefusedLearned(String reason, Learned learned) {}
