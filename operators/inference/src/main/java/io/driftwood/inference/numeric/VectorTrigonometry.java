package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.all;
import static io.driftwood.inference.numeric.ScalarExponential.ROUNDER;
import static io.driftwood.inference.numeric.ScalarExponential.TINY;
import static io.driftwood.inference.numeric.ScalarTrigonometry.*;
import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/** {@link ScalarTrigonometry}, operation by operation, on vectors. */
final class VectorTrigonometry {

    private VectorTrigonometry() {}

    static void sinCos(DoubleVector x, double[] sinOut, int sinAt, double[] cosOut, int cosAt) {
        DoubleVector shifted = x.fma(all(TWO_OVER_PI), all(ROUNDER));
        DoubleVector n = shifted.sub(ROUNDER);
        DoubleVector high = n.fma(all(-HALF_PI_1), x);
        DoubleVector middle = n.mul(HALF_PI_2);
        DoubleVector productError = n.fma(all(HALF_PI_2), middle.neg());
        DoubleVector r = high.sub(middle);
        DoubleVector back = r.sub(high);
        DoubleVector c = n.fma(all(-HALF_PI_3), high.sub(r.sub(back)).sub(middle.add(back)).sub(productError));
        LongVector quadrant = shifted.reinterpretAsLongs();
        DoubleVector sin = sin(r, c);
        DoubleVector cos = cos(r, c);
        DoubleVector size = x.lanewise(ABS);
        VectorMask<Double> valid = size.compare(LE, LARGEST);
        DoubleVector turned = turnedSin(sin, cos, quadrant).blend(x, size.compare(LT, TINY));
        all(Double.NaN).blend(turned, valid).intoArray(sinOut, sinAt);
        all(Double.NaN).blend(turnedCos(sin, cos, quadrant), valid).intoArray(cosOut, cosAt);
    }

    private static DoubleVector sin(DoubleVector r, DoubleVector c) {
        DoubleVector z = r.mul(r);
        return r.add(z.mul(r).fma(sinSeries(z), z.mul(-0.5).fma(c, c)));
    }

    static DoubleVector sinSeries(DoubleVector z) {
        DoubleVector series = z.fma(all(SIN_6), all(SIN_5));
        series = series.fma(z, all(SIN_4));
        series = series.fma(z, all(SIN_3));
        series = series.fma(z, all(SIN_2));
        return series.fma(z, all(SIN_1));
    }

    private static DoubleVector cos(DoubleVector r, DoubleVector c) {
        DoubleVector z = r.mul(r);
        DoubleVector half = z.mul(0.5);
        DoubleVector whole = all(1.0).sub(half);
        return whole.add(all(1.0).sub(whole).sub(half).add(z.mul(z).fma(cosSeries(z), r.mul(c).neg())));
    }

    static DoubleVector cosSeries(DoubleVector z) {
        DoubleVector series = z.fma(all(COS_6), all(COS_5));
        series = series.fma(z, all(COS_4));
        series = series.fma(z, all(COS_3));
        series = series.fma(z, all(COS_2));
        return series.fma(z, all(COS_1));
    }

    static DoubleVector turnedSin(DoubleVector sin, DoubleVector cos, LongVector quadrant) {
        LongVector s = sin.reinterpretAsLongs();
        LongVector difference = s.lanewise(XOR, cos.reinterpretAsLongs());
        LongVector sign = quadrant.and(2).lanewise(LSHL, 62);
        return s.lanewise(XOR, difference.and(swap(quadrant))).lanewise(XOR, sign).reinterpretAsDoubles();
    }

    static DoubleVector turnedCos(DoubleVector sin, DoubleVector cos, LongVector quadrant) {
        LongVector c = cos.reinterpretAsLongs();
        LongVector difference = c.lanewise(XOR, sin.reinterpretAsLongs());
        LongVector sign = quadrant.add(1).and(2).lanewise(LSHL, 62);
        return c.lanewise(XOR, difference.and(swap(quadrant))).lanewise(XOR, sign).reinterpretAsDoubles();
    }

    /** All bits where the quadrant is odd. */
    private static LongVector swap(LongVector quadrant) {
        return all(0L).sub(quadrant.and(1));
    }
}
