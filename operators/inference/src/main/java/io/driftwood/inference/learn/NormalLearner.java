package io.driftwood.inference.learn;

import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.learned.Learner;
import io.driftwood.inference.numeric.Scratch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Mean and covariance of what has been seen, row by row: with n rows, mean m and sum of squares about it S
 * <pre>
 *   delta = x - m,   m += delta / n,   S += delta deltaᵀ (n - 1)/n,   covariance = S / (n - 1)
 * </pre>
 * Unbiased. A snapshot of type "gaussian" has arrays mean (d), covariance (d x d, row by row) and rows (1); there is none before d + 1 rows, when the
 * covariance would be singular.
 *
 * <p>Reference: [1] Welford (1962), Technometrics 4(3), 419-420. Differs from [1]: several dimensions.
 */
public final class NormalLearner implements Learner {

    /*
     * State: n, then m (d), then S (d x d, row by row).
     */
    private static final int MEAN = 1;

    private final String name;
    private final List<String> fields;

    public NormalLearner(String name, List<String> fields) {
        this.name = name;
        this.fields = List.copyOf(fields);
    }

    @Override
    public List<String> fields() { return fields; }

    @Override
    public double[] start() { return new double[MEAN + fields.size() + fields.size() * fields.size()]; }

    @Override
    public double[] learn(double[] state, double[] values, Scratch scratch) {
        int d = fields.size();
        int squares = MEAN + d;
        int mark = scratch.mark();
        double[] delta = scratch.take(d);
        double n = ++state[0];
        for (int j = 0; j < d; j++) {
            delta[j] = values[j] - state[MEAN + j];
            state[MEAN + j] += delta[j] / n;
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                state[squares + i * d + j] += delta[i] * delta[j] * ((n - 1) / n);
            }
        }
        scratch.release(mark);
        return state;
    }

    @Override
    public Optional<Learned> snapshot(double[] state, long version, long eventTime) {
        int d = fields.size();
        if (state[0] < d + 1) {
            return Optional.empty();
        }
        double[] covariance = Arrays.copyOfRange(state, MEAN + d, state.length);
        for (int k = 0; k < covariance.length; k++) {
            covariance[k] /= state[0] - 1;
        }
        return Optional.of(Learned.of(name, "gaussian", version, eventTime, Map.of("method", "sample mean and covariance"),
                Map.of("mean", Arrays.copyOfRange(state, MEAN, MEAN + d), "covariance", covariance, "rows", new double[] {state[0]})));
    }
}
