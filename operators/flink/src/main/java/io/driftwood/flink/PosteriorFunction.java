package io.driftwood.flink;

import io.driftwood.flink.type.RecordTypes;
import io.driftwood.inference.assimilate.Answer;
import io.driftwood.inference.assimilate.Incoming;
import io.driftwood.inference.assimilate.RaisedAlarm;
import io.driftwood.inference.assimilate.SetAside;
import io.driftwood.inference.summary.PosteriorSummary;
import java.io.Serial;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keeps one posterior per key, advances it by every observation and answers every question, in the order of {@link PosteriorOptions}. Summaries leave
 * through the main output; what did not reach a posterior leaves through {@link #LATE} and {@link #REJECTED}, never silently; answers, and refusals to
 * answer, through {@link #ANSWERS}, what a step noticed through {@link #ALARMS}.
 *
 * <p>A step is a function of the key's saved state and the observation alone, so with event-time order the summaries of a key are the same
 * to the bit at any parallelism, on any state backend and after any restart. Which observations are late depends on the watermark, and
 * that on the source.
 *
 * <p>Data never throws: an observation that the posterior refuses is set aside and the key goes on as it was. An exception is a programming
 * error or lost infrastructure; it fails the job and names the key, the event time and the operator.
 *
 * @param <T> observations, or observations and questions
 */
public final class PosteriorFunction<T extends Incoming> extends KeyedProcessFunction<String, T, PosteriorSummary>
        implements CheckpointedFunction, ResultTypeQueryable<PosteriorSummary> {

    @Serial
    private static final long serialVersionUID = 1;

    /** Observations behind the watermark. */
    public static final OutputTag<SetAside> LATE = new OutputTag<>("late", RecordTypes.SET_ASIDE);
    /** Observations that the posterior refused. */
    public static final OutputTag<SetAside> REJECTED = new OutputTag<>("rejected", RecordTypes.SET_ASIDE);
    /** One for every question, in order of event time within a key. */
    public static final OutputTag<Answer> ANSWERS = new OutputTag<>("answers", RecordTypes.ANSWER);
    /** What steps noticed. */
    public static final OutputTag<RaisedAlarm> ALARMS = new OutputTag<>("alarms", RecordTypes.ALARM);

    private final PosteriorSupplier supplier;
    private final PosteriorOptions options;

    private transient KeyedPosterior posterior;
    private transient FunctionExits exits;

    public PosteriorFunction(PosteriorSupplier supplier, PosteriorOptions options) {
        this.supplier = supplier;
        this.options = options;
    }

    @Override
    public void initializeState(FunctionInitializationContext state) throws Exception {
        posterior = new KeyedPosterior(supplier, options, state, getRuntimeContext());
        exits = new FunctionExits();
    }

    @Override
    public void open(OpenContext context) { posterior.open(); }

    @Override
    public void processElement(T incoming, Context context, Collector<PosteriorSummary> out) throws Exception {
        posterior.offer(incoming, exits.of(context, out));
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

        private Context context;
        private Collector<PosteriorSummary> out;

        FunctionExits of(Context now, Collector<PosteriorSummary> collector) {
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
