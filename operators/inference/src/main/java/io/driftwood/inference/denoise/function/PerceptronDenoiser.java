package io.driftwood.inference.denoise.function;

import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.numeric.Scratch;
import java.util.Map;
import java.util.TreeMap;

/**
 * A posterior mean by a {@link Perceptron}, of the place and of waves of the noise's place t in [-1, 1]: t, cos(pi k t/2), sin(pi k t/2) for k = 1..3.
 *
 * @see io.driftwood.inference.denoise.learn.PerceptronTraining
 */
public final class PerceptronDenoiser extends FittedDenoiser {

    public static final String TYPE = "perceptron-denoiser";

    private static final int WAVES = 3;

    private final Perceptron perceptron;
    private final double[] parameters;

    public PerceptronDenoiser(Preconditioning frame, Perceptron perceptron, double[] parameters) {
        super(frame);
        if (perceptron.inputs() != inputs(frame.dimension()) || perceptron.outputs() != frame.dimension() || parameters.length != perceptron.parameters()) {
            throw new IllegalArgumentException("a perceptron of " + perceptron + " with " + parameters.length + " parameters for " + frame.dimension() + " coordinates");
        }
        this.perceptron = perceptron;
        this.parameters = parameters;
    }

    /** Of the perceptron for d coordinates. */
    public static int inputs(int dimension) { return dimension + 1 + 2 * WAVES; }

    /** The waves of one lane, behind its d coordinates. */
    public static void waves(double place, int dimension, int stride, int lane, double[] inputs) {
        int column = dimension;
        inputs[column++ * stride + lane] = place;
        for (int k = 1; k <= WAVES; k++) {
            inputs[column++ * stride + lane] = StrictMath.cos(0.5 * Math.PI * k * place);
            inputs[column++ * stride + lane] = StrictMath.sin(0.5 * Math.PI * k * place);
        }
    }

    @Override
    int inputs() { return perceptron.inputs(); }

    @Override
    void apply(double[] inputs, double place, int stride, double[] outputs, Scratch scratch) {
        int mark = scratch.mark();
        waves(place, dimension(), stride, 0, inputs);
        for (int column = dimension(); column < perceptron.inputs(); column++) {
            java.util.Arrays.fill(inputs, column * stride, (column + 1) * stride, inputs[column * stride]);
        }
        perceptron.forward(parameters, inputs, stride, scratch.take(perceptron.tape(stride)), outputs, scratch);
        scratch.release(mark);
    }

    @Override
    public Learned learned(String name, long version, long eventTime, Map<String, String> labels) {
        Map<String, double[]> arrays = new TreeMap<>();
        frame().write(arrays);
        arrays.put("width", new double[] {perceptron.width()});
        arrays.put("blocks", new double[] {perceptron.blocks()});
        arrays.put("parameters", parameters);
        return Learned.of(name, TYPE, version, eventTime, labels, arrays);
    }

    static PerceptronDenoiser of(Learned learned) {
        learned.require(TYPE);
        Preconditioning frame = Preconditioning.read(learned);
        Perceptron perceptron = new Perceptron(inputs(frame.dimension()), frame.dimension(), learned.count("width"), learned.count("blocks"));
        return new PerceptronDenoiser(frame, perceptron, learned.array("parameters", perceptron.parameters()));
    }
}
