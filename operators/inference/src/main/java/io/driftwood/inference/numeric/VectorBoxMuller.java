package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.DOUBLES;
import static io.driftwood.inference.numeric.Lanes.LONGS;
import static io.driftwood.inference.numeric.Lanes.WIDTH;
import static io.driftwood.inference.numeric.ScalarExponential.LN2_HIGH;
import static io.driftwood.inference.numeric.ScalarExponential.LN2_LOW;
import static io.driftwood.inference.numeric.ScalarExponential.MANTISSA_BITS;
import static io.driftwood.inference.numeric.ScalarExponential.ROUNDER;
import static io.driftwood.inference.numeric.ScalarLogarithm.*;
import static io.driftwood.inference.numeric.ScalarTrigonometry.*;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.SQRT;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/** {@link ScalarBoxMuller}, operation by operation, on vectors; written out for the reason given in {@link VectorExponential}. */
final class VectorBoxMuller {

    private VectorBoxMuller() {}

    /** In place: blocks of 16 uniforms, the first 8 of a block u1 and the other 8 u2, become blocks of 16 normals. */
    static void transform(double[] a, int offset, int blocks) {
        for (int pair = 0; pair < 8 * blocks; pair += WIDTH) {
            int first = offset + pair + (pair & ~7);
            LongVector bits = fromArray(DOUBLES, a, first).reinterpretAsLongs().add(EXPONENT_SHIFT);
            DoubleVector k = bits.lanewise(LSHR, MANTISSA_BITS).or(INTEGER_BITS).reinterpretAsDoubles().sub(INTEGER_SHIFT);
            DoubleVector f = bits.and(MANTISSA).add(START_BITS).reinterpretAsDoubles().sub(1.0);
            DoubleVector s = f.div(f.add(2.0));
            DoubleVector square = s.mul(s);
            DoubleVector half = f.mul(0.5).mul(f);
            DoubleVector series = square.fma(broadcast(DOUBLES, LOG_7), broadcast(DOUBLES, LOG_6));
            series = series.fma(square, broadcast(DOUBLES, LOG_5));
            series = series.fma(square, broadcast(DOUBLES, LOG_4));
            series = series.fma(square, broadcast(DOUBLES, LOG_3));
            series = series.fma(square, broadcast(DOUBLES, LOG_2));
            series = series.fma(square, broadcast(DOUBLES, LOG_1));
            DoubleVector low = s.fma(series.fma(square, half), k.mul(LN2_LOW));
            DoubleVector log = k.fma(broadcast(DOUBLES, LN2_HIGH), f.sub(half.sub(low)));
            DoubleVector radius = log.mul(-2.0).lanewise(SQRT);

            DoubleVector turns = fromArray(DOUBLES, a, first + 8).mul(4.0);
            DoubleVector shifted = turns.add(ROUNDER);
            DoubleVector r = turns.sub(shifted.sub(ROUNDER)).mul(HALF_PI);
            DoubleVector z = r.mul(r);
            DoubleVector sinSeries = z.fma(broadcast(DOUBLES, SIN_6), broadcast(DOUBLES, SIN_5));
            sinSeries = sinSeries.fma(z, broadcast(DOUBLES, SIN_4));
            sinSeries = sinSeries.fma(z, broadcast(DOUBLES, SIN_3));
            sinSeries = sinSeries.fma(z, broadcast(DOUBLES, SIN_2));
            sinSeries = sinSeries.fma(z, broadcast(DOUBLES, SIN_1));
            DoubleVector cosSeries = z.fma(broadcast(DOUBLES, COS_6), broadcast(DOUBLES, COS_5));
            cosSeries = cosSeries.fma(z, broadcast(DOUBLES, COS_4));
            cosSeries = cosSeries.fma(z, broadcast(DOUBLES, COS_3));
            cosSeries = cosSeries.fma(z, broadcast(DOUBLES, COS_2));
            cosSeries = cosSeries.fma(z, broadcast(DOUBLES, COS_1));
            LongVector sin = z.mul(r).fma(sinSeries, r).reinterpretAsLongs();
            LongVector cos = z.fma(z.fma(cosSeries, broadcast(DOUBLES, -0.5)), broadcast(DOUBLES, 1.0)).reinterpretAsLongs();

            LongVector quadrant = shifted.reinterpretAsLongs();
            LongVector swap = LongVector.broadcast(LONGS, 0).sub(quadrant.and(1));
            LongVector swapped = sin.lanewise(XOR, cos).and(swap);
            LongVector sinSign = quadrant.and(2).lanewise(LSHL, 62);
            LongVector cosSign = quadrant.add(1).and(2).lanewise(LSHL, 62);
            radius.mul(cos.lanewise(XOR, swapped).lanewise(XOR, cosSign).reinterpretAsDoubles()).intoArray(a, first);
            radius.mul(sin.lanewise(XOR, swapped).lanewise(XOR, sinSign).reinterpretAsDoubles()).intoArray(a, first + 8);
        }
    }
}
