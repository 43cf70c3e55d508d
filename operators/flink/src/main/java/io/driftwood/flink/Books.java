package io.driftwood.flink;

import java.util.Arrays;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * What became of every record that reached the operator: in = assimilated + late + rejected + waiting. The first three are
 * accumulators of the job under these names.
 *
 * <p>Accumulators start from zero in every attempt of a task, while records before the last checkpoint are not read again. So the counts are
 * saved with the state: each instance saves what its accumulators hold, and on restore every saved entry goes to exactly one
 * instance, which adds it to its own. The sum over instances is therefore exact after any failure or rescaling; the share of one
 * instance means nothing after a rescaling.
 */
final class Books {

    static final String ASSIMILATED = "assimilated";
    static final String LATE = "late";
    static final String REJECTED = "rejected";

    private final ListState<long[]> saved;
    private final LongCounter assimilated = new LongCounter();
    private final LongCounter late = new LongCounter();
    private final LongCounter rejected = new LongCounter();
    private long waiting;

    Books(FunctionInitializationContext state, RuntimeContext context) throws Exception {
        saved = state.getOperatorStateStore().getListState(
                new ListStateDescriptor<>("books", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
        context.addAccumulator(ASSIMILATED, assimilated);
        context.addAccumulator(LATE, late);
        context.addAccumulator(REJECTED, rejected);
        if (state.isRestored()) {
            for (long[] counts : saved.get()) {
                carryOver(Arrays.copyOf(counts, 4));
            }
        }
    }

    private void carryOver(long[] counts) {
        assimilated.add(counts[0]);
        late.add(counts[1]);
        rejected.add(counts[2]);
        waiting += counts[3];
    }

    void save() throws Exception {
        saved.clear();
        saved.add(new long[] {assimilated.getLocalValuePrimitive(), late.getLocalValuePrimitive(), rejected.getLocalValuePrimitive(), waiting});
    }

    void assimilated() { assimilated.add(1); }

    void late() { late.add(1); }

    void rejected() { rejected.add(1); }

    void held() { waiting++; }

    void released() { waiting--; }

    /** Observations that wait for the watermark; exact as a sum over instances. */
    long waiting() { return waiting; }
}
