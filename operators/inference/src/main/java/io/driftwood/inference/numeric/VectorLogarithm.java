package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.DOUBLES;
import static io.driftwood.inference.numeric.Lanes.WIDTH;
import static io.driftwood.inference.numeric.ScalarExponential.LN2_HIGH;
import static io.driftwood.inference.numeric.ScalarExponential.LN2_LOW;
import static io.driftwood.inference.numeric.ScalarExponential.MANTISSA_BITS;
import static io.driftwood.inference.numeric.ScalarExponential.TINY;
import static io.driftwood.inference.numeric.ScalarLogarithm.*;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/** {@link ScalarLogarithm}, operation by operation, on vectors; written out for the reason given in {@link VectorExponential}. */
final class VectorLogarithm {

    private VectorLogarithm() {}

    static int log(double[] in, int inOffset, double[] out, int outOffset, int length) {
        int i = 0;
        for (; i + WIDTH <= length; i += WIDTH) {
            DoubleVector x = fromArray(DOUBLES, in, inOffset + i);
            VectorMask<Double> small = x.compare(LT, Double.MIN_NORMAL);
            DoubleVector exponent = broadcast(DOUBLES, 0.0).blend(SUBNORMAL_EXPONENT, small);
            LongVector bits = x.blend(x.mul(SUBNORMAL_SCALE), small).reinterpretAsLongs().add(EXPONENT_SHIFT);
            DoubleVector k = bits.lanewise(LSHR, MANTISSA_BITS).or(INTEGER_BITS).reinterpretAsDoubles().sub(INTEGER_SHIFT).sub(exponent);
            DoubleVector f = bits.and(MANTISSA).add(START_BITS).reinterpretAsDoubles().sub(1.0);
            DoubleVector s = f.div(f.add(2.0));
            DoubleVector z = s.mul(s);
            DoubleVector half = f.mul(0.5).mul(f);
            DoubleVector series = z.fma(broadcast(DOUBLES, LOG_7), broadcast(DOUBLES, LOG_6));
            series = series.fma(z, broadcast(DOUBLES, LOG_5));
            series = series.fma(z, broadcast(DOUBLES, LOG_4));
            series = series.fma(z, broadcast(DOUBLES, LOG_3));
            series = series.fma(z, broadcast(DOUBLES, LOG_2));
            series = series.fma(z, broadcast(DOUBLES, LOG_1));
            DoubleVector low = s.fma(series.fma(z, half), k.mul(LN2_LOW));
            DoubleVector value = k.fma(broadcast(DOUBLES, LN2_HIGH), f.sub(half.sub(low)))
                    .blend(Double.POSITIVE_INFINITY, x.compare(EQ, Double.POSITIVE_INFINITY))
                    .blend(Double.NEGATIVE_INFINITY, x.compare(EQ, 0.0));
            broadcast(DOUBLES, Double.NaN).blend(value, x.compare(GE, 0.0)).intoArray(out, outOffset + i);
        }
        return i;
    }

    static int log1p(double[] in, int inOffset, double[] out, int outOffset, int length) {
        int i = 0;
        for (; i + WIDTH <= length; i += WIDTH) {
            DoubleVector x = fromArray(DOUBLES, in, inOffset + i);
            DoubleVector one = x.add(1.0);
            DoubleVector back = one.sub(1.0);
            DoubleVector c = broadcast(DOUBLES, 1.0).sub(one.sub(back)).add(x.sub(back));
            LongVector oneBits = one.reinterpretAsLongs().add(EXPONENT_SHIFT);
            DoubleVector k = oneBits.lanewise(LSHR, MANTISSA_BITS).or(INTEGER_BITS).reinterpretAsDoubles().sub(INTEGER_SHIFT);
            VectorMask<Double> near = k.compare(EQ, 0.0);
            DoubleVector f = oneBits.and(MANTISSA).add(START_BITS).reinterpretAsDoubles().sub(1.0).blend(x, near);
            DoubleVector correction = c.div(one).blend(0.0, near);
            DoubleVector s = f.div(f.add(2.0));
            DoubleVector z = s.mul(s);
            DoubleVector half = f.mul(0.5).mul(f);
            DoubleVector series = z.fma(broadcast(DOUBLES, LOG_7), broadcast(DOUBLES, LOG_6));
            series = series.fma(z, broadcast(DOUBLES, LOG_5));
            series = series.fma(z, broadcast(DOUBLES, LOG_4));
            series = series.fma(z, broadcast(DOUBLES, LOG_3));
            series = series.fma(z, broadcast(DOUBLES, LOG_2));
            series = series.fma(z, broadcast(DOUBLES, LOG_1));
            DoubleVector low = s.fma(series.fma(z, half), k.fma(broadcast(DOUBLES, LN2_LOW), correction));
            DoubleVector value = k.fma(broadcast(DOUBLES, LN2_HIGH), f.sub(half.sub(low)))
                    .blend(x, x.lanewise(ABS).compare(LT, TINY))
                    .blend(Double.POSITIVE_INFINITY, x.compare(EQ, Double.POSITIVE_INFINITY))
                    .blend(Double.NEGATIVE_INFINITY, x.compare(EQ, -1.0));
            broadcast(DOUBLES, Double.NaN).blend(value, x.compare(GE, -1.0)).intoArray(out, outOffset + i);
        }
        return i;
    }
}
