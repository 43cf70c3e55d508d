package io.driftwood.flink.state;

import com.esotericsoftware.kryo.serializers.TaggedFieldSerializer.Tag;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.transition.Tuning;
import java.util.Arrays;
import java.util.Random;
import java.util.StringJoiner;

/** Posteriors of every phase and with every awkward number, and a way to compare them bit for bit. */
final class States {

    /** A user's own type, as a user would write it. */
    public static final class Regime {
        @Tag(1) public String name = "";
        @Tag(2) public double[] probabilities = {};
        @Tag(3) public Regime previous;

        static Regime of(String name, double... probabilities) {
            Regime regime = new Regime();
            regime.name = name;
            regime.probabilities = probabilities;
            return regime;
        }
    }

    static final PayloadTypes PAYLOADS = PayloadTypes.none().with(0, Regime.class);

    private static final double PAYLOAD_NAN = Double.longBitsToDouble(0x7ff8_0000_dead_beefL);
    private static final double[] AWKWARD = {
        Double.NaN, PAYLOAD_NAN, -0.0, 0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, -Double.MAX_VALUE};

    private States() {}

    static PosteriorState running(int size, int dimension, int rows) {
        Random random = new Random(31L * size + dimension);
        PosteriorState state = new PosteriorState();
        scalars(state);
        state.particles = new Particles(size, dimension);
        for (int k = 0; k < state.particles.length(); k++) {
            state.particles.values[k] = k < AWKWARD.length ? AWKWARD[k] : random.nextGaussian();
        }
        state.weights = new LogWeights(size);
        for (int i = 0; i < size; i++) {
            state.weights.log[i] = -i / 3.0;
            state.weights.normalised[i] = random.nextDouble();
        }
        state.tuning = new Tuning();
        state.tuning.stepSize = 0.1 + 0.2;
        state.tuning.adaptations = 12;
        state.tuning.lower = random.doubles((long) dimension * dimension).toArray();
        state.history = new Rows(3);
        for (int r = 0; r < rows; r++) {
            state.history.append(new double[] {r, Double.NaN, -0.0}, 1.0 / (1 + r));
        }
        return state;
    }

    private static void scalars(PosteriorState state) {
        state.keyBits = 0xfedc_ba98_7654_3210L;
        state.step = (1L << 40) + 3;
        state.assimilated = 1L << 39;
        state.rejected = 5;
        state.clock = -86_400_000L;
        state.logEvidence = -15.7621333;
        state.logEvidenceVariance = 1e-300;
    }

    static PosteriorState buffering() {
        PosteriorState state = new PosteriorState();
        state.phase = PosteriorState.Phase.BUFFERING;
        state.keyBits = -1;
        state.step = 2;
        state.logEvidence = Double.NaN;
        state.history = new Rows(2);
        state.history.append(new double[] {1, 66}, 1);
        return state;
    }

    static PosteriorState exact() {
        PosteriorState state = new PosteriorState();
        scalars(state);
        state.phase = PosteriorState.Phase.EXACT;
        state.history = new Rows(0);
        state.statistics = AWKWARD.clone();
        return state;
    }

    static PosteriorState withPayload() {
        PosteriorState state = exact();
        Regime regime = Regime.of("calm", 0.25, Double.NaN, -0.0);
        regime.previous = Regime.of("störung");
        state.payload = regime;
        return state;
    }

    static PosteriorState[] all() {
        return new PosteriorState[] {
            running(1000, 10, 40), running(13, 3, 15), running(8, 1, 16), running(1, 1, 0), running(0, 4, 0), running(5, 0, 1),
            running(3000, 2, 17), buffering(), exact(), withPayload()};
    }

    /** Every bit of a posterior that the next step could see. */
    static String bits(PosteriorState s) {
        StringJoiner text = new StringJoiner("\n");
        text.add("phase " + s.phase).add("keyBits " + s.keyBits).add("step " + s.step).add("assimilated " + s.assimilated);
        text.add("rejected " + s.rejected).add("clock " + s.clock);
        text.add("logEvidence " + bits(s.logEvidence)).add("logEvidenceVariance " + bits(s.logEvidenceVariance));
        if (s.particles != null) {
            text.add("particles " + s.particles.size + " x " + s.particles.dimension + " " + bits(s.particles.values, s.particles.length()));
        }
        if (s.weights != null) {
            text.add("log " + bits(s.weights.log, s.weights.log.length));
            text.add("normalised " + bits(s.weights.normalised, s.weights.normalised.length));
        }
        if (s.tuning != null) {
            text.add("tuning " + bits(s.tuning.stepSize) + " " + s.tuning.adaptations + " " + bits(s.tuning.lower, s.tuning.lower.length));
        }
        text.add("history " + s.history.count + " x " + s.history.width + " " + bits(s.history.values, s.history.count * s.history.width));
        text.add("row weights " + bits(s.history.weights, s.history.count));
        text.add("statistics " + bits(s.statistics, s.statistics.length));
        for (Regime r = (Regime) s.payload; r != null; r = r.previous) {
            text.add("payload " + r.name + " " + bits(r.probabilities, r.probabilities.length));
        }
        return text.toString();
    }

    private static String bits(double[] values, int count) {
        return Arrays.stream(values, 0, count).mapToObj(States::bits).toList().toString();
    }

    private static String bits(double value) { return Long.toHexString(Double.doubleToRawLongBits(value)); }
}
