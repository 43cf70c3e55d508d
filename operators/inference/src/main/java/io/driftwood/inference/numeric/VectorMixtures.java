package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.DOUBLES;
import static io.driftwood.inference.numeric.Lanes.WIDTH;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.DoubleVector;

/** {@link PlainMixtures} on vectors of coordinates, with everything between two stores in registers. */
final class VectorMixtures {

    private VectorMixtures() {}

    static void conditionNormals(double[] variances, double[] means, double[] precision, double[] centre, int count, int stride,
            double[] conditional, double[] within, double[] products, double[] squares) {
        DoubleVector one = broadcast(DOUBLES, 1.0);
        for (int k = 0; k < count; k++) {
            int product = k * (stride + 8 >> 4) * 8;
            for (int lane = 0; lane < 8; lane += WIDTH) {
                DoubleVector square = broadcast(DOUBLES, 0.0);
                DoubleVector last = one;
                for (int j = lane; j < stride; j += 8) {
                    int at = k * stride + j;
                    DoubleVector lambda = fromArray(DOUBLES, precision, j);
                    DoubleVector variance = fromArray(DOUBLES, variances, at);
                    DoubleVector mean = fromArray(DOUBLES, means, at);
                    DoubleVector widened = variance.fma(lambda, one);
                    DoubleVector share = one.div(widened);
                    DoubleVector difference = fromArray(DOUBLES, centre, j).sub(mean);
                    DoubleVector pull = lambda.mul(difference).mul(share);
                    variance.mul(share).intoArray(within, at);
                    variance.fma(pull, mean).intoArray(conditional, at);
                    square = j < 8 ? pull.mul(difference) : pull.fma(difference, square);
                    last = (j & 8) == 0 ? widened : last.mul(widened);
                    last.intoArray(products, product + (j >> 4) * 8 + lane);
                }
                square.intoArray(squares, k * 8 + lane);
            }
        }
    }

    static void mixtureMoments(double[] weights, int count, int stride, double[] conditional, double[] within, double[] mean, double[] variances) {
        for (int j = 0; j < stride; j += WIDTH) {
            DoubleVector first = broadcast(DOUBLES, 0.0);
            for (int k = 0; k < count; k++) {
                first = broadcast(DOUBLES, weights[k]).fma(fromArray(DOUBLES, conditional, k * stride + j), first);
            }
            first.intoArray(mean, j);
            DoubleVector second = broadcast(DOUBLES, 0.0);
            for (int k = 0; k < count; k++) {
                DoubleVector between = fromArray(DOUBLES, conditional, k * stride + j).sub(first);
                second = broadcast(DOUBLES, weights[k]).fma(between.fma(between, fromArray(DOUBLES, within, k * stride + j)), second);
            }
            second.intoArray(variances, j);
        }
    }
}
