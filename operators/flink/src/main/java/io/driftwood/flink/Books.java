package io.driftwood.flink;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * What became of everything that reached the operator: records = assimilated + late + rejected + waiting, and questions = answered + refused once
 * none of them waits. Accumulators of the job under these names, exact over failures as {@link Tallies} says.
 */
final class Books {

    static final String ASSIMILATED = "assimilated";
    static final String LATE = "late";
    static final String REJECTED = "rejected";
    static final String WAITING = "waiting";
    static final String ANSWERED = "questions-answered";
    static final String REFUSED = "questions-refused";

    private final Tallies tallies;

    Books(FunctionInitializationContext state, RuntimeContext context) throws Exception {
        tallies = new Tallies("books", state, context, ASSIMILATED, LATE, REJECTED, WAITING, ANSWERED, REFUSED);
    }

    void save() throws Exception { tallies.save(); }

    void assimilated() { tallies.add(0, 1); }

    void late() { tallies.add(1, 1); }

    void rejected() { tallies.add(2, 1); }

    void held() { tallies.add(3, 1); }

    void released() { tallies.add(3, -1); }

    /** @param refusal whether the answer is one */
    void answered(boolean refusal) { tallies.add(refusal ? 5 : 4, 1); }

    /** Observations that wait for the watermark; exact as a sum over instances. */
    long waiting() { return tallies.count(3); }
}
