package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.DOUBLES;
import static io.driftwood.inference.numeric.Lanes.WIDTH;
import static io.driftwood.inference.numeric.PlainLogisticTile.LOWEST;
import static io.driftwood.inference.numeric.ScalarExponential.*;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/** {@link PlainLogisticTile}, operation by operation, on vectors: a lane's sum and product stay in registers down its rows. */
final class VectorLogisticTile {

    /** The bits of -|x|, this added, are in the order of |x| as signed numbers up to infinity, and what is not a number comes before all. */
    private static final long NAN_LAST = Long.MAX_VALUE - Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY);
    private static final long LOWEST_SHIFTED = Double.doubleToRawLongBits(LOWEST) + NAN_LAST;

    private VectorLogisticTile() {}

    static void logisticTile(double[] rows, int rowOffset, int rowWidth, int rowCount, double[] eta, int lanes,
            double[] linear, double[] product) {
        for (int l = 0; l < lanes; l += WIDTH) {
            DoubleVector sum = broadcast(DOUBLES, 0.0);
            DoubleVector factors = broadcast(DOUBLES, 1.0);
            int at = l;
            for (int row = rowOffset; row < rowOffset + rowCount * rowWidth; row += rowWidth, at += lanes) {
                DoubleVector y = broadcast(DOUBLES, rows[row]);
                DoubleVector x = fromArray(DOUBLES, eta, at);
                LongVector bits = x.reinterpretAsLongs();
                LongVector negative = bits.or(Long.MIN_VALUE);
                DoubleVector a = negative.add(NAN_LAST).min(LOWEST_SHIFTED).sub(NAN_LAST).reinterpretAsDoubles();
                DoubleVector shifted = a.fma(broadcast(DOUBLES, LOG2_E), broadcast(DOUBLES, ROUNDER));
                DoubleVector n = shifted.sub(ROUNDER);
                DoubleVector r = n.fma(broadcast(DOUBLES, -LN2_LOW), n.fma(broadcast(DOUBLES, -LN2_HIGH), a));
                DoubleVector q = r.fma(broadcast(DOUBLES, EXP_9), broadcast(DOUBLES, EXP_8));
                q = q.fma(r, broadcast(DOUBLES, EXP_7));
                q = q.fma(r, broadcast(DOUBLES, EXP_6));
                q = q.fma(r, broadcast(DOUBLES, EXP_5));
                q = q.fma(r, broadcast(DOUBLES, EXP_4));
                q = q.fma(r, broadcast(DOUBLES, EXP_3));
                q = q.fma(r, broadcast(DOUBLES, EXP_2));
                q = q.fma(r, broadcast(DOUBLES, EXP_1));
                q = q.fma(r, broadcast(DOUBLES, EXP_0));
                DoubleVector scale = shifted.reinterpretAsLongs().lanewise(LSHL, MANTISSA_BITS).add(ONE_BITS).reinterpretAsDoubles();
                DoubleVector z = r.mul(r).fma(q, r).add(1.0).mul(scale);
                DoubleVector one = z.add(1.0);
                sum = sum.add(x.fma(y.sub(0.5), negative.reinterpretAsDoubles().mul(0.5)));
                factors = factors.mul(one);
                LongVector sign = bits.lanewise(ASHR, 63);
                DoubleVector numerator = z.reinterpretAsLongs().lanewise(XOR, ONE_BITS).and(sign).lanewise(XOR, ONE_BITS).reinterpretAsDoubles();
                y.sub(numerator.div(one)).intoArray(eta, at);
            }
            sum.intoArray(linear, l);
            factors.intoArray(product, l);
        }
    }
}
