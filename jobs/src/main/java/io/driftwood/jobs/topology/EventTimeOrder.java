package io.driftwood.jobs.topology;

import io.driftwood.flink.type.RecordTypes;
import io.driftwood.inference.summary.PosteriorSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Holds summaries until the watermark has passed them and lets them go by (event time, key, seq), so that what one writer writes does
 * not depend on the parallelism before it. To be run with parallelism 1.
 */
final class EventTimeOrder extends AbstractStreamOperator<PosteriorSummary>
        implements OneInputStreamOperator<PosteriorSummary, PosteriorSummary> {

    private static final long serialVersionUID = 1;
    private static final Comparator<PosteriorSummary> ORDER = Comparator.comparingLong(PosteriorSummary::eventTime)
            .thenComparing(PosteriorSummary::key)
            .thenComparingLong(PosteriorSummary::seq);

    private transient PriorityQueue<PosteriorSummary> waiting;
    private transient ListState<PosteriorSummary> saved;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        saved = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("waiting", RecordTypes.SUMMARY));
        waiting = new PriorityQueue<>(ORDER);
        saved.get().forEach(waiting::add);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        saved.update(new ArrayList<>(waiting));
    }

    @Override
    public void processElement(StreamRecord<PosteriorSummary> element) {
        waiting.add(element.getValue());
    }

    @Override
    public void processWatermark(Watermark watermark) throws Exception {
        while (!waiting.isEmpty() && waiting.peek().eventTime() <= watermark.getTimestamp()) {
            PosteriorSummary next = waiting.poll();
            output.collect(new StreamRecord<>(next, next.eventTime()));
        }
        super.processWatermark(watermark);
    }
}
