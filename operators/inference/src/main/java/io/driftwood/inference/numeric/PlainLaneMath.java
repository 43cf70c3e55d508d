package io.driftwood.inference.numeric;

/** {@link LaneMath} in scalar code: what runs where the vector module is absent, and the reference of the vector code. */
final class PlainLaneMath implements LaneMath {

    @Override
    public String name() { return "plain"; }

    @Override
    public void exp(double[] in, int inOffset, double[] out, int outOffset, int n) {
        for (int i = 0; i < n; i++) {
            out[outOffset + i] = ScalarExponential.exp(in[inOffset + i]);
        }
    }

    @Override
    public void expm1(double[] in, int inOffset, double[] out, int outOffset, int n) {
        for (int i = 0; i < n; i++) {
            out[outOffset + i] = ScalarExponential.expm1(in[inOffset + i]);
        }
    }

    @Override
    public void log(double[] in, int inOffset, double[] out, int outOffset, int n) {
        for (int i = 0; i < n; i++) {
            out[outOffset + i] = ScalarLogarithm.log(in[inOffset + i]);
        }
    }

    @Override
    public void log1p(double[] in, int inOffset, double[] out, int outOffset, int n) {
        for (int i = 0; i < n; i++) {
            out[outOffset + i] = ScalarLogarithm.log1p(in[inOffset + i]);
        }
    }

    @Override
    public void sigmoid(double[] in, int inOffset, double[] out, int outOffset, int n) {
        for (int i = 0; i < n; i++) {
            out[outOffset + i] = ScalarExponential.sigmoid(in[inOffset + i]);
        }
    }

    @Override
    public void softplus(double[] in, int inOffset, double[] out, int outOffset, int n) {
        for (int i = 0; i < n; i++) {
            out[outOffset + i] = ScalarExponential.softplus(in[inOffset + i]);
        }
    }

    @Override
    public void softplusAndSigmoid(double[] in, int inOffset, double[] softplusOut, int softplusOffset, double[] sigmoidOut, int sigmoidOffset, int n) {
        for (int i = 0; i < n; i++) {
            double x = in[inOffset + i];
            softplusOut[softplusOffset + i] = ScalarExponential.softplus(x);
            sigmoidOut[sigmoidOffset + i] = ScalarExponential.sigmoid(x);
        }
    }

    @Override
    public void sinCos(double[] in, int inOffset, double[] sinOut, int sinOffset, double[] cosOut, int cosOffset, int n) {
        for (int i = 0; i < n; i++) {
            ScalarTrigonometry.sinCos(in[inOffset + i], sinOut, sinOffset + i, cosOut, cosOffset + i);
        }
    }

    @Override
    public void logGamma(double[] in, int inOffset, double[] out, int outOffset, int n) {
        for (int i = 0; i < n; i++) {
            out[outOffset + i] = ScalarLogGamma.logGamma(in[inOffset + i]);
        }
    }

    @Override
    public double sum(double[] a, int offset, int n) { return PlainReductions.sum(a, offset, n); }

    @Override
    public double dot(double[] a, int aOffset, double[] b, int bOffset, int n) {
        return PlainReductions.dot(a, aOffset, b, bOffset, n);
    }

    @Override
    public double weightedSquares(double[] w, int wOffset, double[] a, int aOffset, double centre, int n) {
        return PlainReductions.weightedProducts(w, wOffset, a, aOffset, centre, a, aOffset, centre, n);
    }

    @Override
    public double weightedProducts(double[] w, int wOffset, double[] a, int aOffset, double ca, double[] b, int bOffset, double cb, int n) {
        return PlainReductions.weightedProducts(w, wOffset, a, aOffset, ca, b, bOffset, cb, n);
    }

    @Override
    public double max(double[] a, int offset, int n) { return PlainReductions.max(a, offset, n); }

    @Override
    public double logSumExp(double[] a, int offset, int n) {
        double max = PlainReductions.max(a, offset, n);
        return Double.isInfinite(max) ? max : max + ScalarLogarithm.log(PlainReductions.sumOfExponentials(a, offset, max, n));
    }

    @Override
    public void axpy(double alpha, double[] x, int xOffset, double[] y, int yOffset, int n) {
        PlainColumns.axpy(alpha, x, xOffset, y, yOffset, n);
    }

    @Override
    public void axpby(double alpha, double[] x, int xOffset, double beta, double[] y, int yOffset, int n) {
        PlainColumns.axpby(alpha, x, xOffset, beta, y, yOffset, n);
    }

    @Override
    public void multiplyAdd(double[] x, int xOffset, double[] z, int zOffset, double[] y, int yOffset, int n) {
        PlainColumns.multiplyAdd(x, xOffset, z, zOffset, y, yOffset, n);
    }

    @Override
    public void rowsTimesColumns(double[] rows, int rowOffset, int rowWidth, int rowCount, int d,
            double[] columns, int stride, int lane, int lanes, double[] out) {
        PlainTiles.rowsTimesColumns(rows, rowOffset, rowWidth, rowCount, d, columns, stride, lane, lanes, out);
    }

    @Override
    public void addRowsTransposedTimes(double[] rows, int rowOffset, int rowWidth, int rowCount, int d,
            double[] residuals, double[] columns, int stride, int lane, int lanes) {
        PlainTiles.addRowsTransposedTimes(rows, rowOffset, rowWidth, rowCount, d, residuals, columns, stride, lane, lanes);
    }

    @Override
    public void lowerTimesColumns(double[] lower, int d, double[] in, double[] out, int stride, int lanes) {
        PlainColumns.lowerTimesColumns(lower, d, in, out, stride, lanes);
    }

    @Override
    public void lowerTransposedTimesColumns(double[] lower, int d, double[] in, double[] out, int stride, int lanes) {
        PlainColumns.lowerTransposedTimesColumns(lower, d, in, out, stride, lanes);
    }

    @Override
    public void symmetricProducts(double[] a, double[] b, int d, int stride, int n, double[] partial, double[] out) {
        PlainProducts.symmetricProducts(a, b, d, stride, n, partial, out);
    }

    @Override
    public void addLowerTimesColumns(double factor, double[] lower, int d, double[] in, double[] out, int stride, int lanes, double[] tile) {
        PlainColumns.addLowerTimesColumns(factor, lower, d, in, out, stride, lanes, tile);
    }

    @Override
    public void addLowerTransposedTimesColumns(double factor, double[] lower, int d, double[] in, double[] out, int stride, int lanes, double[] tile) {
        PlainColumns.addLowerTransposedTimesColumns(factor, lower, d, in, out, stride, lanes, tile);
    }

    @Override
    public void addColumnSquares(double[] a, int d, int stride, int lanes, double factor, double[] out) {
        PlainColumns.addColumnSquares(a, d, stride, lanes, factor, out);
    }

    @Override
    public void conditionNormals(double[] variances, double[] means, double[] precision, double[] centre, int count, int stride,
            double[] conditional, double[] within, double[] products, double[] squares) {
        PlainMixtures.conditionNormals(variances, means, precision, centre, count, stride, conditional, within, products, squares);
    }

    @Override
    public void mixtureMoments(double[] weights, int count, int stride, double[] conditional, double[] within, double[] mean, double[] variances) {
        PlainMixtures.mixtureMoments(weights, count, stride, conditional, within, mean, variances);
    }

    @Override
    public void select(double[] chosen, double[] in, int inOffset, double[] out, int outOffset, int n) {
        for (int i = 0; i < n; i++) {
            out[outOffset + i] = chosen[i] != 0 ? in[inOffset + i] : out[outOffset + i];
        }
    }

    @Override
    public void logisticTile(double[] rows, int rowOffset, int rowWidth, int rowCount, double[] eta, int lanes, double[] linear, double[] product) {
        PlainLogisticTile.logisticTile(rows, rowOffset, rowWidth, rowCount, eta, lanes, linear, product);
    }

    @Override
    public void uniforms(int k0, int k1, int c1, int c2, int c3, double[] out, int offset, int n) {
        ScalarPhilox.uniforms(k0, k1, 0, c1, c2, c3, out, offset, n);
    }

    @Override
    public void normals(int k0, int k1, int c1, int c2, int c3, double[] out, int offset, int n) {
        ScalarPhilox.normals(k0, k1, 0, c1, c2, c3, out, offset, n);
    }
}
