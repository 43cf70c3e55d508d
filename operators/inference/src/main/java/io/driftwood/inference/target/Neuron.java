package io.driftwood.inference.target;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.catalogue.Table;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.Arrays;

/**
 * The weights of one neuron under a Gibbs law that rewards agreement with residuals r_i at inputs x_i:
 * <pre>
 *   log p(w) = log N(w | 0, sd^2 I) + gain sum_i r_i psi(w . x_i),      psi = tanh or logistic
 * </pre>
 * Not log-concave. With auxiliary xi_i | w ~ N(w . x_i, 1/rho) the law of w given xi is log-concave once rho is at least {@link #couplingPrecision}.
 * The normaliser is unknown. Cost O(N n d).
 *
 * <p>Reference: [1] McDonald and Barron (2024), log-concave coupling for sampling neural net posteriors.
 */
public final class Neuron implements Target, Problem {

    static final Option[] OPTIONS = {
        Option.required("data", Shape.table(), "One row for each observation: the inputs, and last the residual."),
        Option.withDefault("gain", Shape.positive(), 1.0, "How much agreement with the residuals counts."),
        Option.withDefault("activation", Shape.choice("tanh", "logistic"), "tanh", "What the neuron makes of its input."),
        Option.withDefault("prior-sd", Shape.positive(), 1.0, "Prior standard deviation of every weight."),
    };

    /** Inputs row-major. */
    private final double[] inputs;
    private final double[] residuals;
    private final int dimension;
    private final double gain;
    private final double sd;
    /** psi(e) = height * sigmoid(steepness * e) - shift. */
    private final double steepness;
    private final double height;
    private final double shift;

    private Neuron(double[][] data, double gain, boolean tanh, double sd) {
        this.dimension = data[0].length - 1;
        this.inputs = new double[data.length * dimension];
        this.residuals = new double[data.length];
        for (int r = 0; r < data.length; r++) {
            System.arraycopy(data[r], 0, inputs, r * dimension, dimension);
            residuals[r] = data[r][dimension];
        }
        this.gain = gain;
        this.sd = sd;
        // tanh(e) = 2 sigmoid(2e) - 1
        this.steepness = tanh ? 2 : 1;
        this.height = tanh ? 2 : 1;
        this.shift = tanh ? 1 : 0;
    }

    static Neuron build(Settings settings) {
        double[][] data = GaussianOptions.finite(settings, "data");
        if (data[0].length < 2) {
            throw settings.problem("data", "needs at least one input and the residual");
        }
        return new Neuron(data, settings.number("gain"), settings.text("activation").equals("tanh"), settings.number("prior-sd"));
    }

    /** gain max|r_i| sup|psi''|; the largest slope of a slope is height steepness^2 / (6 sqrt 3). */
    public double couplingPrecision() {
        double largest = Arrays.stream(residuals).map(Math::abs).max().orElse(0);
        return gain * largest * height * steepness * steepness / (6 * Math.sqrt(3));
    }

    /** The inputs as a table, one row for each observation: the linear map of the coupling. */
    public Table inputs() {
        double[][] rows = new double[residuals.length][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = Arrays.copyOfRange(inputs, r * dimension, (r + 1) * dimension);
        }
        return Table.of(rows);
    }

    @Override
    public Neuron target() { return this; }

    @Override
    public int dimension() { return dimension; }

    /** The prior. */
    @Override
    public GaussianTarget reference() {
        double[] sds = new double[dimension];
        Arrays.fill(sds, sd);
        return GaussianTarget.independent(new double[dimension], sds);
    }

    @Override
    public void evaluate(Particles w, double[] logDensity, double[] score, Scratch scratch) {
        LaneMath math = LaneMath.get();
        int mark = scratch.mark();
        double[] activation = scratch.take(w.stride);
        Arrays.fill(logDensity, 0, w.stride, -dimension * StrictMath.log(sd * Math.sqrt(2 * Math.PI)));
        math.addColumnSquares(w.values, dimension, w.stride, w.stride, -0.5 / (sd * sd), logDensity);
        for (int k = 0; score != null && k < w.length(); k++) {
            score[k] = -w.values[k] / (sd * sd);
        }
        for (int r = 0; r < residuals.length; r++) {
            sigmoids(r, w, activation);
            double factor = gain * residuals[r];
            for (int i = 0; i < w.stride; i++) {
                double a = activation[i];
                logDensity[i] += factor * (height * a - shift);
                activation[i] = factor * height * steepness * a * (1 - a);
            }
            if (score != null) {
                math.addRowsTransposedTimes(inputs, r * dimension, dimension, 1, dimension, activation, score, w.stride, 0, w.stride);
            }
        }
        scratch.release(mark);
    }

    /** sigmoid(steepness w . x_r). */
    private void sigmoids(int r, Particles w, double[] out) {
        LaneMath.get().rowsTimesColumns(inputs, r * dimension, dimension, 1, dimension, w.values, w.stride, 0, w.stride, out);
        for (int i = 0; i < w.stride; i++) {
            out[i] *= steepness;
        }
        LaneMath.get().sigmoid(out, 0, out, 0, w.stride);
    }

    /** psi'' = height steepness^2 a (1 - a) (1 - 2a), a the sigmoid. */
    @Override
    public void hessianVector(Particles w, double[] v, double[] out, Scratch scratch) {
        LaneMath math = LaneMath.get();
        int mark = scratch.mark();
        double[] activation = scratch.take(w.stride);
        double[] along = scratch.take(w.stride);
        for (int k = 0; k < w.length(); k++) {
            out[k] = -v[k] / (sd * sd);
        }
        for (int r = 0; r < residuals.length; r++) {
            sigmoids(r, w, activation);
            math.rowsTimesColumns(inputs, r * dimension, dimension, 1, dimension, v, w.stride, 0, w.stride, along);
            double factor = gain * residuals[r] * height * steepness * steepness;
            for (int i = 0; i < w.stride; i++) {
                double a = activation[i];
                along[i] *= factor * a * (1 - a) * (1 - 2 * a);
            }
            math.addRowsTransposedTimes(inputs, r * dimension, dimension, 1, dimension, along, out, w.stride, 0, w.stride);
        }
        scratch.release(mark);
    }
}
