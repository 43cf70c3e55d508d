package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.Incoming;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;

/**
 * How much time lies between two records of a key: one unit where records are counted, their distance in event time where a unit was given.
 *
 * @param unitMillis the model's unit of time in milliseconds; 0 to count records
 */
public record Clock(double unitMillis) {

    private boolean counts() { return unitMillis == 0; }

    /** Null when the state can be moved to this record's time, otherwise why not. */
    public String refusal(PosteriorState state, Incoming record) {
        if (counts()) {
            return null;
        }
        if (record.eventTime() == Observation.NO_TIME) {
            return "it has no event time, and the filter measures time";
        }
        return record.eventTime() < state.clock ? "it lies before what the filter has seen, and a filter does not go back" : null;
    }

    public double elapsed(PosteriorState state, Observation record) {
        if (counts()) {
            return 1;
        }
        return sinceLast(state, record);
    }

    /** Time since the last record; 0 where records are counted, and before the first. */
    public double sinceLast(PosteriorState state, Incoming incoming) {
        return counts() || state.clock == Observation.NO_TIME || incoming.eventTime() == Observation.NO_TIME
                ? 0 : Math.max(0, (incoming.eventTime() - state.clock) / unitMillis);
    }
}
