package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.all;
import static io.driftwood.inference.numeric.ScalarExponential.*;
import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/** {@link ScalarExponential}, operation by operation, on vectors. */
final class VectorExponential {

    private VectorExponential() {}

    static DoubleVector exp(DoubleVector x) {
        return inRange(x)
                .blend(Double.POSITIVE_INFINITY, x.compare(GT, EXP_MAX))
                .blend(0.0, x.compare(LT, EXP_MIN))
                .blend(Double.NaN, x.compare(NE, x));
    }

    private static DoubleVector inRange(DoubleVector x) {
        DoubleVector shifted = x.fma(all(LOG2_E), all(ROUNDER));
        DoubleVector n = shifted.sub(ROUNDER);
        DoubleVector r = n.fma(all(-LN2_LOW), n.fma(all(-LN2_HIGH), x));
        DoubleVector value = r.mul(r).fma(q(r), r).add(1.0);
        LongVector bits = shifted.reinterpretAsLongs();
        LongVector halfBits = n.fma(all(0.5), all(ROUNDER)).reinterpretAsLongs();
        DoubleVector first = power(halfBits);
        DoubleVector second = power(bits.sub(halfBits));
        return value.mul(first).mul(second);
    }

    /** 2^n for n in the low bits. */
    private static DoubleVector power(LongVector n) {
        return n.lanewise(LSHL, MANTISSA_BITS).add(ONE_BITS).reinterpretAsDoubles();
    }

    private static DoubleVector q(DoubleVector r) {
        DoubleVector q = r.fma(all(EXP_9), all(EXP_8));
        q = q.fma(r, all(EXP_7));
        q = q.fma(r, all(EXP_6));
        q = q.fma(r, all(EXP_5));
        q = q.fma(r, all(EXP_4));
        q = q.fma(r, all(EXP_3));
        q = q.fma(r, all(EXP_2));
        q = q.fma(r, all(EXP_1));
        return q.fma(r, all(EXP_0));
    }

    static DoubleVector expm1(DoubleVector x) {
        DoubleVector shifted = x.fma(all(LOG2_E), all(ROUNDER));
        DoubleVector n = shifted.sub(ROUNDER);
        DoubleVector high = n.fma(all(-LN2_HIGH), x);
        DoubleVector r = n.fma(all(-LN2_LOW), high);
        DoubleVector c = n.fma(all(-LN2_LOW), high.sub(r));
        DoubleVector rest = r.mul(r).fma(q(r), c.fma(r, c));
        DoubleVector half = power(shifted.reinterpretAsLongs().sub(1));
        return half.fma(rest, half.fma(r, half.sub(0.5))).mul(2.0)
                .blend(x, x.lanewise(ABS).compare(LT, TINY))
                .blend(Double.POSITIVE_INFINITY, x.compare(GT, EXP_MAX))
                .blend(-1.0, x.compare(LT, EXPM1_MIN))
                .blend(Double.NaN, x.compare(NE, x));
    }

    static DoubleVector sigmoid(DoubleVector x) {
        DoubleVector z = expOfMinus(x.lanewise(ABS));
        return all(1.0).blend(z, x.compare(LT, 0.0)).div(z.add(1.0)).blend(Double.NaN, x.compare(NE, x));
    }

    static DoubleVector softplus(DoubleVector x) {
        DoubleVector z = expOfMinus(x.lanewise(ABS));
        DoubleVector one = z.add(1.0);
        return all(0.0).blend(x, x.compare(GT, 0.0))
                .add(VectorLogarithm.log1pCore(z, one, z.sub(one.sub(1.0))))
                .blend(Double.NaN, x.compare(NE, x));
    }

    private static DoubleVector expOfMinus(DoubleVector a) {
        return inRange(a.neg()).blend(0.0, a.compare(GT, -EXP_MIN));
    }

    static DoubleVector expOrZero(DoubleVector x, double shift) {
        DoubleVector value = exp(x.sub(shift));
        return value.blend(0.0, value.compare(NE, value));
    }
}
