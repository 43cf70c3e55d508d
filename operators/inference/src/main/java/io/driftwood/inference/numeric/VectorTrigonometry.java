package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.DOUBLES;
import static io.driftwood.inference.numeric.Lanes.LONGS;
import static io.driftwood.inference.numeric.Lanes.WIDTH;
import static io.driftwood.inference.numeric.ScalarExponential.ROUNDER;
import static io.driftwood.inference.numeric.ScalarExponential.TINY;
import static io.driftwood.inference.numeric.ScalarTrigonometry.*;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/** {@link ScalarTrigonometry}, operation by operation, on vectors; written out for the reason given in {@link VectorExponential}. */
final class VectorTrigonometry {

    private VectorTrigonometry() {}

    static int sinCos(double[] in, int inOffset, double[] sinOut, int sinOffset, double[] cosOut, int cosOffset, int length) {
        int i = 0;
        for (; i + WIDTH <= length; i += WIDTH) {
            DoubleVector x = fromArray(DOUBLES, in, inOffset + i);
            DoubleVector shifted = x.fma(broadcast(DOUBLES, TWO_OVER_PI), broadcast(DOUBLES, ROUNDER));
            DoubleVector n = shifted.sub(ROUNDER);
            DoubleVector high = n.fma(broadcast(DOUBLES, -HALF_PI_1), x);
            DoubleVector middle = n.mul(HALF_PI_2);
            DoubleVector productError = n.fma(broadcast(DOUBLES, HALF_PI_2), middle.neg());
            DoubleVector r = high.sub(middle);
            DoubleVector back = r.sub(high);
            DoubleVector c = n.fma(broadcast(DOUBLES, -HALF_PI_3), high.sub(r.sub(back)).sub(middle.add(back)).sub(productError));
            DoubleVector z = r.mul(r);

            DoubleVector sinSeries = z.fma(broadcast(DOUBLES, SIN_6), broadcast(DOUBLES, SIN_5));
            sinSeries = sinSeries.fma(z, broadcast(DOUBLES, SIN_4));
            sinSeries = sinSeries.fma(z, broadcast(DOUBLES, SIN_3));
            sinSeries = sinSeries.fma(z, broadcast(DOUBLES, SIN_2));
            sinSeries = sinSeries.fma(z, broadcast(DOUBLES, SIN_1));
            DoubleVector sin = r.add(z.mul(r).fma(sinSeries, z.mul(-0.5).fma(c, c)));

            DoubleVector cosSeries = z.fma(broadcast(DOUBLES, COS_6), broadcast(DOUBLES, COS_5));
            cosSeries = cosSeries.fma(z, broadcast(DOUBLES, COS_4));
            cosSeries = cosSeries.fma(z, broadcast(DOUBLES, COS_3));
            cosSeries = cosSeries.fma(z, broadcast(DOUBLES, COS_2));
            cosSeries = cosSeries.fma(z, broadcast(DOUBLES, COS_1));
            DoubleVector half = z.mul(0.5);
            DoubleVector whole = broadcast(DOUBLES, 1.0).sub(half);
            DoubleVector cos = whole.add(broadcast(DOUBLES, 1.0).sub(whole).sub(half).add(z.mul(z).fma(cosSeries, r.mul(c).neg())));

            LongVector quadrant = shifted.reinterpretAsLongs();
            LongVector sinBits = sin.reinterpretAsLongs();
            LongVector cosBits = cos.reinterpretAsLongs();
            LongVector swap = LongVector.broadcast(LONGS, 0).sub(quadrant.and(1));
            LongVector swapped = sinBits.lanewise(XOR, cosBits).and(swap);
            LongVector sinSign = quadrant.and(2).lanewise(LSHL, 62);
            LongVector cosSign = quadrant.add(1).and(2).lanewise(LSHL, 62);
            DoubleVector size = x.lanewise(ABS);
            VectorMask<Double> valid = size.compare(LE, LARGEST);
            DoubleVector turnedSin = sinBits.lanewise(XOR, swapped).lanewise(XOR, sinSign).reinterpretAsDoubles();
            DoubleVector turnedCos = cosBits.lanewise(XOR, swapped).lanewise(XOR, cosSign).reinterpretAsDoubles();
            broadcast(DOUBLES, Double.NaN).blend(turnedSin.blend(x, size.compare(LT, TINY)), valid).intoArray(sinOut, sinOffset + i);
            broadcast(DOUBLES, Double.NaN).blend(turnedCos, valid).intoArray(cosOut, cosOffset + i);
        }
        return i;
    }
}
