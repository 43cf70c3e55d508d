package io.driftwood.wire;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.Question;
import io.driftwood.inference.learned.Learned;

/** What became of a raw record: what its {@link DecodeSpec} asks for, or a dead letter. Never both, never neither: the books close. */
public sealed interface Decoded {

    /** Epoch milliseconds; {@link Observation#NO_TIME} when there is none. */
    long eventTime();

    record Read(Observation observation) implements Decoded {
        @Override
        public long eventTime() {
            return observation.eventTime();
        }
    }

    record Asked(Question question) implements Decoded {
        @Override
        public long eventTime() {
            return question.eventTime();
        }
    }

    record Taught(Learned learned) implements Decoded {
        @Override
        public long eventTime() {
            return learned.eventTime();
        }
    }

    record Unreadable(DeadLetter letter) implements Decoded {
        @Override
        public long eventTime() {
            return Observation.NO_TIME;
        }
    }

    /** What could be read, without its wrapping. */
    static Object contentOf(Decoded decoded) {
        if (decoded instanceof Read read) {
            return read.observation();
        } else if (decoded instanceof Asked asked) {
            return asked.question();
        } else if (decoded instanceof Taught taught) {
            return taught.learned();
        }
        throw new IllegalArgumentException("nothing could be read: " + decoded);
    }

    /** The inverse of {@link #contentOf}. */
    static Decoded of(Object content) {
        if (content instanceof Observation observation) {
            return new Read(observation);
        }
        return content instanceof Question question ? new Asked(question) : new Taught((Learned) content);
    }
}
