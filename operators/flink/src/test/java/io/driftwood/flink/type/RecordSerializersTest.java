package io.driftwood.flink.type;

import io.driftwood.inference.assimilate.Alarm;
import io.driftwood.inference.assimilate.Answer;
import io.driftwood.inference.assimilate.Incoming;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.Question;
import io.driftwood.inference.assimilate.RaisedAlarm;
import io.driftwood.inference.assimilate.SetAside;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.summary.LearnedVersion;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.testutils.DeeplyEqualsChecker;
import org.junit.jupiter.api.Nested;

/** Flink's own contract of a serializer, for every record that travels. */
class RecordSerializersTest {

    private static final Observation USUAL = new Observation("pump-7", 1_700_000_000_123L, new double[] {1.5, -0.0, Double.NaN}, "readings-3", 42);
    private static final Observation AWKWARD = new Observation("", Observation.NO_TIME, new double[0], "ключ 🔑", -1);

    abstract static class Contract<T> extends SerializerTestBase<T> {

        private final TypeInformation<T> type;
        private final T[] data;

        @SafeVarargs
        Contract(TypeInformation<T> type, T... data) {
            super(new DeeplyEqualsChecker().withCustomCheck((a, b) -> type.getTypeClass().isInstance(a) && type.getTypeClass().isInstance(b),
                    (a, b, checker) -> Spelled.out(a).equals(Spelled.out(b))));
            this.type = type;
            this.data = data;
        }

        @Override
        protected TypeSerializer<T> createSerializer() { return type.createSerializer(new SerializerConfigImpl()); }

        @Override
        protected int getLength() { return -1; }

        @Override
        protected Class<T> getTypeClass() { return type.getTypeClass(); }

        @Override
        protected T[] getTestData() { return data; }
    }

    @Nested
    class Observations extends Contract<Observation> {
        Observations() { super(RecordTypes.OBSERVATION, USUAL, AWKWARD); }
    }

    @Nested
    class SetAsides extends Contract<SetAside> {
        SetAsides() { super(RecordTypes.SET_ASIDE, new SetAside("late", "", USUAL), new SetAside("rejected", "y is Infinity", AWKWARD)); }
    }

    @Nested
    class Summaries extends Contract<PosteriorSummary> {
        Summaries() { super(RecordTypes.SUMMARY, full(), empty()); }

        private static PosteriorSummary full() {
            Quantity mean = new Quantity("beta[0]", 0.1, Double.NaN, new double[] {-1, 0, 1});
            return new PosteriorSummary("oring", "fleet", 23, 504_921_600_000L, new double[] {0.05, 0.5, 0.95}, new Quantity[] {mean, mean},
                    new Quantity[] {mean}, -15.76, 0.01, -0.3, "consistent", 812.5, 1024, 0.57, 3, 2, true, 7, true, "running", "of order h",
                    new PosteriorSummary.Samples(new String[] {"a", "b"}, new double[][] {{1, 2}, {3, 4}}, new double[] {0.5, 0.5}));
        }

        private static PosteriorSummary empty() { return new PosteriorSummarySerializer().createInstance(); }
    }

    private static final Question ASKED = new Question("pump-7", 1_700_000_000_123L, "q-1", new double[] {1.5, Double.NaN}, "questions-3", 42);
    private static final Learned LEARNED = Learned.of("prior", "gaussian", 7, 1_700_000_000_123L, Map.of("method", "sample"),
            Map.of("mean", new double[] {1, -0.0}, "none", new double[0]));

    @Nested
    class InformedSummaries extends Contract<PosteriorSummary> {
        InformedSummaries() { super(RecordTypes.SUMMARY, Summaries.full().with(new LearnedVersion("prior", 7)), Summaries.empty()); }
    }

    @Nested
    class Questions extends Contract<Question> {
        Questions() { super(RecordTypes.QUESTION, ASKED, new Question("", Observation.NO_TIME, "", new double[0], "", 0)); }
    }

    @Nested
    class IncomingOnes extends Contract<Incoming> {
        IncomingOnes() { super(RecordTypes.INCOMING, ASKED, USUAL, AWKWARD); }
    }

    @Nested
    class Answers extends Contract<Answer> {
        Answers() {
            super(RecordTypes.ANSWER, Answer.refused(ASKED, 3, "no"), Answer.of(ASKED, 3, new double[] {0.5}, "of order h",
                    new Quantity("y", 0.1, Double.NaN, new double[] {2})).with(new LearnedVersion("prior", 7)));
        }
    }

    @Nested
    class RaisedAlarms extends Contract<RaisedAlarm> {
        RaisedAlarms() {
            super(RecordTypes.ALARM, new RaisedAlarm("pump-7", 3, 17, new Alarm("drift", "y", 5, 2000.5, 1000, "Readings have drifted.")),
                    new RaisedAlarm("", 0, Observation.NO_TIME, new Alarm("", "", Observation.NO_TIME, Double.NaN, 0, "")));
        }
    }

    @Nested
    class LearnedVersions extends Contract<Learned> {
        LearnedVersions() { super(RecordTypes.LEARNED, LEARNED, Learned.of("", "", -1, Observation.NO_TIME, Map.of(), Map.of())); }
    }

    @Nested
    class RefusedVersions extends Contract<RefusedLearned> {
        RefusedVersions() { super(RecordTypes.REFUSED_LEARNED, new RefusedLearned("of no use", LEARNED)); }
    }

    @Nested
    class UnreportedSteps extends Contract<UnreportedStep> {
        UnreportedSteps() {
            super(new OwnTypeInformation<>(UnreportedStep.class, new UnreportedStepSerializer()), UnreportedStep.of(USUAL, busy()),
                    UnreportedStep.of(AWKWARD, new StepInfo()));
        }

        private static StepInfo busy() {
            StepInfo info = new StepInfo();
            info.missing = true;
            info.buffering = true;
            info.logEvidenceIncrement = -1.25;
            info.ess = 99;
            info.resampled = true;
            info.temperingSteps = 4;
            info.moves.moves = 5;
            info.moves.acceptanceSum = 2.5;
            info.moves.rejectedNonFinite = 6;
            info.moves.evaluations = 7;
            return info;
        }
    }
}
