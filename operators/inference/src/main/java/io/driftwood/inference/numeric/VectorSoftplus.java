package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.DOUBLES;
import static io.driftwood.inference.numeric.Lanes.WIDTH;
import static io.driftwood.inference.numeric.ScalarExponential.*;
import static io.driftwood.inference.numeric.ScalarLogarithm.*;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/** {@link ScalarExponential#softplus}, operation by operation, on vectors; written out for the reason given in {@link VectorExponential}. */
final class VectorSoftplus {

    private VectorSoftplus() {}

    static int softplus(double[] in, int inOffset, double[] out, int outOffset, int length) {
        int i = 0;
        for (; i + WIDTH <= length; i += WIDTH) {
            DoubleVector x = fromArray(DOUBLES, in, inOffset + i);
            DoubleVector minus = x.lanewise(ABS).neg();
            DoubleVector shifted = minus.fma(broadcast(DOUBLES, LOG2_E), broadcast(DOUBLES, ROUNDER));
            DoubleVector n = shifted.sub(ROUNDER);
            DoubleVector r = n.fma(broadcast(DOUBLES, -LN2_LOW), n.fma(broadcast(DOUBLES, -LN2_HIGH), minus));
            DoubleVector q = r.fma(broadcast(DOUBLES, EXP_9), broadcast(DOUBLES, EXP_8));
            q = q.fma(r, broadcast(DOUBLES, EXP_7));
            q = q.fma(r, broadcast(DOUBLES, EXP_6));
            q = q.fma(r, broadcast(DOUBLES, EXP_5));
            q = q.fma(r, broadcast(DOUBLES, EXP_4));
            q = q.fma(r, broadcast(DOUBLES, EXP_3));
            q = q.fma(r, broadcast(DOUBLES, EXP_2));
            q = q.fma(r, broadcast(DOUBLES, EXP_1));
            q = q.fma(r, broadcast(DOUBLES, EXP_0));
            LongVector bits = shifted.reinterpretAsLongs();
            LongVector halfBits = n.fma(broadcast(DOUBLES, 0.5), broadcast(DOUBLES, ROUNDER)).reinterpretAsLongs();
            DoubleVector first = halfBits.lanewise(LSHL, MANTISSA_BITS).add(ONE_BITS).reinterpretAsDoubles();
            DoubleVector second = bits.sub(halfBits).lanewise(LSHL, MANTISSA_BITS).add(ONE_BITS).reinterpretAsDoubles();
            DoubleVector exponential = r.mul(r).fma(q, r).add(1.0).mul(first).mul(second).blend(0.0, minus.compare(LT, EXP_MIN));
            // log(1 + exponential)
            DoubleVector one = exponential.add(1.0);
            DoubleVector c = exponential.sub(one.sub(1.0));
            LongVector oneBits = one.reinterpretAsLongs().add(EXPONENT_SHIFT);
            DoubleVector k = oneBits.lanewise(LSHR, MANTISSA_BITS).or(INTEGER_BITS).reinterpretAsDoubles().sub(INTEGER_SHIFT);
            VectorMask<Double> near = k.compare(EQ, 0.0);
            DoubleVector f = oneBits.and(MANTISSA).add(START_BITS).reinterpretAsDoubles().sub(1.0).blend(exponential, near);
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
            broadcast(DOUBLES, 0.0).blend(x, x.compare(GT, 0.0))
                    .add(k.fma(broadcast(DOUBLES, LN2_HIGH), f.sub(half.sub(low))))
                    .blend(Double.NaN, x.compare(NE, x))
                    .intoArray(out, outOffset + i);
        }
        return i;
    }
}
