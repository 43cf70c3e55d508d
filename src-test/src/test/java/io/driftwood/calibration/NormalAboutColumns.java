package io.driftwood.calibration;

import io.driftwood.inference.model.Block;
import io.driftwood.inference.model.Blocks;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.ParameterSpace;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Blocks of parameters, each unconstrained column z_j seen through y_j ~ N(z_j, 1): the plainest likelihood over any prior and
 * bijector, so that what is calibrated is them.
 */
final class NormalAboutColumns implements Model {

    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    private final Blocks blocks;

    NormalAboutColumns(List<Block> blocks) { this.blocks = new Blocks(blocks); }

    private int dimension() { return blocks.space().dimension(); }

    @Override
    public ParameterSpace parameters() { return blocks.space(); }

    @Override
    public List<String> fields() { return IntStream.rangeClosed(1, dimension()).mapToObj(j -> "y" + j).toList(); }

    @Override
    public int rowWidth() { return dimension(); }

    @Override
    public void encode(double[] values, double[] row) { System.arraycopy(values, 0, row, 0, values.length); }

    @Override
    public boolean hasProperPrior() { return blocks.hasProperPrior(); }

    @Override
    public void samplePrior(Particles theta, Randomness random, long step, Scratch scratch) { blocks.samplePrior(theta, random, step, scratch); }

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
        for (int r = from; r < to; r++) {
            for (int j = 0; j < theta.dimension; j++) {
                for (int i = 0; i < theta.stride; i++) {
                    double away = rows.values[r * rows.width + j] - theta.values[j * theta.stride + i];
                    logDensity[i] -= rows.weights[r] * (HALF_LOG_TWO_PI + 0.5 * away * away);
                    if (score != null) {
                        score[j * theta.stride + i] += rows.weights[r] * away;
                    }
                }
            }
        }
    }

    @Override
    public void addLikelihoodHessianVector(Particles theta, double[] v, Rows rows, int from, int to, double[] out, Scratch scratch) {
        for (int r = from; r < to; r++) {
            for (int k = 0; k < theta.length(); k++) {
                out[k] -= rows.weights[r] * v[k];
            }
        }
    }

    @Override
    public void predictMean(Particles theta, double[] values, double[] out, Scratch scratch) {
        System.arraycopy(theta.values, 0, out, 0, theta.stride);
    }

    @Override
    public void simulate(Particles theta, int particle, double[] values, Randomness random, long step, int iteration) {
        random.normals(step, Purpose.SIMULATE, iteration, values, 0, values.length);
        for (int j = 0; j < values.length; j++) {
            values[j] += theta.get(j, particle);
        }
    }
}
