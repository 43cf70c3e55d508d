package io.driftwood.flink.order;

import io.driftwood.flink.type.RecordTypes;
import io.driftwood.inference.summary.PosteriorSummary;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Puts a whole stream in order of event time as far as the watermark reaches; elements of one event time in the order of a tie break
 * that does not depend on their arrival. At parallelism 1 the result is the same sequence whatever the parallelism before it. Nothing is
 * dropped: an element that comes behind the watermark leaves with the next one.
 *
 * <pre>{@code
 * summaries.transform("order", RecordTypes.SUMMARY, EventTimeOrder.ofSummaries()).setParallelism(1)
 * }</pre>
 */
public final class EventTimeOrder<T> extends AbstractStreamOperator<T> implements OneInputStreamOperator<T, T> {

    @Serial
    private static final long serialVersionUID = 1;

    /** The event time of an element, epoch milliseconds. */
    public interface Timestamp<T> extends ToLongFunction<T>, Serializable {}

    /** An order that may travel to where the job runs. */
    public interface TieBreak<T> extends Comparator<T>, Serializable {}

    private final TypeInformation<T> type;
    private final Timestamp<? super T> timestamp;
    private final TieBreak<? super T> tieBreak;
    private transient PriorityQueue<T> waiting;
    private transient ListState<T> saved;

    public EventTimeOrder(TypeInformation<T> type, Timestamp<? super T> timestamp, TieBreak<? super T> tieBreak) {
        this.type = type;
        this.timestamp = timestamp;
        this.tieBreak = tieBreak;
    }

    /** Of the elements. */
    public TypeInformation<T> type() { return type; }

    /** Summaries by (event time, key, seq). */
    public static EventTimeOrder<PosteriorSummary> ofSummaries() {
        return new EventTimeOrder<>(RecordTypes.SUMMARY, PosteriorSummary::eventTime, EventTimeOrder::byKeyAndSequence);
    }

    private static int byKeyAndSequence(PosteriorSummary a, PosteriorSummary b) {
        int byKey = a.key().compareTo(b.key());
        return byKey != 0 ? byKey : Long.compare(a.seq(), b.seq());
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        saved = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("waiting", type));
        waiting = new PriorityQueue<>(Comparator.<T>comparingLong(timestamp).thenComparing(tieBreak));
        saved.get().forEach(waiting::add);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        saved.update(new ArrayList<>(waiting));
    }

    @Override
    public void processElement(StreamRecord<T> element) { waiting.add(element.getValue()); }

    @Override
    public void processWatermark(Watermark watermark) throws Exception {
        while (!waiting.isEmpty() && timestamp.applyAsLong(waiting.peek()) <= watermark.getTimestamp()) {
            T next = waiting.poll();
            output.collect(new StreamRecord<>(next, timestamp.applyAsLong(next)));
        }
        super.processWatermark(watermark);
    }
}
