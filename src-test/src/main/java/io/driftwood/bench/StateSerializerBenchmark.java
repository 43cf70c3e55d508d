package io.driftwood.bench;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.driftwood.flink.state.PayloadTypes;
import io.driftwood.flink.state.PosteriorStateSerializer;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.transition.Tuning;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.java.typeutils.runtime.DataInputViewStream;
import org.apache.flink.api.java.typeutils.runtime.DataOutputViewStream;
import org.apache.flink.api.java.typeutils.runtime.NoFetchingInput;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Saving and reading back one key's posterior of {@code particles} x 10 with 23 rows of history: microseconds. {@code kryo} is the
 * alternative within Flink's own reach: a hand-written serializer registered with Kryo, through the streams that Flink puts around its views.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class StateSerializerBenchmark {

    private static final int DIMENSION = 10;

    @Param({"1000", "16"})
    public int particles;

    private final PosteriorStateSerializer bulk = new PosteriorStateSerializer(PayloadTypes.none());
    private final Kryo kryo = new Kryo();
    private final DataOutputSerializer target = new DataOutputSerializer(1 << 18);
    private PosteriorState state;
    private byte[] bulkBytes;
    private byte[] kryoBytes;

    @Setup
    public void setUp() throws IOException {
        kryo.setRegistrationRequired(true);
        kryo.setReferences(false);
        kryo.register(PosteriorState.class, new RegisteredSerializer(), 20);
        state = state();
        bulkSerialize();
        bulkBytes = target.getCopyOfBuffer();
        kryoSerialize();
        kryoBytes = target.getCopyOfBuffer();
    }

    private PosteriorState state() {
        SplittableRandom random = new SplittableRandom(1);
        PosteriorState made = new PosteriorState();
        made.particles = new Particles(particles, DIMENSION, random.doubles((long) DIMENSION * Particles.strideOf(particles)).toArray());
        made.weights = new LogWeights(particles);
        made.tuning = new Tuning();
        made.tuning.lower = random.doubles(DIMENSION * DIMENSION).toArray();
        made.history = new Rows(3);
        for (int r = 0; r < 23; r++) {
            made.history.append(random.doubles(3).toArray(), 1);
        }
        return made;
    }

    @Benchmark
    public int bulkSerialize() throws IOException {
        target.clear();
        bulk.serialize(state, target);
        return target.length();
    }

    @Benchmark
    public int kryoSerialize() {
        target.clear();
        Output output = new Output(new DataOutputViewStream(target));
        kryo.writeObject(output, state);
        output.flush();
        return target.length();
    }

    @Benchmark
    public PosteriorState bulkDeserialize() throws IOException { return bulk.deserialize(new DataInputDeserializer(bulkBytes)); }

    @Benchmark
    public PosteriorState kryoDeserialize() {
        return kryo.readObject(new NoFetchingInput(new DataInputViewStream(new DataInputDeserializer(kryoBytes))), PosteriorState.class);
    }

    @Benchmark
    public PosteriorState bulkCopy() { return bulk.copy(state); }

    /** What one writes with Kryo alone: every field, arrays through its own bulk calls. */
    private static final class RegisteredSerializer extends Serializer<PosteriorState> {

        @Override
        public void write(Kryo kryo, Output out, PosteriorState s) {
            out.writeInt(s.phase.ordinal());
            out.writeLong(s.keyBits);
            out.writeLong(s.step);
            out.writeLong(s.assimilated);
            out.writeLong(s.rejected);
            out.writeLong(s.clock);
            out.writeDouble(s.logEvidence);
            out.writeDouble(s.logEvidenceVariance);
            out.writeInt(s.particles.size);
            out.writeInt(s.particles.dimension);
            out.writeDoubles(s.particles.values, 0, s.particles.length());
            out.writeDoubles(s.weights.log, 0, s.weights.log.length);
            out.writeDoubles(s.weights.normalised, 0, s.weights.normalised.length);
            out.writeDouble(s.tuning.stepSize);
            out.writeLong(s.tuning.adaptations);
            out.writeInt(s.tuning.lower.length);
            out.writeDoubles(s.tuning.lower, 0, s.tuning.lower.length);
            out.writeInt(s.history.width);
            out.writeInt(s.history.count);
            out.writeDoubles(s.history.values, 0, s.history.count * s.history.width);
            out.writeDoubles(s.history.weights, 0, s.history.count);
        }

        @Override
        public PosteriorState read(Kryo kryo, Input in, Class<? extends PosteriorState> type) {
            PosteriorState s = new PosteriorState();
            s.phase = PosteriorState.Phase.values()[in.readInt()];
            s.keyBits = in.readLong();
            s.step = in.readLong();
            s.assimilated = in.readLong();
            s.rejected = in.readLong();
            s.clock = in.readLong();
            s.logEvidence = in.readDouble();
            s.logEvidenceVariance = in.readDouble();
            int size = in.readInt();
            int dimension = in.readInt();
            s.particles = new Particles(size, dimension, in.readDoubles(dimension * Particles.strideOf(size)));
            s.weights = new LogWeights(size);
            System.arraycopy(in.readDoubles(s.weights.log.length), 0, s.weights.log, 0, s.weights.log.length);
            System.arraycopy(in.readDoubles(s.weights.log.length), 0, s.weights.normalised, 0, s.weights.log.length);
            s.tuning = new Tuning();
            s.tuning.stepSize = in.readDouble();
            s.tuning.adaptations = in.readLong();
            s.tuning.lower = in.readDoubles(in.readInt());
            s.history = new Rows(in.readInt());
            s.history.count = in.readInt();
            s.history.values = in.readDoubles(s.history.count * s.history.width);
            s.history.weights = in.readDoubles(s.history.count);
            return s;
        }
    }
}
