package io.driftwood.flink;

import java.util.Arrays;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * Counts that are accumulators of the job and survive restarts.
 *
 * <p>Accumulators start from zero in every attempt of a task, while records before the last checkpoint are not read again. So the counts are
 * saved with the state: each instance saves what its accumulators hold, and on restore every saved entry goes to exactly one
 * instance, which adds it to its own. The sum over instances is therefore exact after any failure or rescaling; the share of one
 * instance means nothing after a rescaling.
 */
final class Tallies {

    private final ListState<long[]> saved;
    private final LongCounter[] counts;

    /**
     * @param stateName in savepoints; never change it
     * @param names of the accumulators; may grow at the end and never change otherwise
     */
    Tallies(String stateName, FunctionInitializationContext state, RuntimeContext context, String... names) throws Exception {
        saved = state.getOperatorStateStore().getListState(
                new ListStateDescriptor<>(stateName, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
        counts = new LongCounter[names.length];
        for (int k = 0; k < names.length; k++) {
            counts[k] = new LongCounter();
            context.addAccumulator(names[k], counts[k]);
        }
        if (state.isRestored()) {
            for (long[] before : saved.get()) {
                long[] all = Arrays.copyOf(before, names.length);
                for (int k = 0; k < all.length; k++) {
                    counts[k].add(all[k]);
                }
            }
        }
    }

    void save() throws Exception {
        saved.clear();
        saved.add(Arrays.stream(counts).mapToLong(LongCounter::getLocalValuePrimitive).toArray());
    }

    void add(int which, long more) { counts[which].add(more); }

    long count(int which) { return counts[which].getLocalValuePrimitive(); }
}
