package io.driftwood.inference.denoise.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.numeric.ColumnProducts;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import org.junit.jupiter.api.Test;

class PerceptronTest {

    private final Scratch scratch = new Scratch();

    private static double[] normals(int length, int iteration) {
        double[] out = new double[length];
        Randomness.of(81, "numbers").normals(0, Purpose.USER, iteration, out, 0, length);
        return out;
    }

    /** The products against sums written out, at sizes that fill no tile. */
    @Test
    void products_areThoseOfMatrices() {
        int rows = 37;
        int width = 11;
        int stride = 72;
        double[] matrix = normals(3 + rows * width, 1);
        double[] in = normals(width * stride, 2);
        double[] back = normals(rows * stride, 3);
        double[] out = new double[rows * stride];
        double[] transposed = new double[width * stride];
        double[] outer = new double[3 + rows * width];
        ColumnProducts.times(matrix, 3, rows, width, in, out, stride, scratch);
        ColumnProducts.addTransposedTimes(matrix, 3, rows, width, back, transposed, stride, scratch);
        ColumnProducts.addOuter(back, rows, in, width, stride, outer, 3, scratch);
        for (int r = 0; r < rows; r++) {
            for (int lane = 0; lane < stride; lane++) {
                double sum = 0;
                for (int j = 0; j < width; j++) {
                    sum += matrix[3 + r * width + j] * in[j * stride + lane];
                }
                assertThat(out[r * stride + lane]).isCloseTo(sum, within(1e-12));
            }
        }
        for (int j = 0; j < width; j++) {
            for (int lane = 0; lane < stride; lane++) {
                double sum = 0;
                for (int r = 0; r < rows; r++) {
                    sum += matrix[3 + r * width + j] * back[r * stride + lane];
                }
                assertThat(transposed[j * stride + lane]).isCloseTo(sum, within(1e-12));
            }
            for (int r = 0; r < rows; r++) {
                double sum = 0;
                for (int lane = 0; lane < stride; lane++) {
                    sum += back[r * stride + lane] * in[j * stride + lane];
                }
                assertThat(outer[3 + r * width + j]).isCloseTo(sum, within(1e-12));
            }
        }
    }

    /** Of sum over lanes and outputs of g F, along every parameter: central differences to 1e-6 of the largest derivative. */
    @Test
    void gradient_isThatOfDifferences() {
        Perceptron perceptron = new Perceptron(5, 3, 6, 2);
        int stride = 16;
        double[] parameters = normals(perceptron.parameters(), 4);
        double[] u = normals(5 * stride, 5);
        double[] g = normals(3 * stride, 6);
        double[] tape = new double[perceptron.tape(stride)];
        double[] out = new double[3 * stride];
        double[] gradient = new double[parameters.length];
        perceptron.forward(parameters, u, stride, tape, out, scratch);
        perceptron.addGradient(parameters, u, stride, tape, g, gradient, scratch);
        double h = 1e-5;
        double largest = 0;
        double worst = 0;
        for (int k = 0; k < parameters.length; k++) {
            double kept = parameters[k];
            parameters[k] = kept + h;
            double up = value(perceptron, parameters, u, g, stride);
            parameters[k] = kept - h;
            double down = value(perceptron, parameters, u, g, stride);
            parameters[k] = kept;
            worst = Math.max(worst, Math.abs((up - down) / (2 * h) - gradient[k]));
            largest = Math.max(largest, Math.abs(gradient[k]));
        }
        assertThat(worst / largest).isLessThan(1e-8);
    }

    private double value(Perceptron perceptron, double[] parameters, double[] u, double[] g, int stride) {
        double[] out = new double[3 * stride];
        perceptron.forward(parameters, u, stride, new double[perceptron.tape(stride)], out, scratch);
        double sum = 0;
        for (int k = 0; k < out.length; k++) {
            sum += g[k] * out[k];
        }
        return sum;
    }
}
