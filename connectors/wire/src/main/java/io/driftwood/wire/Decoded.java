package io.driftwood.wire;

import io.driftwood.inference.assimilate.Observation;

/** What became of a raw record: an observation, or a dead letter. Never both, never neither: the books close. */
public sealed interface Decoded {

    record Read(Observation observation) implements Decoded {}

    record Unreadable(DeadLetter letter) implements Decoded {}
}
