package io.driftwood.flink;

import io.driftwood.flink.PosteriorOptions.Order;
import io.driftwood.flink.type.RecordTypes;
import io.driftwood.flink.type.RefusedLearned;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.learned.Learned;
import java.io.Serial;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Lets through what the posterior can take up; what does not fit leaves through {@link #REFUSED} with the reason, and what was there before stays in
 * force. It stands before the broadcast, at parallelism 1, so that each version is judged, counted and reported once.
 *
 * <p>A version without event time holds for all records. After one that has an event time it comes too late for that: records may have been served
 * already, and how many is chance. With event-time order it is refused there.
 */
public final class LearnedGate extends ProcessFunction<Learned, Learned> implements CheckpointedFunction, ResultTypeQueryable<Learned> {

    @Serial
    private static final long serialVersionUID = 1;

    /** Versions that do not fit. */
    public static final OutputTag<RefusedLearned> REFUSED = new OutputTag<>("refused-learned", RecordTypes.REFUSED_LEARNED);
    /** Accumulators. */
    public static final String ACCEPTED_COUNT = "learned-accepted";
    public static final String REFUSED_COUNT = "learned-refused";

    private static final String TOO_LATE = "has no event time, and comes after a version that has one, when records may have been served already; say from when it holds";

    private final PosteriorSupplier supplier;
    private final Order order;
    private transient SequentialPosterior posterior;
    private transient Tallies tallies;
    private transient ListState<Boolean> savedTimed;
    private transient boolean timed;

    public LearnedGate(PosteriorSupplier supplier, Order order) {
        this.supplier = supplier;
        this.order = order;
    }

    @Override
    public void initializeState(FunctionInitializationContext state) throws Exception {
        tallies = new Tallies("books", state, getRuntimeContext(), ACCEPTED_COUNT, REFUSED_COUNT);
        savedTimed = state.getOperatorStateStore().getListState(new ListStateDescriptor<>("timed", Types.BOOLEAN));
        for (boolean before : savedTimed.get()) {
            timed |= before;
        }
    }

    @Override
    public void open(OpenContext context) { posterior = supplier.get(); }

    @Override
    public void processElement(Learned learned, Context context, Collector<Learned> out) {
        try {
            boolean tooLate = timed && order == Order.EVENT_TIME && learned.eventTime() == Observation.NO_TIME;
            timed |= learned.eventTime() != Observation.NO_TIME;
            posterior.with(learned);
            if (tooLate) {
                throw new Learned.UnfitException(learned, TOO_LATE);
            }
            tallies.add(0, 1);
            out.collect(learned);
        } catch (Learned.UnfitException e) {
            tallies.add(1, 1);
            context.output(REFUSED, new RefusedLearned(e.getMessage(), learned));
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        tallies.save();
        savedTimed.update(List.of(timed));
    }

    @Override
    public TypeInformation<Learned> getProducedType() { return RecordTypes.LEARNED; }
}
