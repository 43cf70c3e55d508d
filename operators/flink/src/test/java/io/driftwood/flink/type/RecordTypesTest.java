package io.driftwood.flink.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class RecordTypesTest {

    @Test
    void bytesCutShort_areAnError() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        new ObservationSerializer().serialize(new Observation("key", 1, new double[] {1, 2}, "topic-0", 3), out);
        byte[] whole = out.getCopyOfBuffer();
        for (int length = 0; length < whole.length; length++) {
            DataInputDeserializer cut = new DataInputDeserializer(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> new ObservationSerializer().deserialize(cut)).isInstanceOf(IOException.class);
        }
    }

    /** Layout 1 had nothing learned at the end; summaries wait in it in savepoints of release 0. */
    @Test
    void aSummaryOfTheOlderLayout_isReadAndMigrates() throws IOException {
        PosteriorSummary summary = new PosteriorSummary("oring", "fleet", 23, 5, new double[] {0.5},
                new Quantity[] {new Quantity("a", 1, 2, new double[] {3})}, new Quantity[0], -15.76, 0.01, -0.3, "consistent", 812.5, 1024, 0.57, 3, 2,
                true, 7, true, "running", "of order h", null);
        DataOutputSerializer out = new DataOutputSerializer(64);
        new PosteriorSummarySerializer().serialize(summary, out);
        byte[] older = Arrays.copyOf(out.getCopyOfBuffer(), out.length() - 1);

        DataOutputSerializer header = new DataOutputSerializer(4);
        header.writeInt(1);
        PosteriorSummarySerializer.Snapshot saved = new PosteriorSummarySerializer.Snapshot();
        saved.readSnapshot(1, new DataInputDeserializer(header.getCopyOfBuffer()), getClass().getClassLoader());
        PosteriorSummary read = saved.restoreSerializer().deserialize(new DataInputDeserializer(older));

        assertThat(Spelled.out(read)).isEqualTo(Spelled.out(summary));
        assertThat(new PosteriorSummarySerializer.Snapshot().resolveSchemaCompatibility(saved).isCompatibleAfterMigration()).isTrue();
    }

    @Test
    void typesAreEqual_byClassAndSerializer() {
        assertThat(RecordTypes.OBSERVATION).isEqualTo(new OwnTypeInformation<>(Observation.class, new ObservationSerializer()));
        assertThat((Object) RecordTypes.OBSERVATION).isNotEqualTo(RecordTypes.SET_ASIDE);
        assertThat(RecordTypes.OBSERVATION.isKeyType()).isFalse();
    }

    /** A field that is added to StepInfo and forgotten here would be lost between a step and its delayed summary. */
    @Test
    void aCopyOfAStepsInfo_hasEveryField() throws IllegalAccessException {
        StepInfo info = new StepInfo();
        fill(info);
        fill(info.moves);
        info.rejection = null;

        assertThat(Spelled.out(UnreportedStep.of(null, info).info())).isEqualTo(Spelled.out(info));
    }

    private static void fill(Object target) throws IllegalAccessException {
        for (Field field : target.getClass().getFields()) {
            if (Modifier.isFinal(field.getModifiers())) {
                continue;
            }
            if (field.getType() == boolean.class) {
                field.setBoolean(target, true);
            } else if (field.getType() == int.class) {
                field.setInt(target, 3);
            } else if (field.getType() == long.class) {
                field.setLong(target, 4);
            } else if (field.getType() == double.class) {
                field.setDouble(target, 5.5);
            }
        }
    }
}
