package io.driftwood.jobs.topology;

import io.driftwood.connectors.TriageOperator;
import java.util.Map;

/** What became of every record: in = assimilated + late + rejected + dead letters. */
public record Books(long in, long assimilated, long late, long rejected, long deadLetters) {

    /** @param accumulators of a finished job */
    public static Books of(Map<String, Object> accumulators) {
        return new Books(count(accumulators, TriageOperator.RECORDS_IN), count(accumulators, "assimilated"), count(accumulators, "late"),
                count(accumulators, "rejected"), count(accumulators, TriageOperator.DEAD_LETTERS));
    }

    private static long count(Map<String, Object> accumulators, String name) {
        return accumulators.get(name) instanceof Number number ? number.longValue() : 0;
    }

    public boolean close() {
        return in == assimilated + late + rejected + deadLetters;
    }

    @Override
    public String toString() {
        return String.format("%d records in = %d assimilated + %d late + %d rejected + %d dead letters%s", in, assimilated, late,
                rejected, deadLetters, close() ? "" : "   DOES NOT CLOSE: " + (in - assimilated - late - rejected - deadLetters) + " unaccounted for");
    }
}
