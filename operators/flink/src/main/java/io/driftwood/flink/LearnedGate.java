package io.driftwood.flink;

import io.driftwood.flink.type.RecordTypes;
import io.driftwood.flink.type.RefusedLearned;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.learned.Learned;
import java.io.Serial;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
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
 */
public final class LearnedGate extends ProcessFunction<Learned, Learned> implements CheckpointedFunction, ResultTypeQueryable<Learned> {

    @Serial
    private static final long serialVersionUID = 1;

    /** Versions that do not fit. */
    public static final OutputTag<RefusedLearned> REFUSED = new OutputTag<>("refused-learned", RecordTypes.REFUSED_LEARNED);
    /** Accumulators. */
    public static final String ACCEPTED_COUNT = "learned-accepted";
    public static final String REFUSED_COUNT = "learned-refused";

    private final PosteriorSupplier supplier;
    private transient SequentialPosterior posterior;
    private transient Tallies tallies;

    public LearnedGate(PosteriorSupplier supplier) { this.supplier = supplier; }

    @Override
    public void initializeState(FunctionInitializationContext state) throws Exception {
        tallies = new Tallies("books", state, getRuntimeContext(), ACCEPTED_COUNT, REFUSED_COUNT);
    }

    @Override
    public void open(OpenContext context) { posterior = supplier.get(); }

    @Override
    public void processElement(Learned learned, Context context, Collector<Learned> out) {
        try {
            posterior.with(learned);
            tallies.add(0, 1);
            out.collect(learned);
        } catch (Learned.UnfitException e) {
            tallies.add(1, 1);
            context.output(REFUSED, new RefusedLearned(e.getMessage(), learned));
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception { tallies.save(); }

    @Override
    public TypeInformation<Learned> getProducedType() { return RecordTypes.LEARNED; }
}
