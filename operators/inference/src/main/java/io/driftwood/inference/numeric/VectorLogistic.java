package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.DOUBLES;
import static io.driftwood.inference.numeric.Lanes.WIDTH;
import static io.driftwood.inference.numeric.ScalarExponential.*;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/**
 * Softplus and the sigmoid, its derivative, together or alone: {@link ScalarExponential}, operation by operation, on vectors; written
 * out for the reason given in {@link VectorExponential}.
 */
final class VectorLogistic {

    private VectorLogistic() {}

    static int sigmoid(double[] in, int inOffset, double[] out, int outOffset, int length) {
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
            DoubleVector z = r.mul(r).fma(q, r).add(1.0).mul(first).mul(second).blend(0.0, minus.compare(LT, EXP_MIN));
            broadcast(DOUBLES, 1.0).blend(z, x.compare(LT, 0.0)).div(z.add(1.0))
                    .blend(Double.NaN, x.compare(NE, x))
                    .intoArray(out, outOffset + i);
        }
        return i;
    }

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
            DoubleVector z = r.mul(r).fma(q, r).add(1.0).mul(first).mul(second).blend(0.0, minus.compare(LT, EXP_MIN));
            DoubleVector s = z.div(z.add(2.0));
            DoubleVector w = s.mul(s);
            DoubleVector half = z.mul(0.5).mul(z);
            DoubleVector series = w.fma(broadcast(DOUBLES, UNIT_LOG_11), broadcast(DOUBLES, UNIT_LOG_10));
            series = series.fma(w, broadcast(DOUBLES, UNIT_LOG_9));
            series = series.fma(w, broadcast(DOUBLES, UNIT_LOG_8));
            series = series.fma(w, broadcast(DOUBLES, UNIT_LOG_7));
            series = series.fma(w, broadcast(DOUBLES, UNIT_LOG_6));
            series = series.fma(w, broadcast(DOUBLES, UNIT_LOG_5));
            series = series.fma(w, broadcast(DOUBLES, UNIT_LOG_4));
            series = series.fma(w, broadcast(DOUBLES, UNIT_LOG_3));
            series = series.fma(w, broadcast(DOUBLES, UNIT_LOG_2));
            series = series.fma(w, broadcast(DOUBLES, UNIT_LOG_1));
            DoubleVector log = z.sub(s.neg().fma(series.fma(w, half), half));
            DoubleVector softplus = broadcast(DOUBLES, 0.0).blend(x, x.compare(GT, 0.0)).add(log);
            softplus.blend(Double.NaN, x.compare(NE, x)).intoArray(out, outOffset + i);
        }
        return i;
    }

    static int softplusAndSigmoid(double[] in, int inOffset, double[] softplusOut, int softplusOffset, double[] sigmoidOut, int sigmoidOffset,
            int length) {
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
            DoubleVector z = r.mul(r).fma(q, r).add(1.0).mul(first).mul(second).blend(0.0, minus.compare(LT, EXP_MIN));
            DoubleVector s = z.div(z.add(2.0));
            DoubleVector w = s.mul(s);
            DoubleVector half = z.mul(0.5).mul(z);
            DoubleVector series = w.fma(broadcast(DOUBLES, UNIT_LOG_11), broadcast(DOUBLES, UNIT_LOG_10));
            series = series.fma(w, broadcast(DOUBLES, UNIT_LOG_9));
            series = series.fma(w, broadcast(DOUBLES, UNIT_LOG_8));
            series = series.fma(w, broadcast(DOUBLES, UNIT_LOG_7));
            series = series.fma(w, broadcast(DOUBLES, UNIT_LOG_6));
            series = series.fma(w, broadcast(DOUBLES, UNIT_LOG_5));
            series = series.fma(w, broadcast(DOUBLES, UNIT_LOG_4));
            series = series.fma(w, broadcast(DOUBLES, UNIT_LOG_3));
            series = series.fma(w, broadcast(DOUBLES, UNIT_LOG_2));
            series = series.fma(w, broadcast(DOUBLES, UNIT_LOG_1));
            DoubleVector log = z.sub(s.neg().fma(series.fma(w, half), half));
            DoubleVector softplus = broadcast(DOUBLES, 0.0).blend(x, x.compare(GT, 0.0)).add(log);
            DoubleVector sigmoid = broadcast(DOUBLES, 1.0).blend(z, x.compare(LT, 0.0)).div(z.add(1.0));
            VectorMask<Double> invalid = x.compare(NE, x);
            softplus.blend(Double.NaN, invalid).intoArray(softplusOut, softplusOffset + i);
            sigmoid.blend(Double.NaN, invalid).intoArray(sigmoidOut, sigmoidOffset + i);
        }
        return i;
    }
}
