package io.driftwood.flink;

import io.driftwood.flink.PosteriorOptions.LatePolicy;
import io.driftwood.flink.PosteriorOptions.Order;
import io.driftwood.flink.order.EventTimeBuffer;
import io.driftwood.flink.state.DirectStore;
import io.driftwood.flink.state.PosteriorStore;
import io.driftwood.flink.type.RecordTypes;
import io.driftwood.flink.type.UnreportedStep;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.SetAside;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.PosteriorSummary;
import java.io.Serial;
import java.util.Comparator;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keeps one posterior per key and advances it by every observation, in the order of {@link PosteriorOptions}. Summaries leave through
 * the main output; what did not reach a posterior leaves through {@link #LATE} and {@link #REJECTED}, never silently.
 *
 * <p>A step is a function of the key's saved state and the observation alone, so with event-time order the summaries of a key are the same
 * to the bit at any parallelism, on any state backend and after any restart. Which observations are late depends on the watermark, and
 * that on the source.
 *
 * <p>Data never throws: an observation that the posterior refuses is set aside and the key goes on as it was. An exception is a programming
 * error or lost infrastructure; it fails the job and names the key, the event time and the operator.
 */
public final class PosteriorFunction extends KeyedProcessFunction<String, Observation, PosteriorSummary>
        implements CheckpointedFunction, ResultTypeQueryable<PosteriorSummary> {

    @Serial
    private static final long serialVersionUID = 1;

    /** Observations behind the watermark. */
    public static final OutputTag<SetAside> LATE = new OutputTag<>("late", RecordTypes.SET_ASIDE);
    /** Observations that the posterior refused. */
    public static final OutputTag<SetAside> REJECTED = new OutputTag<>("rejected", RecordTypes.SET_ASIDE);

    private static final Comparator<Observation> BY_POSITION =
            Comparator.comparing(Observation::origin).thenComparingLong(Observation::offset);

    private final PosteriorSupplier supplier;
    private final PosteriorOptions options;

    private transient SequentialPosterior posterior;
    private transient Scratch scratch;
    private transient PosteriorStore store;
    private transient EventTimeBuffer<Observation> waiting;
    private transient IdleKeys idleKeys;
    private transient Reporting reporting;
    private transient WatermarkFloor floor;
    private transient Books books;
    private transient PosteriorMetrics metrics;

    public PosteriorFunction(PosteriorSupplier supplier, PosteriorOptions options) {
        this.supplier = supplier;
        this.options = options;
    }

    @Override
    public void initializeState(FunctionInitializationContext state) throws Exception {
        books = new Books(state, getRuntimeContext());
        floor = new WatermarkFloor(state);
    }

    @Override
    public void open(OpenContext context) {
        posterior = supplier.get();
        scratch = new Scratch();
        store = new DirectStore(getRuntimeContext(), options.payloads());
        waiting = new EventTimeBuffer<>("waiting", RecordTypes.OBSERVATION, BY_POSITION, getRuntimeContext());
        idleKeys = new IdleKeys(options.forgetAfter(), ordered() ? TimeDomain.EVENT_TIME : TimeDomain.PROCESSING_TIME, getRuntimeContext());
        reporting = new Reporting(options.emitEvery(), getRuntimeContext());
        metrics = new PosteriorMetrics(getRuntimeContext().getMetricGroup(), books::waiting);
    }

    private boolean ordered() { return options.order() == Order.EVENT_TIME; }

    @Override
    public void processElement(Observation y, Context context, Collector<PosteriorSummary> out) throws Exception {
        if (!ordered()) {
            assimilate(y, context, out);
        } else if (y.eventTime() == Observation.NO_TIME) {
            refuseWithoutTime(y, context);
        } else if (EventTimeBuffer.isLate(y.eventTime(), floor.watermark(context.timerService()))) {
            late(y, context, out);
        } else {
            waiting.hold(y, y.eventTime(), context.timerService());
            books.held();
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<PosteriorSummary> out) throws Exception {
        floor.watermark(context.timerService());
        if (context.timeDomain() == TimeDomain.EVENT_TIME) {
            for (Observation y : waiting.release(time)) {
                books.released();
                assimilate(y, context, out);
            }
        }
        if (idleKeys.isDue(time, context.timeDomain(), context.timerService())) {
            forget(out);
        }
        if (time == Reporting.END) {
            reportLast(out);
        }
    }

    /** The step: state in, state out, tell. */
    private void assimilate(Observation y, Context context, Collector<PosteriorSummary> out) throws Exception {
        PosteriorState state = store.read().orElseGet(() -> posterior.start(context.getCurrentKey()));
        StepInfo info = step(state, y);
        store.write(state);
        idleKeys.used(y.eventTime(), context.timerService());
        if (info.rejection != null) {
            reject(y, info.rejection, context);
            return;
        }
        books.assimilated();
        if (reporting.isDue(state.assimilated, y, info, context.timerService())) {
            out.collect(summarise(state, y, info));
        }
    }

    private StepInfo step(PosteriorState state, Observation y) {
        long begin = System.nanoTime();
        StepInfo info;
        try {
            info = posterior.step(state, y, scratch);
        } catch (RuntimeException e) {
            throw failure("advanced", y, e);
        }
        metrics.stepped(state, info, System.nanoTime() - begin);
        return info;
    }

    private PosteriorSummary summarise(PosteriorState state, Observation y, StepInfo info) {
        try {
            return posterior.summarise(state, y, info, scratch);
        } catch (RuntimeException e) {
            throw failure("summarised", y, e);
        }
    }

    private void late(Observation y, Context context, Collector<PosteriorSummary> out) throws Exception {
        if (options.late() == LatePolicy.ASSIMILATE) {
            metrics.lateAssimilated();
            assimilate(y, context, out);
            return;
        }
        books.late();
        metrics.late();
        context.output(LATE, new SetAside("late",
                "its event time is not after the watermark " + Times.text(floor.watermark(context.timerService())), y));
    }

    private void refuseWithoutTime(Observation y, Context context) {
        metrics.rejectedUnseen();
        reject(y, "it has no event time, and observations are assimilated in order of event time", context);
    }

    private void reject(Observation y, String reason, Context context) {
        books.rejected();
        context.output(REJECTED, new SetAside("rejected", reason, y));
    }

    private void forget(Collector<PosteriorSummary> out) throws Exception {
        reportLast(out);
        store.forget();
        idleKeys.forget();
        metrics.forgotten();
    }

    private void reportLast(Collector<PosteriorSummary> out) throws Exception {
        Optional<UnreportedStep> last = reporting.takeUnreported();
        if (last.isPresent()) {
            PosteriorState state = store.read().orElseThrow();
            out.collect(summarise(state, last.get().observation(), last.get().info()));
        }
    }

    private IllegalStateException failure(String attempted, Observation y, RuntimeException cause) {
        return new IllegalStateException("key '" + y.key() + "', event time " + Times.text(y.eventTime()) + ", operator "
                + getRuntimeContext().getTaskInfo().getTaskNameWithSubtasks() + ": the posterior could not be " + attempted
                + " by the record " + y.origin() + "@" + y.offset() + ": " + cause, cause);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        books.save();
        floor.save();
    }

    @Override
    public TypeInformation<PosteriorSummary> getProducedType() { return RecordTypes.SUMMARY; }
}
