package io.driftwood.flink.order;

import io.driftwood.flink.type.RecordTypes;
import io.driftwood.inference.summary.PosteriorSummary;
import java.io.Serial;
import java.io.Serializable;
import java.util.Comparator;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Puts a stream in order of event time as far as the watermark reaches; elements of one event time in the order of a tie break.
 * Over {@link #oneKey} at parallelism 1 the result is the same sequence whatever the parallelism before it. Nothing is dropped:
 * an element that comes too late to be ordered passes at once.
 *
 * <pre>{@code
 * summaries.keyBy(EventTimeOrder.oneKey(), Types.INT).process(EventTimeOrder.ofSummaries()).setParallelism(1)
 * }</pre>
 */
public final class EventTimeOrder<T> extends KeyedProcessFunction<Integer, T, T> implements ResultTypeQueryable<T> {

    @Serial
    private static final long serialVersionUID = 1;

    /** The event time of an element, epoch milliseconds. */
    public interface Timestamp<T> extends ToLongFunction<T>, Serializable {}

    /** An order that may travel to where the job runs. */
    public interface TieBreak<T> extends Comparator<T>, Serializable {}

    private final TypeInformation<T> type;
    private final Timestamp<? super T> timestamp;
    private final TieBreak<? super T> tieBreak;
    private transient EventTimeBuffer<T> waiting;

    public EventTimeOrder(TypeInformation<T> type, Timestamp<? super T> timestamp, TieBreak<? super T> tieBreak) {
        this.type = type;
        this.timestamp = timestamp;
        this.tieBreak = tieBreak;
    }

    /** Summaries by (event time, key, seq). */
    public static EventTimeOrder<PosteriorSummary> ofSummaries() {
        return new EventTimeOrder<>(RecordTypes.SUMMARY, PosteriorSummary::eventTime, EventTimeOrder::byKeyAndSequence);
    }

    private static int byKeyAndSequence(PosteriorSummary a, PosteriorSummary b) {
        int byKey = a.key().compareTo(b.key());
        return byKey != 0 ? byKey : Long.compare(a.seq(), b.seq());
    }

    /** The same key for all. */
    public static <T> KeySelector<T, Integer> oneKey() { return element -> 0; }

    @Override
    public void open(OpenContext context) {
        waiting = new EventTimeBuffer<>("waiting", type, tieBreak, getRuntimeContext());
    }

    @Override
    public void processElement(T element, Context context, Collector<T> out) throws Exception {
        long eventTime = timestamp.applyAsLong(element);
        if (EventTimeBuffer.isLate(eventTime, context.timerService().currentWatermark())) {
            out.collect(element);
        } else {
            waiting.hold(element, eventTime, context.timerService());
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<T> out) throws Exception {
        for (T element : waiting.release(time)) {
            out.collect(element);
        }
    }

    @Override
    public TypeInformation<T> getProducedType() { return type; }
}
