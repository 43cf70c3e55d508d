package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.all;
import static io.driftwood.inference.numeric.ScalarExponential.LN2_HIGH;
import static io.driftwood.inference.numeric.ScalarExponential.LN2_LOW;
import static io.driftwood.inference.numeric.ScalarExponential.TINY;
import static io.driftwood.inference.numeric.ScalarLogarithm.*;
import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/** {@link ScalarLogarithm}, operation by operation, on vectors. */
final class VectorLogarithm {

    private VectorLogarithm() {}

    static DoubleVector log(DoubleVector x) {
        VectorMask<Double> small = x.compare(LT, Double.MIN_NORMAL);
        DoubleVector exponent = all(0.0).blend(SUBNORMAL_EXPONENT, small);
        DoubleVector value = logCore(x.blend(x.mul(SUBNORMAL_SCALE), small), exponent)
                .blend(Double.POSITIVE_INFINITY, x.compare(EQ, Double.POSITIVE_INFINITY))
                .blend(Double.NEGATIVE_INFINITY, x.compare(EQ, 0.0));
        return all(Double.NaN).blend(value, x.compare(GE, 0.0));
    }

    static DoubleVector logCore(DoubleVector x, DoubleVector exponent) {
        LongVector bits = x.reinterpretAsLongs().add(EXPONENT_SHIFT);
        return ofMantissa(mantissa(bits).sub(1.0), exponent(bits).sub(exponent), all(0.0));
    }

    private static DoubleVector exponent(LongVector bits) {
        return bits.lanewise(LSHR, 52).or(INTEGER_BITS).reinterpretAsDoubles().sub(INTEGER_SHIFT);
    }

    private static DoubleVector mantissa(LongVector bits) {
        return bits.and(MANTISSA).add(START_BITS).reinterpretAsDoubles();
    }

    private static DoubleVector ofMantissa(DoubleVector f, DoubleVector k, DoubleVector correction) {
        DoubleVector s = f.div(f.add(2.0));
        DoubleVector z = s.mul(s);
        DoubleVector half = f.mul(0.5).mul(f);
        DoubleVector series = z.fma(all(LOG_7), all(LOG_6));
        series = series.fma(z, all(LOG_5));
        series = series.fma(z, all(LOG_4));
        series = series.fma(z, all(LOG_3));
        series = series.fma(z, all(LOG_2));
        series = series.fma(z, all(LOG_1));
        DoubleVector low = s.fma(series.fma(z, half), k.fma(all(LN2_LOW), correction));
        return k.fma(all(LN2_HIGH), f.sub(half.sub(low)));
    }

    static DoubleVector log1p(DoubleVector x) {
        DoubleVector one = x.add(1.0);
        DoubleVector back = one.sub(1.0);
        DoubleVector c = all(1.0).sub(one.sub(back)).add(x.sub(back));
        DoubleVector value = log1pCore(x, one, c)
                .blend(x, x.lanewise(ABS).compare(LT, TINY))
                .blend(Double.POSITIVE_INFINITY, x.compare(EQ, Double.POSITIVE_INFINITY))
                .blend(Double.NEGATIVE_INFINITY, x.compare(EQ, -1.0));
        return all(Double.NaN).blend(value, x.compare(GE, -1.0));
    }

    static DoubleVector log1pCore(DoubleVector x, DoubleVector one, DoubleVector c) {
        LongVector bits = one.reinterpretAsLongs().add(EXPONENT_SHIFT);
        DoubleVector k = exponent(bits);
        VectorMask<Double> near = k.compare(EQ, 0.0);
        DoubleVector f = mantissa(bits).sub(1.0).blend(x, near);
        return ofMantissa(f, k, c.div(one).blend(0.0, near));
    }
}
