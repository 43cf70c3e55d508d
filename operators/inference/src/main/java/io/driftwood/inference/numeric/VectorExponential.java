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

/**
 * {@link ScalarExponential}, operation by operation, on vectors. Each method handles whole vectors and returns how many elements it did.
 *
 * <p>The range reduction and the polynomial are written out in each method, against the habit of this code base, because of how
 * HotSpot inlines: a helper that takes or returns a vector, and that it has compiled by itself to more than 2500 bytes or meets after
 * 18,000 nodes (some 35 vector operations), becomes a call, and every vector that crosses it a heap object. Methods that call nothing but the
 * Vector API are always inlined whole. The same law holds for all {@code Vector...} classes here.
 */
final class VectorExponential {

    private VectorExponential() {}

    static int exp(double[] in, int inOffset, double[] out, int outOffset, int length) {
        int i = 0;
        for (; i + WIDTH <= length; i += WIDTH) {
            DoubleVector x = fromArray(DOUBLES, in, inOffset + i);
            DoubleVector shifted = x.fma(broadcast(DOUBLES, LOG2_E), broadcast(DOUBLES, ROUNDER));
            DoubleVector n = shifted.sub(ROUNDER);
            DoubleVector r = n.fma(broadcast(DOUBLES, -LN2_LOW), n.fma(broadcast(DOUBLES, -LN2_HIGH), x));
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
            r.mul(r).fma(q, r).add(1.0).mul(first).mul(second)
                    .blend(Double.POSITIVE_INFINITY, x.compare(GT, EXP_MAX))
                    .blend(0.0, x.compare(LT, EXP_MIN))
                    .blend(Double.NaN, x.compare(NE, x))
                    .intoArray(out, outOffset + i);
        }
        return i;
    }

    static int expm1(double[] in, int inOffset, double[] out, int outOffset, int length) {
        int i = 0;
        for (; i + WIDTH <= length; i += WIDTH) {
            DoubleVector x = fromArray(DOUBLES, in, inOffset + i);
            DoubleVector shifted = x.fma(broadcast(DOUBLES, LOG2_E), broadcast(DOUBLES, ROUNDER));
            DoubleVector n = shifted.sub(ROUNDER);
            DoubleVector high = n.fma(broadcast(DOUBLES, -LN2_HIGH), x);
            DoubleVector r = n.fma(broadcast(DOUBLES, -LN2_LOW), high);
            DoubleVector c = n.fma(broadcast(DOUBLES, -LN2_LOW), high.sub(r));
            DoubleVector q = r.fma(broadcast(DOUBLES, EXP_9), broadcast(DOUBLES, EXP_8));
            q = q.fma(r, broadcast(DOUBLES, EXP_7));
            q = q.fma(r, broadcast(DOUBLES, EXP_6));
            q = q.fma(r, broadcast(DOUBLES, EXP_5));
            q = q.fma(r, broadcast(DOUBLES, EXP_4));
            q = q.fma(r, broadcast(DOUBLES, EXP_3));
            q = q.fma(r, broadcast(DOUBLES, EXP_2));
            q = q.fma(r, broadcast(DOUBLES, EXP_1));
            q = q.fma(r, broadcast(DOUBLES, EXP_0));
            DoubleVector rest = r.mul(r).fma(q, c.fma(r, c));
            DoubleVector half = shifted.reinterpretAsLongs().sub(1).lanewise(LSHL, MANTISSA_BITS).add(ONE_BITS).reinterpretAsDoubles();
            half.fma(rest, half.fma(r, half.sub(0.5))).mul(2.0)
                    .blend(x, x.lanewise(ABS).compare(LT, TINY))
                    .blend(Double.POSITIVE_INFINITY, x.compare(GT, EXP_MAX))
                    .blend(-1.0, x.compare(LT, EXPM1_MIN))
                    .blend(Double.NaN, x.compare(NE, x))
                    .intoArray(out, outOffset + i);
        }
        return i;
    }
}
