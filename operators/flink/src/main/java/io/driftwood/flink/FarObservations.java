package io.driftwood.flink;

import io.driftwood.flink.PosteriorOptions.Order;
import io.driftwood.flink.order.EventTimeBuffer;
import io.driftwood.flink.type.RecordTypes;
import io.driftwood.inference.assimilate.LaplaceRecursion;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.variational.FarStep;
import java.io.Serial;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Follows every key by a {@link LaplaceRecursion}, in the order in which its posterior takes the same records, and tells a learner of the observations that are
 * far: a training record for each, the values of its {@link FarStep} under the key, event time and position of the observation. It stands beside the
 * posteriors, not before them, and holds d + d^2 numbers a key.
 *
 * <p>What is late, refused or incomplete is passed over in silence: the posterior reports it.
 */
public final class FarObservations extends KeyedProcessFunction<String, Observation, Observation> implements CheckpointedFunction, ResultTypeQueryable<Observation> {

    @Serial
    private static final long serialVersionUID = 1;

    /** Accumulator. */
    public static final String FAR_COUNT = "far-records-in";

    private static final Comparator<Observation> BY_POSITION = Comparator.comparing(Observation::origin).thenComparingLong(Observation::offset);

    private final Supplier supplier;
    private final double conditionalEss;
    private final PosteriorOptions options;

    private transient LaplaceRecursion recursion;
    private transient Scratch scratch;
    private transient WatermarkFloor floor;
    private transient Tallies tallies;
    private transient EventTimeBuffer<Observation> waiting;
    private transient IdleKeys idleKeys;
    private transient ValueState<double[]> normal;

    /** Makes the recursion where the job runs. */
    @FunctionalInterface
    public interface Supplier extends Serializable {
        LaplaceRecursion get();
    }

    /**
     * @param conditionalEss an observation is far when reweighting would leave less than this share
     * @param options of the posteriors beside which it stands
     */
    public FarObservations(Supplier supplier, double conditionalEss, PosteriorOptions options) {
        this.supplier = supplier;
        this.conditionalEss = conditionalEss;
        this.options = options;
    }

    @Override
    public void initializeState(FunctionInitializationContext state) throws Exception {
        tallies = new Tallies("books", state, getRuntimeContext(), FAR_COUNT);
        floor = new WatermarkFloor(state);
    }

    @Override
    public void open(OpenContext context) {
        recursion = supplier.get();
        scratch = new Scratch();
        waiting = new EventTimeBuffer<>("waiting", RecordTypes.OBSERVATION, BY_POSITION, getRuntimeContext());
        idleKeys = new IdleKeys(options.forgetAfter(), ordered() ? TimeDomain.EVENT_TIME : TimeDomain.PROCESSING_TIME, getRuntimeContext());
        normal = getRuntimeContext().getState(new ValueStateDescriptor<>("normal", PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    private boolean ordered() { return options.order() == Order.EVENT_TIME; }

    @Override
    public void processElement(Observation y, Context context, Collector<Observation> out) throws Exception {
        if (!ordered()) {
            follow(y, context, out);
        } else if (y.eventTime() != Observation.NO_TIME && !EventTimeBuffer.isLate(y.eventTime(), floor.watermark(context.timerService()))) {
            waiting.hold(y, y.eventTime(), context.timerService());
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Observation> out) throws Exception {
        floor.watermark(context.timerService());
        if (context.timeDomain() == TimeDomain.EVENT_TIME) {
            for (Observation y : waiting.release(time)) {
                follow(y, context, out);
            }
        }
        if (idleKeys.isDue(time, context.timeDomain(), context.timerService())) {
            normal.clear();
            idleKeys.forget();
        }
    }

    private void follow(Observation y, Context context, Collector<Observation> out) throws Exception {
        double[] known = normal.value();
        double[] state = known == null ? recursion.start() : known.clone();
        Optional<FarStep> step = recursion.step(state, y, scratch);
        normal.update(state);
        idleKeys.used(y.eventTime(), context.timerService());
        if (step.isPresent() && step.get().conditionalEss() < conditionalEss) {
            tallies.add(0, 1);
            out.collect(new Observation(y.key(), y.eventTime(), step.get().values(), y.origin(), y.offset()));
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        tallies.save();
        floor.save();
    }

    @Override
    public TypeInformation<Observation> getProducedType() { return RecordTypes.OBSERVATION; }
}
