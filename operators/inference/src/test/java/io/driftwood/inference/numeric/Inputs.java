package io.driftwood.inference.numeric;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Numbers that numerical code goes wrong on, and random ones, for the tests of this package. */
final class Inputs {

    /** Zeros, ones, infinities, NaN with two payloads, subnormals, thresholds of exp, expm1, sigmoid, log, log1p, sin, log Gamma, and their neighbours. */
    static double[] specials() {
        double[] roots = {
            0.0, Double.MIN_VALUE, 2 * Double.MIN_VALUE, 0x1p-1060, Double.MIN_NORMAL, 1e-300, 0x1p-128, 0x1p-55, 0x1p-54, 0x1p-53, 0x1p-30, 1e-8,
            0.25, 0.3465735902799726, 0.5, 0.7071067811865475, 0.7853981633974483, 1, 1.4142135623730951, 1.5, 1.5707963267948966, 2, 2.5,
            3.141592653589793, 3.5, 6.5, 7.5, 8, 8.5, 36, 37, 60, 64, 354.9, 700, 708, 708.3964185322641, 709.0, 709.436, 709.782712893384,
            709.7827128933841, 709.79, 710, 744.4400719213812, 745.1332191019411, 745.1332191019412, 745.14, 746, 1000, 0x1p20, 1048575.9, 0x1p31, 0x1p52,
            0x1p53, 0x1p60, 1e100, 2.55e305, 2.5563481638716906e305, 2.6e305, 1e308, Double.MAX_VALUE, Double.POSITIVE_INFINITY,
        };
        return DoubleStream.concat(
                DoubleStream.of(roots).flatMap(x -> DoubleStream.of(x, Math.nextUp(x), Math.nextDown(x), -x, -Math.nextUp(x), -Math.nextDown(x))),
                DoubleStream.of(Double.NaN, Double.longBitsToDouble(0xFFF8000000000123L), Double.longBitsToDouble(0x7FF8000000000777L))).toArray();
    }

    /** Any bit pattern. */
    static double[] anyBits(long seed, int n) {
        SplittableRandom random = new SplittableRandom(seed);
        return DoubleStream.generate(() -> Double.longBitsToDouble(random.nextLong())).limit(n).toArray();
    }

    static double[] between(long seed, double from, double to, int n) {
        SplittableRandom random = new SplittableRandom(seed);
        return DoubleStream.generate(() -> random.nextDouble(from, to)).limit(n).toArray();
    }

    /** Sizes spread evenly over the exponents from 2^from to 2^to; both signs when asked. */
    static double[] spread(long seed, double from, double to, boolean signed, int n) {
        SplittableRandom random = new SplittableRandom(seed);
        return DoubleStream.generate(() -> {
            double x = Math.pow(2, random.nextDouble(from, to));
            return signed && random.nextBoolean() ? -x : x;
        }).limit(n).toArray();
    }

    static double[] join(double[]... parts) {
        return Stream.of(parts).flatMapToDouble(DoubleStream::of).toArray();
    }

    private Inputs() {}
}
