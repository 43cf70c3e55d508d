package io.driftwood.jobs.topology;

import io.driftwood.connectors.EncodeFunction;
import io.driftwood.connectors.Intake;
import io.driftwood.flink.PosteriorFunction;
import io.driftwood.flink.type.RecordTypes;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.SetAside;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.jobs.topology.JobPlan.Destination;
import io.driftwood.wire.DeadLetterEncoder;
import io.driftwood.wire.OutputRecord;
import io.driftwood.wire.RecordEncoder;
import io.driftwood.wire.SetAsideEncoder;
import io.driftwood.wire.SummaryEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * The main job's graph, the same for a replay and a live run:
 *
 * <pre>
 * source -> decode -> by key -> posterior -> (order) -> encode -> sink
 *             |                     |
 *         dead letters        late, rejected             -> encode -> sink
 * </pre>
 *
 * <p>Every operator has a uid that never changes, because savepoints are matched by it.
 */
public final class PosteriorJob {

    private final JobPlan plan;
    private final Map<String, Integer> sinksOf = new HashMap<>();

    private PosteriorJob(JobPlan plan) {
        this.plan = plan;
    }

    public static void build(StreamExecutionEnvironment environment, JobPlan plan) {
        new PosteriorJob(plan).build(environment);
    }

    private void build(StreamExecutionEnvironment environment) {
        SingleOutputStreamOperator<Observation> observations =
                new Intake(plan.source(), plan.spec(), plan.watermarks(), Intake.WRONG_INPUT_AFTER, RecordTypes.OBSERVATION)
                        .open(environment, plan.context(), "source");
        SingleOutputStreamOperator<PosteriorSummary> summaries = observations
                .keyBy(Observation::key, Types.STRING)
                .process(new PosteriorFunction<>(plan.recipe(), plan.options()), RecordTypes.SUMMARY)
                .name("posterior")
                .uid("posterior");
        List<String> fields = plan.spec().fields();
        SerializableSupplier<RecordEncoder<SetAside>> setAsides = () -> new SetAsideEncoder(fields);
        for (Destination to : plan.destinations()) {
            String uid = uid(to);
            DataStream<OutputRecord> records = switch (to.of()) {
                case "dead-letters" -> encode(to, observations.getSideOutput(Intake.DEAD_LETTERS), DeadLetterEncoder::new, uid);
                case "late" -> encode(to, summaries.getSideOutput(PosteriorFunction.LATE), setAsides, uid);
                case "rejected" -> encode(to, summaries.getSideOutput(PosteriorFunction.REJECTED), setAsides, uid);
                default -> encode(to, ordered(to, summaries, uid), SummaryEncoder::new, uid);
            };
            to.sink().write(records, uid, plan.context());
        }
    }

    /** One writer is given summaries in order of event time, whatever the parallelism before it. */
    private DataStream<PosteriorSummary> ordered(Destination to, DataStream<PosteriorSummary> summaries, String uid) {
        return plan.timed() && to.sink().oneWriter()
                ? summaries.transform(uid + "-order", RecordTypes.SUMMARY, new EventTimeOrder()).setParallelism(1).uid(uid + "-order")
                : summaries;
    }

    /** In as many subtasks as the sink has, because records may only change subtask by key. */
    private static <T> DataStream<OutputRecord> encode(
            Destination to, DataStream<T> records, SerializableSupplier<RecordEncoder<T>> encoders, String uid) {
        SingleOutputStreamOperator<OutputRecord> encoded = EncodeFunction.encode(records, encoders, uid + "-encode");
        return to.sink().oneWriter() ? encoded.setParallelism(1) : encoded;
    }

    /** {@code summaries-0}, {@code summaries-1}, ... in the order of the configuration. */
    private String uid(Destination to) {
        return to.of() + "-" + (sinksOf.merge(to.of(), 1, Integer::sum) - 1);
    }
}
