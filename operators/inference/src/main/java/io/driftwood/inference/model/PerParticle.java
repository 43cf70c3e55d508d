package io.driftwood.inference.model;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import java.util.List;

/**
 * A {@link ParticleModel} as a {@link Model}: parameters are constrained for the whole population at once, the user's code runs
 * particle by particle and row by row, and its gradient by the parameters is pulled back through the bijectors.
 *
 * <p>Hessian-vector products are central differences of scores along v, h = eps^(1/3) (1 + |z|)/|v| for each particle; so is the
 * score, column by column, of a model that gives no gradient.
 */
public final class PerParticle implements Model {

    private static final double ROOT = Math.cbrt(Math.ulp(1.0));

    private final ParticleModel model;
    private final Blocks blocks;
    private final List<String> fields;
    private final int parameterCount;

    public PerParticle(ParticleModel model) {
        this.model = model;
        this.blocks = new Blocks(model.parameters());
        this.fields = List.copyOf(model.fields());
        this.parameterCount = blocks.space().parameters().size();
    }

    @Override
    public ParameterSpace parameters() { return blocks.space(); }

    @Override
    public List<String> fields() { return fields; }

    @Override
    public int rowWidth() { return fields.size(); }

    @Override
    public void encode(double[] values, double[] row) { System.arraycopy(values, 0, row, 0, fields.size()); }

    @Override
    public boolean hasProperPrior() { return blocks.hasProperPrior(); }

    @Override
    public void samplePrior(Particles theta, Randomness random, long step, Scratch scratch) {
        blocks.samplePrior(theta, random, step, scratch);
    }

    @Override
    public void addLogPrior(Particles theta, double[] logDensity, double[] score, Scratch scratch) {
        blocks.addLogPrior(theta, logDensity, score, scratch);
    }

    @Override
    public void addPriorHessianVector(Particles theta, double[] v, double[] out, Scratch scratch) {
        blocks.addPriorHessianVector(theta, v, out, scratch);
    }

    @Override
    public void addLogLikelihood(Particles theta, Rows rows, int from, int to, double[] logDensity, double[] score, Scratch scratch) {
        addDensities(theta, rows, from, to, logDensity, scratch);
        if (score != null && !addScores(theta, rows, from, to, score, scratch)) {
            addDifferences(theta, rows, from, to, score, scratch);
        }
    }

    private void addDensities(Particles theta, Rows rows, int from, int to, double[] logDensity, Scratch scratch) {
        double[] one = new double[parameterCount];
        double[] row = new double[rows.width];
        int mark = scratch.mark();
        double[] people = scratch.take(parameterCount * theta.stride);
        blocks.space().constrain(theta, people, scratch);
        for (int i = 0; i < theta.stride; i++) {
            particle(people, theta.stride, i, one);
            double sum = 0;
            for (int r = from; r < to; r++) {
                if (rows.weights[r] != 0) {
                    System.arraycopy(rows.values, r * rows.width, row, 0, rows.width);
                    sum += rows.weights[r] * model.logLikelihood(one, row);
                }
            }
            logDensity[i] += sum;
        }
        scratch.release(mark);
    }

    /** Whether the model gave its gradient; when not, nothing was added. */
    private boolean addScores(Particles theta, Rows rows, int from, int to, double[] score, Scratch scratch) {
        int stride = theta.stride;
        double[] one = new double[parameterCount];
        double[] slope = new double[parameterCount];
        double[] row = new double[rows.width];
        int mark = scratch.mark();
        double[] people = scratch.take(parameterCount * stride);
        double[] gradient = scratch.take(parameterCount * stride);
        Arrays.fill(gradient, 0, parameterCount * stride, 0.0);
        blocks.space().constrain(theta, people, scratch);
        for (int i = 0; i < stride; i++) {
            particle(people, stride, i, one);
            for (int r = from; r < to; r++) {
                double weight = rows.weights[r];
                if (weight == 0) {
                    continue;
                }
                System.arraycopy(rows.values, r * rows.width, row, 0, rows.width);
                if (!model.gradient(one, row, slope)) {
                    scratch.release(mark);
                    return false;
                }
                for (int k = 0; k < parameterCount; k++) {
                    gradient[k * stride + i] += weight * slope[k];
                }
            }
        }
        blocks.space().addPullBack(theta, gradient, score, scratch);
        scratch.release(mark);
        return true;
    }

    private static void particle(double[] people, int stride, int i, double[] one) {
        for (int k = 0; k < one.length; k++) {
            one[k] = people[k * stride + i];
        }
    }

    private void addDifferences(Particles theta, Rows rows, int from, int to, double[] score, Scratch scratch) {
        int stride = theta.stride;
        int mark = scratch.mark();
        Particles moved = new Particles(theta.size, theta.dimension, scratch.take(theta.length()));
        double[] up = scratch.take(stride);
        double[] down = scratch.take(stride);
        moved.copyFrom(theta);
        for (int column = 0; column < theta.length(); column += stride) {
            for (int i = 0; i < stride; i++) {
                moved.values[column + i] = theta.values[column + i] + step(theta.values[column + i]);
            }
            Arrays.fill(up, 0, stride, 0.0);
            addDensities(moved, rows, from, to, up, scratch);
            for (int i = 0; i < stride; i++) {
                moved.values[column + i] = theta.values[column + i] - step(theta.values[column + i]);
            }
            Arrays.fill(down, 0, stride, 0.0);
            addDensities(moved, rows, from, to, down, scratch);
            for (int i = 0; i < stride; i++) {
                double z = theta.values[column + i];
                score[column + i] += (up[i] - down[i]) / ((z + step(z)) - (z - step(z)));
                moved.values[column + i] = z;
            }
        }
        scratch.release(mark);
    }

    private static double step(double z) { return ROOT * (1 + Math.abs(z)); }

    @Override
    public void addLikelihoodHessianVector(Particles theta, double[] v, Rows rows, int from, int to, double[] out, Scratch scratch) {
        int stride = theta.stride;
        int length = theta.length();
        int mark = scratch.mark();
        double[] h = scratch.take(stride);
        stepsAlong(theta, v, h);
        double[] ignored = scratch.take(stride);
        double[] up = scratch.take(length);
        double[] down = scratch.take(length);
        Particles moved = new Particles(theta.size, theta.dimension, scratch.take(length));
        Arrays.fill(up, 0, length, 0.0);
        move(theta, v, h, 1, moved);
        addLogLikelihood(moved, rows, from, to, ignored, up, scratch);
        Arrays.fill(down, 0, length, 0.0);
        move(theta, v, h, -1, moved);
        addLogLikelihood(moved, rows, from, to, ignored, down, scratch);
        for (int k = 0; k < length; k++) {
            double step = h[k % stride];
            out[k] += step == 0 ? 0 : (up[k] - down[k]) / (2 * step);
        }
        scratch.release(mark);
    }

    /** h = eps^(1/3) (1 + |z|)/|v| for every particle; 0 where v is 0. */
    private static void stepsAlong(Particles theta, double[] v, double[] h) {
        for (int i = 0; i < theta.stride; i++) {
            double z = 0;
            double length = 0;
            for (int k = i; k < theta.length(); k += theta.stride) {
                z += theta.values[k] * theta.values[k];
                length += v[k] * v[k];
            }
            h[i] = length > 0 ? ROOT * (1 + Math.sqrt(z)) / Math.sqrt(length) : 0;
        }
    }

    private static void move(Particles theta, double[] v, double[] h, int sign, Particles moved) {
        for (int k = 0; k < theta.length(); k++) {
            moved.values[k] = theta.values[k] + sign * h[k % theta.stride] * v[k];
        }
    }

    @Override
    public void predictMean(Particles theta, double[] values, double[] out, Scratch scratch) {
        double[] one = new double[parameterCount];
        int mark = scratch.mark();
        double[] people = scratch.take(parameterCount * theta.stride);
        blocks.space().constrain(theta, people, scratch);
        for (int i = 0; i < theta.stride; i++) {
            particle(people, theta.stride, i, one);
            out[i] = model.mean(one, values);
        }
        scratch.release(mark);
    }

    @Override
    public void simulate(Particles theta, int particle, double[] values, Randomness random, long step, int iteration) {
        double[] z = new double[theta.dimension];
        for (int j = 0; j < z.length; j++) {
            z[j] = theta.get(j, particle);
        }
        double[] one = new double[parameterCount];
        blocks.space().constrain(z, one);
        values[0] = model.simulate(one, values, random.provider(step, Purpose.SIMULATE, iteration));
    }

    @Override
    public void simulateCovariates(double[] values, Randomness random, long step) {
        model.simulateCovariates(values, random.provider(step, Purpose.SIMULATE, Integer.MAX_VALUE));
    }
}
