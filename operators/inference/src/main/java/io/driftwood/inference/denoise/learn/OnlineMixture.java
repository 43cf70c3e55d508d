package io.driftwood.inference.denoise.learn;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.GaussianMixture;
import java.util.Arrays;

/**
 * A mixture of normals learned row by row: with s the statistics of {@link MixtureStatistics} for one row,
 * <pre>
 *   s_t = (1 - gamma_t) s_(t-1) + gamma_t E[s(x_t) | x_t, parameters]      gamma_t = t^-a,   and after the burn-in the parameters that maximise given s_t
 * </pre>
 * During the burn-in the parameters are those of the start, because the statistics of a few rows have no covariance. Converges to a local maximum
 * of the expected log-likelihood for 1/2 &lt; a &lt;= 1; with a = 1 and one component it gives sample mean and covariance. A covariance on the floor stays
 * there until rows come, and a component without rows keeps its parameters: nothing restarts.
 *
 * <p>Reference: [1] Cappe and Moulines (2009), JRSS B 71, 593-613. Differs from [1]: the floor.
 */
public final class OnlineMixture {

    /** Of the gain; [1] recommends 0.6. */
    public static final double DECAY = 0.6;
    /** Rows before the first new parameters, of [1]. */
    public static final int BURN_IN = 20;

    private final Covariances covariances;
    private final double decay;
    private final int burnIn;
    private final MixtureStatistics statistics;
    private GaussianMixture mixture;
    private long rows;

    public OnlineMixture(GaussianMixture start, Covariances covariances) { this(start, covariances, DECAY, BURN_IN); }

    public OnlineMixture(GaussianMixture start, Covariances covariances, double decay, int burnIn) {
        if (!(decay > 0.5 && decay <= 1)) {
            throw new IllegalArgumentException("the gain's decay must be above 1/2 and at most 1, not " + decay);
        }
        this.covariances = covariances;
        this.decay = decay;
        this.burnIn = burnIn;
        this.mixture = start;
        this.statistics = new MixtureStatistics(start.componentCount(), start.reference().mean());
    }

    private OnlineMixture(GaussianMixture mixture, double[] centre, Covariances covariances, double decay, int burnIn) {
        this.covariances = covariances;
        this.decay = decay;
        this.burnIn = burnIn;
        this.mixture = mixture;
        this.statistics = new MixtureStatistics(mixture.componentCount(), centre);
    }

    /** What {@link #write} wrote goes on, with bits that depend on what was written alone. */
    static OnlineMixture read(double[] state, int components, int d, Covariances covariances, double decay, int burnIn) {
        Numbers in = new Numbers(state);
        double rows = in.next();
        double[] weights = in.next(components);
        double[][] means = in.next(components, d);
        double[][] spreads = in.next(components, d * d);
        OnlineMixture learner = new OnlineMixture(MixtureStatistics.mixture(weights, means, spreads, covariances), in.next(d), covariances, decay, burnIn);
        learner.rows = (long) rows;
        in.into(learner.statistics.weight);
        in.into(learner.statistics.first);
        in.into(learner.statistics.second);
        return learner;
    }

    /** Everything there is to know, as numbers in a row. */
    double[] write() {
        int count = mixture.componentCount();
        double[][] parts = new double[2 * count + 6][];
        parts[0] = new double[] {rows};
        parts[1] = mixture.weights();
        for (int k = 0; k < count; k++) {
            parts[2 + k] = mixture.mean(k);
            parts[2 + count + k] = mixture.covariance(k);
        }
        parts[2 + 2 * count] = statistics.centre;
        parts[3 + 2 * count] = statistics.weight;
        parts[4 + 2 * count] = statistics.first;
        parts[5 + 2 * count] = statistics.second;
        return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
    }

    /** Takes up one row. A row with a number that is not finite is left out. */
    public void update(double[] row, Scratch scratch) {
        int mark = scratch.mark();
        Particles one = new Particles(1, row.length, scratch.take(row.length * Particles.strideOf(1)));
        double sum = 0;
        for (int j = 0; j < row.length; j++) {
            one.set(j, 0, row[j]);
            sum += row[j] - row[j];
        }
        if (sum == 0) {
            one.pad();
            take(one, scratch);
        }
        scratch.release(mark);
    }

    private void take(Particles one, Scratch scratch) {
        double[] r = scratch.take(mixture.componentCount() * one.stride);
        double[] logDensity = scratch.take(one.stride);
        mixture.responsibilities(one, 0, r, logDensity, scratch);
        rows++;
        double gain = StrictMath.pow(rows, -decay);
        statistics.scale(1 - gain);
        statistics.add(one, r, gain);
        if (rows > burnIn && statistics.floor() > 0) {
            mixture = statistics.maximise(mixture, covariances).mixture();
        }
    }

    /** As learned so far. */
    public GaussianMixture mixture() { return mixture; }

    /** Taken up so far. */
    public long rows() { return rows; }
}
