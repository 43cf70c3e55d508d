package io.driftwood.flink;

import io.driftwood.flink.type.RecordTypes;
import io.driftwood.inference.assimilate.Incoming;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.summary.PosteriorSummary;
import java.io.Serial;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * A {@link PosteriorFunction} that also takes up what is learned elsewhere, which comes as a broadcast stream and has been found to fit by a
 * {@link LearnedGate}. Side outputs are those of the PosteriorFunction.
 *
 * <p>With event-time order a record of event time t is served by the newest version whose event time is not after t. The watermark here is the lesser of
 * the two inputs', and a record waits for it: when its turn comes every such version has come, so the version is the same at any parallelism and after
 * any restart, as long as versions come in order of event time, within the disorder that their source allows. A version behind the watermark holds
 * for records that are still to come. In order of arrival the newest version that has come serves, and a replay may differ.
 *
 * @param <T> observations, or observations and questions
 */
public final class InformedPosteriorFunction<T extends Incoming> extends KeyedBroadcastProcessFunction<String, T, Learned, PosteriorSummary>
        implements CheckpointedFunction, ResultTypeQueryable<PosteriorSummary> {

    @Serial
    private static final long serialVersionUID = 1;

    /** The versions that records still to come may need. */
    public static final MapStateDescriptor<String, Learned> VERSIONS = new MapStateDescriptor<>("learned", Types.STRING, RecordTypes.LEARNED);

    private final PosteriorSupplier supplier;
    private final PosteriorOptions options;

    private transient KeyedPosterior posterior;
    private transient FunctionExits exits;

    public InformedPosteriorFunction(PosteriorSupplier supplier, PosteriorOptions options) {
        this.supplier = supplier;
        this.options = options;
    }

    @Override
    public void initializeState(FunctionInitializationContext state) throws Exception {
        posterior = new KeyedPosterior(supplier, options, state, getRuntimeContext());
        exits = new FunctionExits();
    }

    @Override
    public void open(OpenContext context) throws Exception { posterior.open(); }

    @Override
    public void processElement(T incoming, ReadOnlyContext context, Collector<PosteriorSummary> out) throws Exception {
        posterior.offer(incoming, exits.of(context, out));
    }

    @Override
    public void processBroadcastElement(Learned learned, Context context, Collector<PosteriorSummary> out) throws Exception {
        posterior.take(learned, context.currentWatermark());
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<PosteriorSummary> out) throws Exception {
        posterior.onTimer(time, context.timeDomain(), exits.of(context, out));
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception { posterior.save(); }

    @Override
    public TypeInformation<PosteriorSummary> getProducedType() { return RecordTypes.SUMMARY; }

    /** One for all calls, so that none allocates. */
    private final class FunctionExits implements Exits {

        private ReadOnlyContext context;
        private Collector<PosteriorSummary> out;

        FunctionExits of(ReadOnlyContext now, Collector<PosteriorSummary> collector) {
            context = now;
            out = collector;
            return this;
        }

        @Override
        public TimerService timers() { return context.timerService(); }

        @Override
        public void summary(PosteriorSummary summary) { out.collect(summary); }

        @Override
        public <X> void aside(OutputTag<X> tag, X record) { context.output(tag, record); }
    }
}
