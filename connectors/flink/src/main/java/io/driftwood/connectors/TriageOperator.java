package io.driftwood.connectors;

import io.driftwood.wire.DeadLetter;
import io.driftwood.wire.Decoded;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Parts what could be read from what could not, and counts both: as metrics and as accumulators named {@link #RECORDS_IN} and
 * {@link #DEAD_LETTERS}, of another stream than the records' with its name before. The counts are operator state, so the books also close over failures.
 *
 * <p>Stops the job with {@link WrongInputException} when the first {@code wrongInputAfter} records of a subtask, or every
 * record of a source that has one subtask and ends, are dead letters.
 *
 * @param <T> what a record is
 */
public final class TriageOperator<T> extends AbstractStreamOperator<T> implements OneInputStreamOperator<Decoded, T>, BoundedOneInput {

    public static final String RECORDS_IN = "records-in";
    public static final String DEAD_LETTERS = "dead-letters";

    private static final long serialVersionUID = 1;

    private final String prefix;
    private final long wrongInputAfter;
    private transient Tally recordsIn;
    private transient Tally deadLetters;
    private transient DeadLetter last;

    public TriageOperator(long wrongInputAfter) {
        this("", wrongInputAfter);
    }

    /** @param prefix of the counts' names */
    public TriageOperator(String prefix, long wrongInputAfter) {
        this.prefix = prefix;
        this.wrongInputAfter = wrongInputAfter;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        recordsIn = tally(prefix + RECORDS_IN, context);
        deadLetters = tally(prefix + DEAD_LETTERS, context);
    }

    private Tally tally(String name, StateInitializationContext context) throws Exception {
        LongCounter accumulator = new LongCounter();
        getRuntimeContext().addAccumulator(name, accumulator);
        Tally tally = new Tally(
                context.getOperatorStateStore().getListState(new ListStateDescriptor<>(name, LongSerializer.INSTANCE)),
                getMetricGroup().counter(name),
                accumulator);
        tally.restore();
        return tally;
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        recordsIn.save();
        deadLetters.save();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void processElement(StreamRecord<Decoded> element) {
        recordsIn.add(1);
        if (element.getValue() instanceof Decoded.Unreadable unreadable) {
            last = unreadable.letter();
            deadLetters.add(1);
            output.collect(Intake.DEAD_LETTERS, element.replace(last));
            if (wrongInputAfter > 0 && deadLetters.count() >= wrongInputAfter) {
                stopIfNothingWasReadable();
            }
        } else {
            output.collect(element.replace((T) Decoded.contentOf(element.getValue())));
        }
    }

    @Override
    public void endInput() {
        boolean sawAll = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks() == 1;
        if (wrongInputAfter > 0 && sawAll && last != null) {
            stopIfNothingWasReadable();
        }
    }

    private void stopIfNothingWasReadable() {
        if (deadLetters.count() == recordsIn.count()) {
            throw new WrongInputException(recordsIn.count(), last);
        }
    }

    /** One number in its three places. */
    private static final class Tally {

        private final ListState<Long> state;
        private final Counter metric;
        private final LongCounter accumulator;

        Tally(ListState<Long> state, Counter metric, LongCounter accumulator) {
            this.state = state;
            this.metric = metric;
            this.accumulator = accumulator;
        }

        /** After a rescaling a subtask may find the counts of several, or none: their sum is what stays true. */
        void restore() throws Exception {
            for (long count : state.get()) {
                add(count);
            }
        }

        void save() throws Exception {
            state.update(java.util.List.of(accumulator.getLocalValuePrimitive()));
        }

        void add(long more) {
            metric.inc(more);
            accumulator.add(more);
        }

        long count() {
            return accumulator.getLocalValuePrimitive();
        }
    }
}
