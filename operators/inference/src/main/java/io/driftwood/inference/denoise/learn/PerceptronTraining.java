package io.driftwood.inference.denoise.learn;

import io.driftwood.inference.denoise.function.Perceptron;
import io.driftwood.inference.denoise.function.PerceptronDenoiser;
import io.driftwood.inference.denoise.function.Preconditioning;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.variational.Adam;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Trains a {@link PerceptronDenoiser} by denoising score matching: at every step a batch of rows is drawn with replacement, each is seen through fresh noise of a scale drawn evenly on
 * the logarithm, and Adam lowers
 * <pre>   mean over batch and coordinates of (F(c_in (y - m), sigma) - (x - m - c_skip (y - m)) / c_out)^2   </pre>
 * whose minimum over all functions is the posterior mean. The rate falls along half a cosine; what is kept is the running mean of the parameters. A function of rows, options and
 * randomness, the same on every machine.
 *
 * <p>References: [1] Vincent (2011), A connection between score matching and denoising autoencoders; [2] Karras et al. (2022), for frame and weights. Differs from
 * [2]: noise scales are log-uniform.
 *
 * @param batch rows of a step
 * @param rate of Adam at first
 */
public record PerceptronTraining(int width, int blocks, int batch, int steps, double rate, double least, double largest) {

    /** Share of the running mean that a step keeps, when there have been many. */
    private static final double KEPT = 0.998;
    private static final double LONGEST_GRADIENT = 1;

    /** @param losses of every step, on its own batch */
    public record Result(PerceptronDenoiser denoiser, double[] losses) {}

    /** @param told the number of every step that is done */
    public Result train(Particles rows, Randomness random, IntConsumer told) {
        Preconditioning frame = frame(rows);
        Perceptron perceptron = new Perceptron(PerceptronDenoiser.inputs(rows.dimension), rows.dimension, width, blocks);
        double[] parameters = start(perceptron, random);
        double[] averaged = parameters.clone();
        double[] uphill = new double[parameters.length];
        double[] losses = new double[steps];
        Adam adam = new Adam(parameters.length, LONGEST_GRADIENT);
        Batch examples = new Batch(rows, frame, perceptron.inputs());
        Scratch scratch = new Scratch();
        for (int t = 0; t < steps; t++) {
            examples.draw(random, 1 + t, scratch);
            losses[t] = gradient(perceptron, parameters, examples, uphill, scratch);
            LaneMath.get().axpby(0, uphill, 0, -1, uphill, 0, uphill.length);
            adam.climb(parameters, uphill, rate * 0.5 * (1 + StrictMath.cos(Math.PI * t / steps)));
            double kept = Math.min(KEPT, (1.0 + t) / (10 + t));
            LaneMath.get().axpby(1 - kept, parameters, 0, kept, averaged, 0, averaged.length);
            told.accept(t + 1);
        }
        return new Result(new PerceptronDenoiser(frame, perceptron, averaged), losses);
    }

    private Preconditioning frame(Particles rows) {
        double[] mean = new double[rows.dimension];
        double variance = 0;
        for (int j = 0; j < rows.dimension; j++) {
            mean[j] = LaneMath.get().sum(rows.values, j * rows.stride, rows.size) / rows.size;
            for (int i = 0; i < rows.size; i++) {
                variance += (rows.get(j, i) - mean[j]) * (rows.get(j, i) - mean[j]) / rows.size / rows.dimension;
            }
        }
        return new Preconditioning(mean, variance > 0 ? Math.sqrt(variance) : 1, least, largest);
    }

    /** Normal matrices that keep the variance; zero where a block ends and at the outputs, so that all begins with x-hat = m + c_skip (y - m). */
    private static double[] start(Perceptron perceptron, Randomness random) {
        double[] parameters = new double[perceptron.parameters()];
        normal(parameters, 0, perceptron.width() * perceptron.inputs(), Math.sqrt(1.0 / perceptron.inputs()), random, 0);
        for (int k = 0; k < perceptron.blocks(); k++) {
            normal(parameters, perceptron.block(k), perceptron.width() * perceptron.width(), Math.sqrt(2.0 / perceptron.width()), random, k + 1);
        }
        return parameters;
    }

    private static void normal(double[] parameters, int offset, int length, double sd, Randomness random, int iteration) {
        random.normals(0, Purpose.START, iteration, parameters, offset, length);
        for (int k = offset; k < offset + length; k++) {
            parameters[k] *= sd;
        }
    }

    /** The loss of a batch, and its gradient. */
    static double gradient(Perceptron perceptron, double[] parameters, Batch examples, double[] gradient, Scratch scratch) {
        int mark = scratch.mark();
        int length = perceptron.outputs() * examples.stride;
        double[] tape = scratch.take(perceptron.tape(examples.stride));
        double[] error = scratch.take(length);
        perceptron.forward(parameters, examples.inputs, examples.stride, tape, error, scratch);
        LaneMath.get().axpy(-1, examples.targets, 0, error, 0, length);
        double loss = LaneMath.get().dot(error, 0, error, 0, length) / length;
        LaneMath.get().axpby(0, error, 0, 2.0 / length, error, 0, length);
        Arrays.fill(gradient, 0);
        perceptron.addGradient(parameters, examples.inputs, examples.stride, tape, error, gradient, scratch);
        scratch.release(mark);
        return loss;
    }

    /** Rows seen through noise, a lane each; as many as fill whole blocks of lanes. */
    final class Batch {

        final int stride = Particles.strideOf(batch);
        final double[] inputs;
        final double[] targets;
        private final Particles rows;
        private final Preconditioning frame;
        private final double[] row;

        Batch(Particles rows, Preconditioning frame, int width) {
            this.rows = rows;
            this.frame = frame;
            this.row = new double[rows.dimension];
            this.inputs = new double[width * stride];
            this.targets = new double[rows.dimension * stride];
        }

        void draw(Randomness random, long step, Scratch scratch) {
            int mark = scratch.mark();
            double[] uniforms = scratch.take(2 * stride);
            double[] noise = scratch.take(rows.dimension * stride);
            random.uniforms(step, Purpose.BATCH, 0, uniforms, 0, 2 * stride);
            random.normals(step, Purpose.NOISE, 0, noise, 0, rows.dimension * stride);
            for (int lane = 0; lane < stride; lane++) {
                int drawn = Math.min(rows.size - 1, (int) (uniforms[lane] * rows.size));
                for (int j = 0; j < row.length; j++) {
                    row[j] = rows.get(j, drawn);
                }
                double sigma = least * StrictMath.exp(uniforms[stride + lane] * StrictMath.log(largest / least));
                Fitting.example(frame, sigma, row, noise, stride, lane, inputs, targets);
                PerceptronDenoiser.waves(frame.place(sigma * sigma), row.length, stride, lane, inputs);
            }
            scratch.release(mark);
        }
    }
}
