package io.driftwood.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftwood.connectors.type.WireTypeInfo;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.wire.DeadLetter;
import io.driftwood.wire.Decoded;
import io.driftwood.wire.RawRecord;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class TriageOperatorTest {

    private static final Decoded GOOD =
            new Decoded.Read(new Observation("k", 5, new double[] {1}, "f.csv", 1));

    private static Decoded bad(int line) {
        return new Decoded.Unreadable(
                new DeadLetter("The field `y` is missing.", RawRecord.of(null, new byte[1], "f.csv", line, Observation.NO_TIME)));
    }

    private static OneInputStreamOperatorTestHarness<Decoded, Observation> harness(long wrongAfter, int parallelism, int subtask)
            throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new TriageOperator<>(wrongAfter), parallelism, parallelism, subtask,
                WireTypeInfo.decoded(TypeInformation.of(Observation.class)).createSerializer(new SerializerConfigImpl()),
                new org.apache.flink.runtime.jobgraph.OperatorID());
    }

    private static long count(OneInputStreamOperatorTestHarness<Decoded, Observation> harness, String name) {
        return (Long) harness.getOperator().getRuntimeContext().getAccumulator(name).getLocalValue();
    }

    @Test
    void records_areSentTheirWayWithTheirTimeAndCounted() throws Exception {
        try (var harness = harness(2, 1, 0)) {
            harness.open();
            harness.processElement(GOOD, 5);
            harness.processElement(bad(2), Observation.NO_TIME);
            harness.processElement(bad(3), Observation.NO_TIME);
            harness.endInput();
            assertThat(harness.extractOutputStreamRecords()).singleElement().satisfies(record -> {
                assertThat(record.getTimestamp()).isEqualTo(5);
                assertThat(record.getValue()).usingRecursiveComparison().isEqualTo(((Decoded.Read) GOOD).observation());
            });
            assertThat(harness.getSideOutput(Intake.DEAD_LETTERS)).hasSize(2);
            assertThat(count(harness, TriageOperator.RECORDS_IN)).isEqualTo(3);
            assertThat(count(harness, TriageOperator.DEAD_LETTERS)).isEqualTo(2);
        }
    }

    @Test
    void wrongInput_stopsTheJobForGoodAndNamesTheLastReason() throws Exception {
        try (var harness = harness(3, 2, 0)) {
            harness.open();
            harness.processElement(bad(1), 0);
            harness.processElement(bad(2), 0);
            assertThatThrownBy(() -> harness.processElement(bad(3), 0))
                    .hasMessage("None of the first 3 records could be read. The last, f.csv 3: The field `y` is missing.")
                    .satisfies(thrown -> assertThat(ThrowableClassifier.getThrowableType(thrown))
                            .isEqualTo(ThrowableType.NonRecoverableError));
            assertThat(harness.getSideOutput(Intake.DEAD_LETTERS)).hasSize(3);
        }
    }

    @Test
    void wrongInput_thatEndsEarlierIsSeenAtItsEndByTheOneSubtaskThatSawAllOfIt() throws Exception {
        try (var harness = harness(1000, 1, 0)) {
            harness.open();
            harness.processElement(bad(1), 0);
            assertThatThrownBy(harness::endInput)
                    .hasMessage("The only record could not be read. At f.csv 1: The field `y` is missing.");
        }
        try (var harness = harness(1000, 2, 0)) {
            harness.open();
            harness.processElement(bad(1), 0);
            harness.endInput();
        }
        try (var harness = harness(0, 1, 0)) {
            harness.open();
            harness.processElement(bad(1), 0);
            harness.endInput();
        }
        try (var harness = harness(1000, 1, 0)) {
            harness.open();
            harness.endInput();
        }
    }

    @Test
    void counts_goOnAfterARestoreAndTheirSumSurvivesRescaling() throws Exception {
        OperatorSubtaskState saved;
        try (var harness = harness(2, 1, 0)) {
            harness.open();
            harness.processElement(GOOD, 5);
            harness.processElement(bad(2), 0);
            saved = harness.snapshot(1, 1);
        }
        long recordsIn = 0;
        long deadLetters = 0;
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var harness = harness(2, 2, subtask)) {
                harness.initializeState(
                        OneInputStreamOperatorTestHarness.repartitionOperatorState(saved, 2, 1, 2, subtask));
                harness.open();
                harness.processElement(bad(3), 0);
                recordsIn += count(harness, TriageOperator.RECORDS_IN);
                deadLetters += count(harness, TriageOperator.DEAD_LETTERS);
            }
        }
        assertThat(recordsIn).isEqualTo(4);
        assertThat(deadLetters).isEqualTo(3);
    }
}
