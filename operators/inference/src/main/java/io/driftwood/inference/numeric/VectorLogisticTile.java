package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.DOUBLES;
import static io.driftwood.inference.numeric.Lanes.WIDTH;
import static io.driftwood.inference.numeric.PlainLogisticTile.LOWEST;
import static io.driftwood.inference.numeric.ScalarExponential.*;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;

/** {@link PlainLogisticTile}, operation by operation, on vectors: a lane's sum and product stay in registers down its rows. */
final class VectorLogisticTile {

    private VectorLogisticTile() {}

    static void logisticTile(double[] rows, int rowOffset, int rowWidth, int rowCount, double[] eta, int lanes,
            double[] linear, double[] product) {
        for (int l = 0; l < lanes; l += WIDTH) {
            DoubleVector sum = broadcast(DOUBLES, 0.0);
            DoubleVector factors = broadcast(DOUBLES, 1.0);
            int at = l;
            for (int row = rowOffset; row < rowOffset + rowCount * rowWidth; row += rowWidth, at += lanes) {
                double y = rows[row];
                DoubleVector x = fromArray(DOUBLES, eta, at);
                DoubleVector size = x.lanewise(ABS);
                DoubleVector a = size.neg().max(broadcast(DOUBLES, LOWEST));
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
                sum = sum.add(x.fma(broadcast(DOUBLES, y - 0.5), size.mul(-0.5)));
                factors = factors.mul(one);
                broadcast(DOUBLES, y).sub(broadcast(DOUBLES, 1.0).blend(z, x.compare(LT, 0.0)).div(one)).intoArray(eta, at);
            }
            sum.intoArray(linear, l);
            factors.intoArray(product, l);
        }
    }
}
