package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.DOUBLES;
import static io.driftwood.inference.numeric.Lanes.WIDTH;
import static io.driftwood.inference.numeric.ScalarExponential.LN2_HIGH;
import static io.driftwood.inference.numeric.ScalarExponential.LN2_LOW;
import static io.driftwood.inference.numeric.ScalarExponential.MANTISSA_BITS;
import static io.driftwood.inference.numeric.ScalarLogGamma.*;
import static io.driftwood.inference.numeric.ScalarLogarithm.*;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/** {@link ScalarLogGamma}, operation by operation, on vectors; written out for the reason given in {@link VectorExponential}. */
final class VectorLogGamma {

    private VectorLogGamma() {}

    static int logGamma(double[] in, int inOffset, double[] out, int outOffset, int length) {
        int i = 0;
        for (; i + WIDTH <= length; i += WIDTH) {
            DoubleVector x = fromArray(DOUBLES, in, inOffset + i);
            VectorMask<Double> large = x.compare(GE, STIRLING);
            VectorMask<Double> belowThreeHalves = x.compare(LT, 1.5);
            VectorMask<Double> belowHalf = x.compare(LT, 0.5);
            DoubleVector product = broadcast(DOUBLES, 1.0);
            DoubleVector e = x.sub(2.0);
            for (int step = 1; step <= STEPS; step++) {
                VectorMask<Double> more = x.compare(GE, step + 1.5);
                product = product.blend(product.mul(x.sub(step)), more);
                e = e.blend(x.sub(step + 2), more);
            }
            product = product.blend(x, belowThreeHalves).blend(x.fma(x, x), belowHalf);
            e = e.blend(x.sub(1.0), belowThreeHalves).blend(x, belowHalf);

            // log of x or of the product; zero and negative numbers are overwritten at the end
            DoubleVector y = product.blend(x, large);
            VectorMask<Double> small = y.compare(LT, Double.MIN_NORMAL);
            DoubleVector exponent = broadcast(DOUBLES, 0.0).blend(SUBNORMAL_EXPONENT, small);
            LongVector bits = y.blend(y.mul(SUBNORMAL_SCALE), small).reinterpretAsLongs().add(EXPONENT_SHIFT);
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
            DoubleVector log = k.fma(broadcast(DOUBLES, LN2_HIGH), f.sub(half.sub(low)))
                    .blend(Double.POSITIVE_INFINITY, y.compare(EQ, Double.POSITIVE_INFINITY));

            DoubleVector p = e.fma(broadcast(DOUBLES, GAMMA_17), broadcast(DOUBLES, GAMMA_16));
            p = p.fma(e, broadcast(DOUBLES, GAMMA_15));
            p = p.fma(e, broadcast(DOUBLES, GAMMA_14));
            p = p.fma(e, broadcast(DOUBLES, GAMMA_13));
            p = p.fma(e, broadcast(DOUBLES, GAMMA_12));
            p = p.fma(e, broadcast(DOUBLES, GAMMA_11));
            p = p.fma(e, broadcast(DOUBLES, GAMMA_10));
            p = p.fma(e, broadcast(DOUBLES, GAMMA_9));
            p = p.fma(e, broadcast(DOUBLES, GAMMA_8));
            p = p.fma(e, broadcast(DOUBLES, GAMMA_7));
            p = p.fma(e, broadcast(DOUBLES, GAMMA_6));
            p = p.fma(e, broadcast(DOUBLES, GAMMA_5));
            p = p.fma(e, broadcast(DOUBLES, GAMMA_4));
            p = p.fma(e, broadcast(DOUBLES, GAMMA_3));
            p = p.fma(e, broadcast(DOUBLES, GAMMA_2));
            p = p.fma(e, broadcast(DOUBLES, GAMMA_1));
            p = p.fma(e, broadcast(DOUBLES, GAMMA_0));
            DoubleVector recurrence = e.fma(p, log.blend(log.neg(), belowThreeHalves));

            DoubleVector inverse = broadcast(DOUBLES, 1.0).div(x);
            DoubleVector square = inverse.mul(inverse);
            DoubleVector w = square.fma(broadcast(DOUBLES, STIRLING_6), broadcast(DOUBLES, STIRLING_5));
            w = w.fma(square, broadcast(DOUBLES, STIRLING_4));
            w = w.fma(square, broadcast(DOUBLES, STIRLING_3));
            w = w.fma(square, broadcast(DOUBLES, STIRLING_2));
            w = w.fma(square, broadcast(DOUBLES, STIRLING_1));
            w = w.fma(inverse, broadcast(DOUBLES, STIRLING_0));
            DoubleVector stirling = x.sub(0.5).fma(log.sub(1.0), w);

            broadcast(DOUBLES, Double.NaN).blend(recurrence.blend(stirling, large), x.compare(GT, 0.0)).intoArray(out, outOffset + i);
        }
        return i;
    }
}
