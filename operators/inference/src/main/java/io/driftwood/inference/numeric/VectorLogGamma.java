package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.all;
import static io.driftwood.inference.numeric.ScalarLogGamma.*;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/** {@link ScalarLogGamma}, operation by operation, on vectors. */
final class VectorLogGamma {

    private VectorLogGamma() {}

    static DoubleVector logGamma(DoubleVector x) {
        VectorMask<Double> large = x.compare(GE, STIRLING);
        VectorMask<Double> belowThreeHalves = x.compare(LT, 1.5);
        VectorMask<Double> belowHalf = x.compare(LT, 0.5);

        DoubleVector product = all(1.0);
        DoubleVector e = x.sub(2.0);
        for (int step = 1; step <= STEPS; step++) {
            VectorMask<Double> more = x.compare(GE, step + 1.5);
            product = product.blend(product.mul(x.sub(step)), more);
            e = e.blend(x.sub(step + 2), more);
        }
        product = product.blend(x, belowThreeHalves).blend(x.fma(x, x), belowHalf);
        e = e.blend(x.sub(1.0), belowThreeHalves).blend(x, belowHalf);

        DoubleVector log = VectorLogarithm.log(product.blend(x, large));
        DoubleVector small = e.fma(p(e), log.blend(log.neg(), belowThreeHalves));
        DoubleVector value = small.blend(x.sub(0.5).fma(log.sub(1.0), stirling(all(1.0).div(x))), large);
        return all(Double.NaN).blend(value, x.compare(GT, 0.0));
    }

    private static DoubleVector stirling(DoubleVector y) {
        DoubleVector z = y.mul(y);
        DoubleVector series = z.fma(all(STIRLING_6), all(STIRLING_5));
        series = series.fma(z, all(STIRLING_4));
        series = series.fma(z, all(STIRLING_3));
        series = series.fma(z, all(STIRLING_2));
        series = series.fma(z, all(STIRLING_1));
        return series.fma(y, all(STIRLING_0));
    }

    private static DoubleVector p(DoubleVector e) {
        DoubleVector p = e.fma(all(GAMMA_17), all(GAMMA_16));
        p = p.fma(e, all(GAMMA_15));
        p = p.fma(e, all(GAMMA_14));
        p = p.fma(e, all(GAMMA_13));
        p = p.fma(e, all(GAMMA_12));
        p = p.fma(e, all(GAMMA_11));
        p = p.fma(e, all(GAMMA_10));
        p = p.fma(e, all(GAMMA_9));
        p = p.fma(e, all(GAMMA_8));
        p = p.fma(e, all(GAMMA_7));
        p = p.fma(e, all(GAMMA_6));
        p = p.fma(e, all(GAMMA_5));
        p = p.fma(e, all(GAMMA_4));
        p = p.fma(e, all(GAMMA_3));
        p = p.fma(e, all(GAMMA_2));
        p = p.fma(e, all(GAMMA_1));
        return p.fma(e, all(GAMMA_0));
    }
}
