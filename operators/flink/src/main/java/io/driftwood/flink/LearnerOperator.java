package io.driftwood.flink;

import io.driftwood.flink.order.EventTimeBuffer;
import io.driftwood.flink.type.RecordTypes;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.SetAside;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.learned.Learner;
import io.driftwood.inference.numeric.Scratch;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Feeds a {@link Learner} with the training stream, record by record in order of (event time, origin, offset) up to the watermark, or as they come
 * where records have no event time, and publishes what it has learned after every so many of them and at the end of the input. A version
 * leaves before the watermark that reaches its event time. To be run with parallelism 1; then the versions are the same to the bit whatever order
 * the records come in and after any restart.
 *
 * <p>Records behind the watermark leave through {@link PosteriorFunction#LATE}, those with a number that is missing or not finite through
 * {@link PosteriorFunction#REJECTED}; both are counted, as are those that were learned from.
 */
public final class LearnerOperator extends AbstractStreamOperator<Learned> implements OneInputStreamOperator<Observation, Learned> {

    @Serial
    private static final long serialVersionUID = 1;

    /** Accumulators. */
    public static final String LEARNED_COUNT = "training-learned";
    public static final String LATE_COUNT = "training-late";
    public static final String REJECTED_COUNT = "training-rejected";

    private static final Comparator<Observation> ORDER = Comparator.comparingLong(Observation::eventTime)
            .thenComparing(Observation::origin).thenComparingLong(Observation::offset);

    private final LearnerSupplier supplier;
    private final int every;
    private final boolean ordered;

    private transient Learner learner;
    private transient Scratch scratch;
    private transient Tallies tallies;
    private transient PriorityQueue<Observation> waiting;
    private transient double[] knowledge;
    private transient long published;
    private transient long unpublished;
    private transient long clock;
    private transient long watermark;
    private transient ListState<Observation> savedWaiting;
    private transient ListState<double[]> savedKnowledge;
    private transient ListState<long[]> savedProgress;

    /**
     * @param every records from one version to the next
     * @param ordered whether records have event times
     */
    public LearnerOperator(LearnerSupplier supplier, int every, boolean ordered) {
        this.supplier = supplier;
        this.every = every;
        this.ordered = ordered;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        learner = supplier.get();
        scratch = new Scratch();
        tallies = new Tallies("books", context, getRuntimeContext(), LEARNED_COUNT, LATE_COUNT, REJECTED_COUNT);
        savedWaiting = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("waiting", RecordTypes.OBSERVATION));
        savedKnowledge = context.getOperatorStateStore().getListState(
                new ListStateDescriptor<>("knowledge", PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO));
        savedProgress = context.getOperatorStateStore().getListState(
                new ListStateDescriptor<>("progress", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
        waiting = new PriorityQueue<>(ORDER);
        savedWaiting.get().forEach(waiting::add);
        knowledge = learner.start();
        clock = Observation.NO_TIME;
        watermark = Long.MIN_VALUE;
        for (double[] known : savedKnowledge.get()) {
            knowledge = known.clone();
        }
        for (long[] progress : savedProgress.get()) {
            published = progress[0];
            unpublished = progress[1];
            clock = progress[2];
            watermark = progress[3];
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        tallies.save();
        savedWaiting.update(new ArrayList<>(waiting));
        savedKnowledge.update(List.of(knowledge.clone()));
        savedProgress.update(List.of(new long[] {published, unpublished, clock, watermark}));
    }

    @Override
    public void processElement(StreamRecord<Observation> element) {
        Observation y = element.getValue();
        if (!ordered) {
            learn(y);
        } else if (y.eventTime() == Observation.NO_TIME) {
            reject(y, "it has no event time, and training records are learned from in order of event time");
        } else if (EventTimeBuffer.isLate(y.eventTime(), watermark)) {
            tallies.add(1, 1);
            output.collect(PosteriorFunction.LATE, new StreamRecord<>(
                    new SetAside("late", "its event time is not after the watermark " + Times.text(watermark), y), y.eventTime()));
        } else {
            waiting.add(y);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        while (!waiting.isEmpty() && waiting.peek().eventTime() <= mark.getTimestamp()) {
            learn(waiting.poll());
        }
        boolean end = mark.getTimestamp() == Long.MAX_VALUE;
        if (end && unpublished > 0) {
            publish();
        }
        watermark = end ? watermark : Math.max(watermark, mark.getTimestamp());
        super.processWatermark(mark);
    }

    /** A record that is refused moves the clock too: so the last version, at the end, is ahead of the watermark as all others are. */
    private void learn(Observation y) {
        clock = Math.max(clock, y.eventTime());
        for (double value : y.values()) {
            if (!Double.isFinite(value)) {
                reject(y, "a number that is learned from is missing or not finite");
                return;
            }
        }
        knowledge = learner.learn(knowledge, y.values(), scratch);
        tallies.add(0, 1);
        if (++unpublished >= every) {
            publish();
        }
    }

    private void publish() {
        Optional<Learned> learned = learner.snapshot(knowledge, published + 1, clock);
        if (learned.isPresent()) {
            published++;
            unpublished = 0;
            output.collect(new StreamRecord<>(learned.get(), clock));
        }
    }

    private void reject(Observation y, String reason) {
        tallies.add(2, 1);
        output.collect(PosteriorFunction.REJECTED, new StreamRecord<>(new SetAside("rejected", reason, y)));
    }
}
