package io.driftwood.jobs.topology;

import io.driftwood.connectors.EncodeFunction;
import io.driftwood.connectors.Intake;
import io.driftwood.flink.InformedPosteriorFunction;
import io.driftwood.flink.PosteriorFunction;
import io.driftwood.flink.order.EventTimeOrder;
import io.driftwood.flink.type.RecordTypes;
import io.driftwood.inference.assimilate.Answer;
import io.driftwood.inference.assimilate.Incoming;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.RaisedAlarm;
import io.driftwood.inference.assimilate.SetAside;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.jobs.topology.JobPlan.Destination;
import io.driftwood.wire.AlarmEncoder;
import io.driftwood.wire.AnswerEncoder;
import io.driftwood.wire.DeadLetterEncoder;
import io.driftwood.wire.LearnedEncoder;
import io.driftwood.wire.OutputRecord;
import io.driftwood.wire.RecordEncoder;
import io.driftwood.wire.SetAsideEncoder;
import io.driftwood.wire.SummaryEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * The main job's graph, the same for a replay and a live run; what stands in brackets is there when the configuration asks for it:
 *
 * <pre>
 *          [learned, or training -> learner, or
 *               far observations -> learner] -> [gate] -> [broadcast]
 *                                                             |
 * source -> decode -> [together with questions] -> by key -> posterior -> (order) -> encode -> sink
 *             |                                               |
 *         dead letters                       late, rejected, [answers], alarms      -> encode -> sink
 * </pre>
 *
 * <p>Far observations are those of the records themselves, by a second look at them beside the posteriors: no edge leads back.
 *
 * <p>Every operator has a uid that never changes, because savepoints are matched by it.
 */
public final class PosteriorJob {

    private final JobPlan plan;
    private final SingleOutputStreamOperator<Observation> observations;
    private final SideStreams beside;
    private final Map<String, Integer> sinksOf = new HashMap<>();

    private PosteriorJob(StreamExecutionEnvironment environment, JobPlan plan) {
        this.plan = plan;
        this.observations = new Intake<>(plan.source(), plan.spec(), plan.watermarks(), Intake.WRONG_INPUT_AFTER, RecordTypes.OBSERVATION)
                .open(environment, plan.context(), "source");
        this.beside = SideStreams.open(environment, plan, observations);
    }

    public static void build(StreamExecutionEnvironment environment, JobPlan plan) {
        new PosteriorJob(environment, plan).build();
    }

    private void build() {
        SingleOutputStreamOperator<PosteriorSummary> summaries = summaries(observations).name("posterior").uid("posterior");
        for (Destination to : plan.destinations()) {
            String uid = uid(to);
            DataStream<OutputRecord> records = switch (to.of()) {
                case "dead-letters" -> encode(to, beside.with(observations.getSideOutput(Intake.DEAD_LETTERS)), DeadLetterEncoder::new, uid);
                case "late" -> setAside(to, summaries, PosteriorFunction.LATE, uid);
                case "rejected" -> setAside(to, summaries, PosteriorFunction.REJECTED, uid);
                case "answers" -> encode(to, answers(to, summaries, uid), answerEncoders(), uid);
                case "alarms" -> encode(to, alarms(to, summaries, uid), alarmEncoders(), uid);
                case "learned" -> encode(to, beside.published(), LearnedEncoder::new, uid);
                default -> encode(to, ordered(to, summaries, EventTimeOrder.ofSummaries(), uid), SummaryEncoder::new, uid);
            };
            to.sink().write(records, uid, plan.context());
        }
    }

    private SingleOutputStreamOperator<PosteriorSummary> summaries(DataStream<Observation> observations) {
        return beside.questions().isEmpty()
                ? posterior(observations.keyBy(Observation::key, Types.STRING))
                : posterior(SideStreams.together(observations, beside.questions().get()).keyBy(Incoming::key, Types.STRING));
    }

    private <T extends Incoming> SingleOutputStreamOperator<PosteriorSummary> posterior(KeyedStream<T, String> incoming) {
        Optional<? extends DataStream<Learned>> learned = beside.accepted();
        return learned.isEmpty()
                ? incoming.process(new PosteriorFunction<>(plan.recipe(), plan.options()), RecordTypes.SUMMARY)
                : incoming.connect(learned.get().broadcast(InformedPosteriorFunction.VERSIONS))
                        .process(new InformedPosteriorFunction<>(plan.recipe(), plan.options()), RecordTypes.SUMMARY);
    }

    private SerializableSupplier<RecordEncoder<Answer>> answerEncoders() {
        String job = plan.name();
        List<String> asks = plan.beside().questions().map(questions -> questions.spec().fields()).orElse(List.of());
        return () -> new AnswerEncoder(job, asks);
    }

    private SerializableSupplier<RecordEncoder<RaisedAlarm>> alarmEncoders() {
        String job = plan.name();
        return () -> new AlarmEncoder(job);
    }

    private DataStream<Answer> answers(Destination to, SingleOutputStreamOperator<PosteriorSummary> summaries, String uid) {
        return ordered(to, summaries.getSideOutput(PosteriorFunction.ANSWERS),
                new EventTimeOrder<>(RecordTypes.ANSWER, answer -> answer.question().eventTime(), TieBreaks::ofAnswers), uid);
    }

    private DataStream<RaisedAlarm> alarms(Destination to, SingleOutputStreamOperator<PosteriorSummary> summaries, String uid) {
        return ordered(to, summaries.getSideOutput(PosteriorFunction.ALARMS),
                new EventTimeOrder<>(RecordTypes.ALARM, RaisedAlarm::detectionTime, TieBreaks::ofAlarms), uid);
    }

    /** One writer is given what it writes in order of event time, whatever the parallelism before it. */
    private <T> DataStream<T> ordered(Destination to, DataStream<T> records, EventTimeOrder<T> order, String uid) {
        return plan.timed() && to.sink().oneWriter()
                ? records.transform(uid + "-order", order.type(), order).setParallelism(1).uid(uid + "-order")
                : records;
    }

    /** Of the records, and of the training records of a learner, which have other fields. */
    private DataStream<OutputRecord> setAside(
            Destination to, SingleOutputStreamOperator<PosteriorSummary> summaries, OutputTag<SetAside> tag, String uid) {
        DataStream<OutputRecord> records = encode(to, summaries.getSideOutput(tag), setAsideEncoders(plan.spec().fields()), uid);
        return beside.training()
                .map(learner -> records.union(encode(to, learner.getSideOutput(tag),
                        setAsideEncoders(plan.beside().training().orElseThrow().fields()), uid + "-training")))
                .orElse(records);
    }

    private static SerializableSupplier<RecordEncoder<SetAside>> setAsideEncoders(List<String> fields) {
        return () -> new SetAsideEncoder(fields);
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
