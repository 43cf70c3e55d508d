package io.driftwood.inference.denoise.learn;

import io.driftwood.inference.denoise.function.Preconditioning;
import io.driftwood.inference.denoise.function.RandomFeatures;
import io.driftwood.inference.denoise.function.RidgeDenoiser;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.learned.Learner;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Learns a {@link RidgeDenoiser} row by row. Every row x is seen through fresh noise y = x + sigma z at every level, and the weights W of the features phi follow by recursive least
 * squares, the answer of ridge regression on all rows so far:
 * <pre>
 *   P = (ridge I + sum phi phi^T)^-1      k = P phi / (1 + phi . P phi)      W += (target - W phi) k^T      P -= k (P phi)^T
 * </pre>
 * O(levels p^2) a row for p features. The mean and scale of the frame are those of the first rows, which are used for nothing else. Consistent for the best function of these
 * features; that is the posterior mean itself where it is linear, as it is for normal data.
 *
 * <p>References: [1] Vincent (2011), A connection between score matching and denoising autoencoders; [2] Rahimi and Recht (2007). Differs from them: row by row, at several levels.
 */
public final class RidgeLearner implements Learner {

    /**
     * How it learns.
     *
     * @param features random cosines besides one and the place itself
     * @param length of the cosines' kernel, in units of places scaled to variance one a coordinate
     * @param levels noise scales, even on the logarithm
     * @param ridge added to the squares of the features
     * @param burnIn rows for the mean and the scale
     */
    public record Options(int features, double length, int levels, double least, double largest, double ridge, int burnIn) {}

    /*
     * State: rows, mean (d), then up to the burn-in the sum of squares about it, from then on the scale;
     * after the burn-in for every level P (p x p) and W (d x p).
     */
    private static final int MEAN = 1;

    private final String name;
    private final List<String> fields;
    private final Options options;
    private final int d;
    private final RandomFeatures features;
    private final Randomness random;

    public RidgeLearner(String name, List<String> fields, Options options, long seed) {
        this.name = name;
        this.fields = List.copyOf(fields);
        this.options = options;
        this.d = fields.size();
        this.random = Randomness.of(seed, name);
        this.features = RandomFeatures.of(d, options.features(), options.length(), random);
    }

    @Override
    public List<String> fields() { return fields; }

    @Override
    public double[] start() { return new double[MEAN + d + 1]; }

    @Override
    public double[] learn(double[] state, double[] values, Scratch scratch) {
        long row = (long) ++state[0];
        if (row > options.burnIn()) {
            regress(state, values, row, scratch);
            return state;
        }
        for (int j = 0; j < d; j++) {
            double delta = values[j] - state[MEAN + j];
            state[MEAN + j] += delta / row;
            state[MEAN + d] += delta * (values[j] - state[MEAN + j]);
        }
        return row == options.burnIn() ? begun(state) : state;
    }

    /** The frame is known: P = I / ridge, W = 0. */
    private double[] begun(double[] state) {
        int p = features.count();
        double[] longer = Arrays.copyOf(state, MEAN + d + 1 + options.levels() * (p * p + d * p));
        double variance = state[MEAN + d] / (state[0] * d);
        longer[MEAN + d] = variance > 0 ? Math.sqrt(variance) : 1;
        for (int level = 0; level < options.levels(); level++) {
            for (int k = 0; k < p; k++) {
                longer[inverse(level) + k * (p + 1)] = 1 / options.ridge();
            }
        }
        return longer;
    }

    private int inverse(int level) { return MEAN + d + 1 + level * features.count() * (features.count() + d); }

    private int weights(int level) { return inverse(level) + features.count() * features.count(); }

    private double sigma(int level) {
        double share = options.levels() == 1 ? 0 : (double) level / (options.levels() - 1);
        return options.least() * StrictMath.pow(options.largest() / options.least(), share);
    }

    /** One row, a lane for every level. */
    private void regress(double[] state, double[] values, long row, Scratch scratch) {
        int mark = scratch.mark();
        Preconditioning frame = frame(state);
        int stride = Particles.strideOf(options.levels());
        double[] places = scratch.take(d * stride);
        double[] targets = scratch.take(d * stride);
        double[] phi = scratch.take(features.count() * stride);
        double[] noise = scratch.take(d * stride);
        random.normals(row, Purpose.NOISE, 0, noise, 0, d * stride);
        for (int lane = 0; lane < stride; lane++) {
            double sigma = sigma(Math.min(lane, options.levels() - 1));
            Fitting.example(frame, sigma, values, noise, stride, lane, places, targets);
        }
        features.evaluate(places, stride, phi, scratch);
        for (int level = 0; level < options.levels(); level++) {
            update(state, level, phi, targets, stride, scratch);
        }
        scratch.release(mark);
    }

    private void update(double[] state, int level, double[] phi, double[] targets, int stride, Scratch scratch) {
        int mark = scratch.mark();
        LaneMath math = LaneMath.get();
        int p = features.count();
        double[] own = scratch.take(p);
        double[] gain = scratch.take(p);
        for (int k = 0; k < p; k++) {
            own[k] = phi[k * stride + level];
        }
        for (int k = 0; k < p; k++) {
            gain[k] = math.dot(state, inverse(level) + k * p, own, 0, p);
        }
        double shrink = 1 / (1 + math.dot(own, 0, gain, 0, p));
        for (int j = 0; j < d; j++) {
            int at = weights(level) + j * p;
            double error = targets[j * stride + level] - math.dot(state, at, own, 0, p);
            math.axpy(error * shrink, gain, 0, state, at, p);
        }
        for (int k = 0; k < p; k++) {
            math.axpy(-gain[k] * shrink, gain, 0, state, inverse(level) + k * p, p);
        }
        scratch.release(mark);
    }

    private Preconditioning frame(double[] state) {
        return new Preconditioning(Arrays.copyOfRange(state, MEAN, MEAN + d), state[MEAN + d], options.least(), options.largest());
    }

    @Override
    public Optional<Learned> snapshot(double[] state, long version, long eventTime) {
        return denoiser(state).map(denoiser -> denoiser.learned(name, version, eventTime,
                Map.of("method", "ridge regression on random features by recursive least squares", "rows", String.valueOf((long) state[0]))));
    }

    /** As learned so far; none in the burn-in. */
    public Optional<RidgeDenoiser> denoiser(double[] state) {
        if (state[0] <= options.burnIn()) {
            return Optional.empty();
        }
        int length = d * features.count();
        double[] all = new double[options.levels() * length];
        for (int level = 0; level < options.levels(); level++) {
            System.arraycopy(state, weights(level), all, level * length, length);
        }
        return Optional.of(new RidgeDenoiser(frame(state), features, all, options.levels()));
    }
}
