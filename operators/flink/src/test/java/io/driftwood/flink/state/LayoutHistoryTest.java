package io.driftwood.flink.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftwood.inference.assimilate.PosteriorState;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What older releases saved is read by this one; what newer ones saved is refused and said why. */
class LayoutHistoryTest {

    private static final PosteriorStateSerializer NEWEST = new PosteriorStateSerializer(States.PAYLOADS);

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void frozenBytesOfEveryLayout_areReadBack(int layout) throws IOException {
        TypeSerializer<PosteriorState> reader = GoldenState.snapshot(layout).restoreSerializer();
        DataInputDeserializer data = GoldenState.open(layout, GoldenState.DATA);
        for (PosteriorState expected : GoldenState.frozen(layout)) {
            assertThat(States.bits(reader.deserialize(data))).isEqualTo(States.bits(expected));
        }
        assertThat(data.available()).isZero();
    }

    @Test
    void theNewestLayout_isStillWrittenAsItWasFrozen() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1024);
        for (PosteriorState state : GoldenState.frozen(1)) {
            NEWEST.serialize(state, out);
        }
        DataInputDeserializer frozen = GoldenState.open(1, GoldenState.DATA);
        byte[] expected = new byte[frozen.available()];
        frozen.readFully(expected);
        assertThat(out.getCopyOfBuffer()).isEqualTo(expected);
    }

    @Test
    void thisLayout_needsNoMigration_andAnOlderOneDoes() throws IOException {
        assertThat(NEWEST.snapshotConfiguration().resolveSchemaCompatibility(GoldenState.snapshot(1)).isCompatibleAsIs()).isTrue();
        assertThat(NEWEST.snapshotConfiguration().resolveSchemaCompatibility(GoldenState.snapshot(0)).isCompatibleAfterMigration()).isTrue();
    }

    @Test
    void stateOfANewerRelease_isRefusedWithWhatToDo() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeUTF(PosteriorStateSerializer.Snapshot.class.getName());
        out.writeInt(1);
        out.writeInt(2);
        out.writeInt(0);

        assertThatThrownBy(() -> TypeSerializerSnapshot.readVersionedSnapshot(new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("layout 2 of PosteriorStateSerializer").hasMessageContaining("newer release").hasMessageContaining("up to 1");
    }

    @Test
    void aDowngradeToAnOlderLayout_isIncompatible() throws IOException {
        TypeSerializerSnapshot<PosteriorState> saved = new PosteriorStateSerializer(PayloadTypes.none()).snapshotConfiguration();

        assertThat(GoldenState.snapshot(0).resolveSchemaCompatibility(saved).isIncompatible()).isTrue();
    }

    @Test
    void payloadTypesMayBeAdded_butNeitherTakenAwayNorChanged() {
        TypeSerializerSnapshot<PosteriorState> saved = NEWEST.snapshotConfiguration();
        PayloadTypes more = States.PAYLOADS.with(1, StringBuilder.class);
        PayloadTypes changed = PayloadTypes.none().with(0, StringBuilder.class);

        assertThat(resolve(more, saved).isCompatibleAsIs()).isTrue();
        assertThat(resolve(changed, saved).isIncompatible()).isTrue();
        assertThat(resolve(PayloadTypes.none(), saved).isIncompatible()).isTrue();
    }

    private static org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility<PosteriorState> resolve(
            PayloadTypes now, TypeSerializerSnapshot<PosteriorState> saved) {
        return new PosteriorStateSerializer(now).snapshotConfiguration().resolveSchemaCompatibility(saved);
    }

    @Test
    void aPayloadTypeThatIsGone_isNamed() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeUTF(PosteriorStateSerializer.Snapshot.class.getName());
        out.writeInt(1);
        out.writeInt(1);
        out.writeInt(1);
        out.writeInt(7);
        out.writeUTF("com.example.Gone");
        out.writeUTF("com.example.GoneSerializer");

        assertThatThrownBy(() -> TypeSerializerSnapshot.readVersionedSnapshot(new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader()))
                .isInstanceOf(IOException.class).hasMessageContaining("payload type 7").hasMessageContaining("com.example.Gone");
    }
}
