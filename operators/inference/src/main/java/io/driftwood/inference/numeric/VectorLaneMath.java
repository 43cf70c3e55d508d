package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.DOUBLES;
import static io.driftwood.inference.numeric.Lanes.WIDTH;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.DoubleVector;

/**
 * {@link LaneMath} in vectors of the machine's preferred width; the last n mod width elements run through the scalar kernels of
 * {@link PlainLaneMath}. Loaded by name from {@link LaneMathHolder}, so that a JVM without the vector module never links it; see
 * {@link VectorProfiles} for what happens then.
 */
final class VectorLaneMath implements LaneMath {

    static {
        VectorProfiles.mix(new VectorLaneMath());
    }

    @Override
    public String name() { return "vector (" + DOUBLES.vectorBitSize() + " bit)"; }

    @Override
    public void exp(double[] in, int inOffset, double[] out, int outOffset, int n) {
        for (int i = VectorExponential.exp(in, inOffset, out, outOffset, n); i < n; i++) {
            out[outOffset + i] = ScalarExponential.exp(in[inOffset + i]);
        }
    }

    @Override
    public void expm1(double[] in, int inOffset, double[] out, int outOffset, int n) {
        for (int i = VectorExponential.expm1(in, inOffset, out, outOffset, n); i < n; i++) {
            out[outOffset + i] = ScalarExponential.expm1(in[inOffset + i]);
        }
    }

    @Override
    public void log(double[] in, int inOffset, double[] out, int outOffset, int n) {
        for (int i = VectorLogarithm.log(in, inOffset, out, outOffset, n); i < n; i++) {
            out[outOffset + i] = ScalarLogarithm.log(in[inOffset + i]);
        }
    }

    @Override
    public void log1p(double[] in, int inOffset, double[] out, int outOffset, int n) {
        for (int i = VectorLogarithm.log1p(in, inOffset, out, outOffset, n); i < n; i++) {
            out[outOffset + i] = ScalarLogarithm.log1p(in[inOffset + i]);
        }
    }

    @Override
    public void sigmoid(double[] in, int inOffset, double[] out, int outOffset, int n) {
        for (int i = VectorLogistic.sigmoid(in, inOffset, out, outOffset, n); i < n; i++) {
            out[outOffset + i] = ScalarExponential.sigmoid(in[inOffset + i]);
        }
    }

    @Override
    public void softplus(double[] in, int inOffset, double[] out, int outOffset, int n) {
        for (int i = VectorLogistic.softplus(in, inOffset, out, outOffset, n); i < n; i++) {
            out[outOffset + i] = ScalarExponential.softplus(in[inOffset + i]);
        }
    }

    @Override
    public void softplusAndSigmoid(double[] in, int inOffset, double[] softplusOut, int softplusOffset, double[] sigmoidOut, int sigmoidOffset, int n) {
        int done = VectorLogistic.softplusAndSigmoid(in, inOffset, softplusOut, softplusOffset, sigmoidOut, sigmoidOffset, n);
        for (int i = done; i < n; i++) {
            double x = in[inOffset + i];
            softplusOut[softplusOffset + i] = ScalarExponential.softplus(x);
            sigmoidOut[sigmoidOffset + i] = ScalarExponential.sigmoid(x);
        }
    }

    @Override
    public void sinCos(double[] in, int inOffset, double[] sinOut, int sinOffset, double[] cosOut, int cosOffset, int n) {
        for (int i = VectorTrigonometry.sinCos(in, inOffset, sinOut, sinOffset, cosOut, cosOffset, n); i < n; i++) {
            ScalarTrigonometry.sinCos(in[inOffset + i], sinOut, sinOffset + i, cosOut, cosOffset + i);
        }
    }

    @Override
    public void logGamma(double[] in, int inOffset, double[] out, int outOffset, int n) {
        for (int i = VectorLogGamma.logGamma(in, inOffset, out, outOffset, n); i < n; i++) {
            out[outOffset + i] = ScalarLogGamma.logGamma(in[inOffset + i]);
        }
    }

    @Override
    public double sum(double[] a, int offset, int n) { return VectorReductions.sum(a, offset, n); }

    @Override
    public double dot(double[] a, int aOffset, double[] b, int bOffset, int n) {
        return VectorReductions.dot(a, aOffset, b, bOffset, n);
    }

    @Override
    public double weightedSquares(double[] w, int wOffset, double[] a, int aOffset, double centre, int n) {
        return VectorReductions.weightedProducts(w, wOffset, a, aOffset, centre, a, aOffset, centre, n);
    }

    @Override
    public double weightedProducts(double[] w, int wOffset, double[] a, int aOffset, double ca, double[] b, int bOffset, double cb, int n) {
        return VectorReductions.weightedProducts(w, wOffset, a, aOffset, ca, b, bOffset, cb, n);
    }

    @Override
    public double max(double[] a, int offset, int n) { return VectorReductions.max(a, offset, n); }

    @Override
    public double logSumExp(double[] a, int offset, int n) {
        double max = VectorReductions.max(a, offset, n);
        return Double.isInfinite(max) ? max : max + ScalarLogarithm.log(VectorReductions.sumOfExponentials(a, offset, max, n));
    }

    @Override
    public void axpy(double alpha, double[] x, int xOffset, double[] y, int yOffset, int n) {
        DoubleVector factor = broadcast(DOUBLES, alpha);
        int i = 0;
        for (; i + WIDTH <= n; i += WIDTH) {
            factor.fma(fromArray(DOUBLES, x, xOffset + i), fromArray(DOUBLES, y, yOffset + i)).intoArray(y, yOffset + i);
        }
        PlainColumns.axpy(alpha, x, xOffset + i, y, yOffset + i, n - i);
    }

    @Override
    public void axpby(double alpha, double[] x, int xOffset, double beta, double[] y, int yOffset, int n) {
        DoubleVector factor = broadcast(DOUBLES, alpha);
        int i = 0;
        for (; i + WIDTH <= n; i += WIDTH) {
            factor.fma(fromArray(DOUBLES, x, xOffset + i), fromArray(DOUBLES, y, yOffset + i).mul(beta)).intoArray(y, yOffset + i);
        }
        PlainColumns.axpby(alpha, x, xOffset + i, beta, y, yOffset + i, n - i);
    }

    @Override
    public void multiplyAdd(double[] x, int xOffset, double[] z, int zOffset, double[] y, int yOffset, int n) {
        int i = 0;
        for (; i + WIDTH <= n; i += WIDTH) {
            fromArray(DOUBLES, x, xOffset + i).fma(fromArray(DOUBLES, z, zOffset + i), fromArray(DOUBLES, y, yOffset + i)).intoArray(y, yOffset + i);
        }
        PlainColumns.multiplyAdd(x, xOffset + i, z, zOffset + i, y, yOffset + i, n - i);
    }

    @Override
    public void rowsTimesColumns(double[] rows, int rowOffset, int rowWidth, int rowCount, int d,
            double[] columns, int stride, int lane, int lanes, double[] out) {
        VectorRows.rowsTimesColumns(rows, rowOffset, rowWidth, rowCount, d, columns, stride, lane, lanes, out);
    }

    @Override
    public void addRowsTransposedTimes(double[] rows, int rowOffset, int rowWidth, int rowCount, int d,
            double[] residuals, double[] columns, int stride, int lane, int lanes) {
        VectorScores.addRowsTransposedTimes(rows, rowOffset, rowWidth, rowCount, d, residuals, columns, stride, lane, lanes);
    }

    @Override
    public void lowerTimesColumns(double[] lower, int d, double[] in, double[] out, int stride, int lanes) {
        VectorTriangles.lowerTimesColumns(lower, d, in, out, stride, lanes);
    }

    @Override
    public void lowerTransposedTimesColumns(double[] lower, int d, double[] in, double[] out, int stride, int lanes) {
        VectorTriangles.lowerTransposedTimesColumns(lower, d, in, out, stride, lanes);
    }

    @Override
    public void symmetricProducts(double[] a, double[] b, int d, int stride, int n, double[] partial, double[] out) {
        VectorProducts.symmetricProducts(a, b, d, stride, n, partial, out);
    }

    @Override
    public void addLowerTimesColumns(double factor, double[] lower, int d, double[] in, double[] out, int stride, int lanes, double[] tile) {
        VectorTriangleSums.addLowerTimesColumns(factor, lower, d, in, out, stride, lanes, tile);
    }

    @Override
    public void addLowerTransposedTimesColumns(double factor, double[] lower, int d, double[] in, double[] out, int stride, int lanes, double[] tile) {
        VectorTriangleSums.addLowerTransposedTimesColumns(factor, lower, d, in, out, stride, lanes, tile);
    }

    @Override
    public void addColumnSquares(double[] a, int d, int stride, int lanes, double factor, double[] out) {
        for (int l = 0; l < lanes; l += WIDTH) {
            DoubleVector squares = broadcast(DOUBLES, 0.0);
            for (int j = 0; j < d; j++) {
                DoubleVector x = fromArray(DOUBLES, a, j * stride + l);
                squares = x.fma(x, squares);
            }
            broadcast(DOUBLES, factor).fma(squares, fromArray(DOUBLES, out, l)).intoArray(out, l);
        }
    }

    @Override
    public void conditionNormals(double[] variances, double[] means, double[] precision, double[] centre, int count, int stride,
            double[] conditional, double[] within, double[] products, double[] squares) {
        VectorMixtures.conditionNormals(variances, means, precision, centre, count, stride, conditional, within, products, squares);
    }

    @Override
    public void mixtureMoments(double[] weights, int count, int stride, double[] conditional, double[] within, double[] mean, double[] variances) {
        VectorMixtures.mixtureMoments(weights, count, stride, conditional, within, mean, variances);
    }

    @Override
    public void select(double[] chosen, double[] in, int inOffset, double[] out, int outOffset, int n) {
        int i = 0;
        for (; i + WIDTH <= n; i += WIDTH) {
            fromArray(DOUBLES, out, outOffset + i).blend(fromArray(DOUBLES, in, inOffset + i), fromArray(DOUBLES, chosen, i).compare(NE, 0.0)).intoArray(out, outOffset + i);
        }
        for (; i < n; i++) {
            out[outOffset + i] = chosen[i] != 0.0 ? in[inOffset + i] : out[outOffset + i];
        }
    }

    @Override
    public void logisticTile(double[] rows, int rowOffset, int rowWidth, int rowCount, double[] eta, int lanes, double[] linear, double[] product) {
        VectorLogisticTile.logisticTile(rows, rowOffset, rowWidth, rowCount, eta, lanes, linear, product);
    }

    @Override
    public void uniforms(int k0, int k1, int c1, int c2, int c3, double[] out, int offset, int n) {
        VectorPhilox.uniforms(k0, k1, c1, c2, c3, out, offset, n);
    }

    @Override
    public void normals(int k0, int k1, int c1, int c2, int c3, double[] out, int offset, int n) {
        VectorPhilox.normals(k0, k1, c1, c2, c3, out, offset, n);
    }
}
