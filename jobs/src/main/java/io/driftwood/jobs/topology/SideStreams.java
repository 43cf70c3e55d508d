package io.driftwood.jobs.topology;

import io.driftwood.connectors.Intake;
import io.driftwood.connectors.type.WireTypeInfo;
import io.driftwood.flink.FarObservations;
import io.driftwood.flink.LearnedGate;
import io.driftwood.flink.LearnerOperator;
import io.driftwood.flink.type.RecordTypes;
import io.driftwood.flink.type.RefusedLearned;
import io.driftwood.inference.assimilate.Incoming;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.Question;
import io.driftwood.inference.learned.Learned;
import io.driftwood.wire.DeadLetter;
import io.driftwood.wire.LearnedEncoder;
import io.driftwood.wire.RawRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What enters a job besides its records, as streams.
 *
 * @param training what the learner inside the job publishes, with what it set aside
 * @param accepted versions of something learned that fit the posterior
 * @param questions those that could be read
 * @param letters what could not be read or does not fit
 */
record SideStreams(
        Optional<SingleOutputStreamOperator<Learned>> training, Optional<SingleOutputStreamOperator<Learned>> accepted,
        Optional<DataStream<Question>> questions, List<DataStream<DeadLetter>> letters) {

    /** @param observations the job's own records */
    static SideStreams open(StreamExecutionEnvironment environment, JobPlan plan, DataStream<Observation> observations) {
        List<DataStream<DeadLetter>> letters = new ArrayList<>();
        Optional<SingleOutputStreamOperator<Learned>> training =
                plan.beside().training().map(section -> train(section, trainingRecords(section, observations, environment, plan, letters), plan));
        Optional<? extends DataStream<Learned>> learned = training.isPresent() ? training
                : plan.beside().learned().map(input -> read(input, RecordTypes.LEARNED, "learned", environment, plan, letters));
        Optional<SingleOutputStreamOperator<Learned>> accepted = learned.map(versions -> judge(versions, plan, letters));
        Optional<DataStream<Question>> questions =
                plan.beside().questions().map(input -> read(input, RecordTypes.QUESTION, "questions", environment, plan, letters));
        return new SideStreams(training, accepted, questions, List.copyOf(letters));
    }

    private static <T> SingleOutputStreamOperator<T> read(
            SideInput input, TypeInformation<T> type, String uid, StreamExecutionEnvironment environment, JobPlan plan,
            List<DataStream<DeadLetter>> letters) {
        SingleOutputStreamOperator<T> records =
                new Intake<>(input.source(), input.spec(), input.watermarks(), 0, type, uid + "-").open(environment, plan.context(), uid);
        letters.add(records.getSideOutput(Intake.DEAD_LETTERS));
        return records;
    }

    /** Those of a training stream, or the far ones among the job's own. */
    private static SingleOutputStreamOperator<Observation> trainingRecords(
            Training training, DataStream<Observation> observations, StreamExecutionEnvironment environment, JobPlan plan,
            List<DataStream<DeadLetter>> letters) {
        FarRecipe far = new FarRecipe(plan.recipe().settings());
        return training.input().map(input -> read(input, RecordTypes.OBSERVATION, "training", environment, plan, letters))
                .orElseGet(() -> observations.keyBy(Observation::key, Types.STRING)
                        .process(new FarObservations(far, far.conditionalEss(), plan.options()), RecordTypes.OBSERVATION)
                        .name("far-observations")
                        .uid("far-observations"));
    }

    private static SingleOutputStreamOperator<Learned> train(Training training, SingleOutputStreamOperator<Observation> records, JobPlan plan) {
        return records
                .transform("learner", RecordTypes.LEARNED, new LearnerOperator(training.learner(), training.every(), plan.timed()))
                .setParallelism(1)
                .uid("learner");
    }

    private static SingleOutputStreamOperator<Learned> judge(DataStream<Learned> versions, JobPlan plan, List<DataStream<DeadLetter>> letters) {
        SingleOutputStreamOperator<Learned> accepted = versions
                .process(new LearnedGate(plan.recipe(), plan.options().order()), RecordTypes.LEARNED)
                .setParallelism(1)
                .name("learned-gate")
                .uid("learned-gate");
        letters.add(accepted.getSideOutput(LearnedGate.REFUSED)
                .map(SideStreams::letter, WireTypeInfo.DEAD_LETTER)
                .setParallelism(1)
                .name("learned-refused")
                .uid("learned-refused"));
        return accepted;
    }

    /** What does not fit is told of like what could not be read, with its own form in place of the bytes. */
    private static DeadLetter letter(RefusedLearned refused) {
        Learned learned = refused.learned();
        byte[] bytes = new LearnedEncoder().encode(learned).value();
        return new DeadLetter("Cannot be taken up: " + refused.reason() + ".",
                RawRecord.of(null, bytes, "learned-" + learned.name(), Math.max(0, learned.version()), learned.eventTime()));
    }

    /** What a learner inside the job has published, for whom it may fit; otherwise what came from outside and fits. */
    DataStream<Learned> published() { return training.or(() -> accepted).orElseThrow(); }

    /** These dead letters and all others. */
    @SuppressWarnings("unchecked")
    DataStream<DeadLetter> with(DataStream<DeadLetter> own) {
        return letters.isEmpty() ? own : own.union(letters.toArray(DataStream[]::new));
    }

    /** Records and questions as one stream. */
    static DataStream<Incoming> together(DataStream<Observation> observations, DataStream<Question> questions) {
        return incoming(observations, "incoming-records").union(incoming(questions, "incoming-questions"));
    }

    private static <T extends Incoming> DataStream<Incoming> incoming(DataStream<T> some, String uid) {
        return some.map(one -> (Incoming) one, RecordTypes.INCOMING).setParallelism(some.getParallelism()).name(uid).uid(uid);
    }
}
