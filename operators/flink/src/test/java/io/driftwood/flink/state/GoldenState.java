package io.driftwood.flink.state;

import io.driftwood.inference.assimilate.PosteriorState;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;

/**
 * Frozen bytes of every layout, in {@code src/test/resources/state/v<layout>}: the serializer's snapshot and the states of
 * {@link #frozen}. Written once, when a layout is released, by {@link #main}; never written again.
 */
final class GoldenState {

    static final String SNAPSHOT = "serializer-snapshot";
    static final String DATA = "test-data";

    private GoldenState() {}

    /** What the files of a layout hold. Layout 0 knows no rejected records, variances, matrices or payloads. */
    static PosteriorState[] frozen(int layout) {
        return layout == 0
                ? new PosteriorState[] {prototype(), States.buffering()}
                : new PosteriorState[] {States.running(13, 3, 15), States.running(0, 4, 0), States.buffering(), States.exact(), States.withPayload()};
    }

    /** A population as the prototype saved it, with what migration fills in. */
    private static PosteriorState prototype() {
        PosteriorState state = States.running(13, 3, 15);
        state.rejected = 0;
        state.logEvidenceVariance = 0;
        state.tuning.adaptations = 0;
        state.tuning.lower = new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1};
        state.particles.pad();
        state.weights.normalise();
        return state;
    }

    static DataInputDeserializer open(int layout, String file) throws IOException {
        try (var in = GoldenState.class.getResourceAsStream("/state/v" + layout + "/" + file)) {
            return new DataInputDeserializer(in.readAllBytes());
        }
    }

    static TypeSerializerSnapshot<PosteriorState> snapshot(int layout) throws IOException {
        return TypeSerializerSnapshot.readVersionedSnapshot(open(layout, SNAPSHOT), GoldenState.class.getClassLoader());
    }

    /** Writes the files of the newest layout, and of layout 0, under the directory given. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        PosteriorStateSerializer newest = new PosteriorStateSerializer(States.PAYLOADS);
        try (DataOutputViewStreamWrapper snapshot = create(directory.resolve("v1"), SNAPSHOT); DataOutputViewStreamWrapper data = create(directory.resolve("v1"), DATA)) {
            TypeSerializerSnapshot.writeVersionedSnapshot(snapshot, newest.snapshotConfiguration());
            for (PosteriorState state : frozen(1)) {
                newest.serialize(state, data);
            }
        }
        try (DataOutputViewStreamWrapper snapshot = create(directory.resolve("v0"), SNAPSHOT); DataOutputViewStreamWrapper data = create(directory.resolve("v0"), DATA)) {
            snapshot.writeUTF(PosteriorStateSerializer.Snapshot.class.getName());
            snapshot.writeInt(1);
            snapshot.writeInt(0);
            snapshot.writeInt(0);
            for (PosteriorState state : frozen(0)) {
                LayoutZeroWriter.write(state, data);
            }
        }
    }

    private static DataOutputViewStreamWrapper create(Path directory, String file) throws IOException {
        Files.createDirectories(directory);
        OutputStream out = Files.newOutputStream(directory.resolve(file));
        return new DataOutputViewStreamWrapper(new DataOutputStream(out));
    }
}
