package io.driftwood.inference.denoise.learn;

import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.learned.Learner;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianMixture;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Learns a mixture of normals from a stream: the first rows are kept and fitted at once by {@link ExpectationMaximisation}, every later one moves the
 * mixture by {@link OnlineMixture}, whose burn-in keeps the first fit until the statistics mean something. There is a version once they do.
 *
 * <p>The state holds the first rows, and after those the mixture with its statistics: 2K(1 + d + d^2) + d + 2 numbers.
 */
public final class MixtureLearner implements Learner {

    /*
     * State: 0 and the first rows one after the other; then 1 and what OnlineMixture writes.
     */
    private static final double COLLECTING = 0;
    private static final double LEARNING = 1;

    private final String name;
    private final List<String> fields;
    private final int components;
    private final Covariances covariances;
    private final int first;
    private final double decay;
    private final long seed;

    /**
     * @param first rows that are fitted at once
     * @param decay of the gain, in (1/2, 1]
     */
    public MixtureLearner(String name, List<String> fields, int components, Covariances covariances, int first, double decay, long seed) {
        if (first < Math.max(2, components)) {
            throw new IllegalArgumentException("the first fit needs at least as many rows as there are components, and two");
        }
        this.name = name;
        this.fields = List.copyOf(fields);
        this.components = components;
        this.covariances = covariances;
        this.first = first;
        this.decay = decay;
        this.seed = seed;
    }

    @Override
    public List<String> fields() { return fields; }

    @Override
    public double[] start() { return new double[] {COLLECTING}; }

    @Override
    public double[] learn(double[] state, double[] values, Scratch scratch) {
        if (state[0] == LEARNING) {
            OnlineMixture online = online(state);
            online.update(values, scratch);
            return state(online);
        }
        double[] rows = Arrays.copyOf(state, state.length + fields.size());
        System.arraycopy(values, 0, rows, state.length, fields.size());
        return rows.length > first * fields.size() ? state(new OnlineMixture(fit(rows), covariances, decay, OnlineMixture.BURN_IN)) : rows;
    }

    private GaussianMixture fit(double[] state) {
        Particles rows = new Particles(first, fields.size());
        for (int i = 0; i < first; i++) {
            for (int j = 0; j < rows.dimension; j++) {
                rows.set(j, i, state[1 + i * rows.dimension + j]);
            }
        }
        rows.pad();
        return ExpectationMaximisation.of(covariances).fit(rows, components, Randomness.of(seed, name)).mixture();
    }

    private OnlineMixture online(double[] state) {
        return OnlineMixture.read(Arrays.copyOfRange(state, 1, state.length), components, fields.size(), covariances, decay, OnlineMixture.BURN_IN);
    }

    private static double[] state(OnlineMixture online) {
        double[] numbers = online.write();
        double[] state = new double[numbers.length + 1];
        state[0] = LEARNING;
        System.arraycopy(numbers, 0, state, 1, numbers.length);
        return state;
    }

    @Override
    public Optional<Learned> snapshot(double[] state, long version, long eventTime) {
        if (state[0] == COLLECTING) {
            return Optional.empty();
        }
        OnlineMixture online = online(state);
        if (online.rows() <= OnlineMixture.BURN_IN) {
            return Optional.empty();
        }
        return Optional.of(LearnedMixture.of(name, version, eventTime, online.mixture(), covariances == Covariances.DIAGONAL,
                Map.of("method", "online expectation-maximisation", "rows", Long.toString(first + online.rows()))));
    }
}
