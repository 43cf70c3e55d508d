package io.driftwood.inference.denoise.stream;

import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.ParameterSpace;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianMixture;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.TSampler;
import org.hipparchus.special.Gamma;

/**
 * Measurements with outliers, for particles: x ~ a mixture of normals, y_j = x_j + s_j t_nu. With r = y_j - x_j,
 * <pre>
 *   log p(y_j | x) = log Gamma((nu+1)/2) - log Gamma(nu/2) - (1/2) log(nu pi) - log s_j - (nu+1)/2 log(1 + r^2 / (nu s_j^2))
 *   d/dx_j = (nu+1) r / (nu s_j^2 + r^2)      d2/dx_j2 = (nu+1) (r^2 - nu s_j^2) / (nu s_j^2 + r^2)^2
 * </pre>
 * A row is (y_1..y_d, s_1..s_d); a missing coordinate has y = 0 and s = 0 and weighs nothing.
 */
final class RobustModel implements Model {

    private final GaussianMixture prior;
    private final MeasurementFields fields;
    private final double degreesOfFreedom;
    private final double logConstant;
    private final int d;
    private final ParameterSpace space;

    RobustModel(GaussianMixture prior, MeasurementFields fields, double degreesOfFreedom) {
        this.prior = prior;
        this.fields = fields;
        this.degreesOfFreedom = degreesOfFreedom;
        this.d = prior.dimension();
        this.logConstant = Gamma.logGamma(0.5 * (degreesOfFreedom + 1)) - Gamma.logGamma(0.5 * degreesOfFreedom)
                - 0.5 * StrictMath.log(degreesOfFreedom * Math.PI);
        this.space = Unknowns.space(Unknowns.coordinates(d));
    }

    @Override
    public ParameterSpace parameters() { return space; }

    @Override
    public List<String> fields() { return fields.all(); }

    @Override
    public int rowWidth() { return 2 * d; }

    /** Only what {@link RobustPosterior} has let in comes here. */
    @Override
    public void encode(double[] values, double[] row) {
        boolean any = false;
        for (int j = 0; j < d; j++) {
            any |= !Double.isNaN(values[j]);
        }
        for (int j = 0; j < d; j++) {
            boolean missing = Double.isNaN(values[j]);
            row[j] = missing && any ? 0 : values[j];
            row[d + j] = missing ? 0 : fields.scale(values, j);
        }
    }

    @Override
    public void samplePrior(Particles theta, Randomness random, long step, Scratch scratch) {
        prior.exactSampler().orElseThrow().sample(theta, random, step, 0, scratch);
    }

    @Override
    public void addLogPrior(Particles theta, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        double[] own = scratch.take(theta.stride);
        double[] slope = score == null ? null : scratch.take(theta.length());
        prior.evaluate(theta, 0, own, slope, scratch);
        add(own, logDensity, theta.stride);
        if (score != null) {
            add(slope, score, theta.length());
        }
        scratch.release(mark);
    }

    private static void add(double[] from, double[] to, int n) {
        for (int i = 0; i < n; i++) {
            to[i] += from[i];
        }
    }

    @Override
    public void addLogLikelihood(Particles theta, Rows rows, int from, int to, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        double[] logs = scratch.take(theta.stride);
        for (int r = from; r < to; r++) {
            for (int j = 0; j < d; j++) {
                double scale = rows.values[r * 2 * d + d + j];
                if (rows.weights[r] != 0 && scale > 0) {
                    addCoordinate(theta, j, rows.values[r * 2 * d + j], scale, rows.weights[r], logDensity, score, logs);
                }
            }
        }
        scratch.release(mark);
    }

    private void addCoordinate(Particles theta, int j, double y, double scale, double weight, double[] logDensity, double[] score, double[] logs) {
        double wide = degreesOfFreedom * scale * scale;
        int column = j * theta.stride;
        for (int i = 0; i < theta.stride; i++) {
            double away = y - theta.values[column + i];
            logs[i] = away * away / wide;
        }
        LaneMath.get().log1p(logs, 0, logs, 0, theta.stride);
        double constant = weight * (logConstant - StrictMath.log(scale));
        double factor = -0.5 * weight * (degreesOfFreedom + 1);
        for (int i = 0; i < theta.stride; i++) {
            logDensity[i] += Math.fma(factor, logs[i], constant);
        }
        for (int i = 0; score != null && i < theta.stride; i++) {
            double away = y - theta.values[column + i];
            score[column + i] += weight * (degreesOfFreedom + 1) * away / Math.fma(away, away, wide);
        }
    }

    @Override
    public void addPriorHessianVector(Particles theta, double[] v, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        double[] own = scratch.take(theta.length());
        prior.hessianVector(theta, 0, v, own, scratch);
        add(own, out, theta.length());
        scratch.release(mark);
    }

    @Override
    public void addLikelihoodHessianVector(Particles theta, double[] v, Rows rows, int from, int to, double[] out, Scratch scratch) {
        for (int r = from; r < to; r++) {
            for (int j = 0; j < d; j++) {
                double y = rows.values[r * 2 * d + j];
                double scale = rows.values[r * 2 * d + d + j];
                double wide = degreesOfFreedom * scale * scale;
                for (int at = j * theta.stride; scale > 0 && at < (j + 1) * theta.stride; at++) {
                    double square = (y - theta.values[at]) * (y - theta.values[at]);
                    double total = square + wide;
                    out[at] += rows.weights[r] * (degreesOfFreedom + 1) * (square - wide) / (total * total) * v[at];
                }
            }
        }
    }

    @Override
    public void predictMean(Particles theta, double[] values, double[] out, Scratch scratch) {
        System.arraycopy(theta.values, 0, out, 0, theta.stride);
    }

    @Override
    public void simulate(Particles theta, int particle, double[] values, Randomness random, long step, int iteration) {
        UniformRandomProvider source = random.provider(step, Purpose.SIMULATE, iteration);
        TSampler t = TSampler.of(source, degreesOfFreedom);
        for (int j = 0; j < d; j++) {
            values[j] = theta.get(j, particle) + fields.scale(values, j) * t.sample();
        }
    }
}
