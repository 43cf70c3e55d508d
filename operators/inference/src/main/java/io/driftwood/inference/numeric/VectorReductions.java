package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.DOUBLES;
import static io.driftwood.inference.numeric.Lanes.WIDTH;
import static io.driftwood.inference.numeric.ScalarExponential.*;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/**
 * {@link PlainReductions} on vectors. A block of 8 lanes is 8 / WIDTH vectors, each with its own accumulator (a for lanes 0..,
 * then b, c, d), so the 8 partial sums are the same at every width; WIDTH is a constant to the compiler, which drops the unused ones.
 */
final class VectorReductions {

    private VectorReductions() {}

    static double sum(double[] x, int offset, int n) {
        DoubleVector a = broadcast(DOUBLES, 0.0);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        int i = offset;
        for (int end = offset + (n & ~7); i < end; i += 8) {
            a = a.add(fromArray(DOUBLES, x, i));
            if (WIDTH < 8) {
                b = b.add(fromArray(DOUBLES, x, i + WIDTH));
            }
            if (WIDTH < 4) {
                c = c.add(fromArray(DOUBLES, x, i + 2 * WIDTH));
                d = d.add(fromArray(DOUBLES, x, i + 3 * WIDTH));
            }
        }
        if (WIDTH == 8) {
            return PlainReductions.sumTail(a.lane(0), a.lane(1), a.lane(2), a.lane(3), a.lane(4), a.lane(5), a.lane(6), a.lane(7),
                    x, i, n & 7);
        }
        if (WIDTH == 4) {
            return PlainReductions.sumTail(a.lane(0), a.lane(1), a.lane(2), a.lane(3), b.lane(0), b.lane(1), b.lane(2), b.lane(3),
                    x, i, n & 7);
        }
        return PlainReductions.sumTail(a.lane(0), a.lane(1), b.lane(0), b.lane(1), c.lane(0), c.lane(1), d.lane(0), d.lane(1),
                x, i, n & 7);
    }

    static double dot(double[] x, int xOffset, double[] y, int yOffset, int n) {
        DoubleVector a = broadcast(DOUBLES, 0.0);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        int i = xOffset;
        int k = yOffset;
        for (int end = xOffset + (n & ~7); i < end; i += 8, k += 8) {
            a = fromArray(DOUBLES, x, i).fma(fromArray(DOUBLES, y, k), a);
            if (WIDTH < 8) {
                b = fromArray(DOUBLES, x, i + WIDTH).fma(fromArray(DOUBLES, y, k + WIDTH), b);
            }
            if (WIDTH < 4) {
                c = fromArray(DOUBLES, x, i + 2 * WIDTH).fma(fromArray(DOUBLES, y, k + 2 * WIDTH), c);
                d = fromArray(DOUBLES, x, i + 3 * WIDTH).fma(fromArray(DOUBLES, y, k + 3 * WIDTH), d);
            }
        }
        if (WIDTH == 8) {
            return PlainReductions.dotTail(a.lane(0), a.lane(1), a.lane(2), a.lane(3), a.lane(4), a.lane(5), a.lane(6), a.lane(7),
                    x, i, y, k, n & 7);
        }
        if (WIDTH == 4) {
            return PlainReductions.dotTail(a.lane(0), a.lane(1), a.lane(2), a.lane(3), b.lane(0), b.lane(1), b.lane(2), b.lane(3),
                    x, i, y, k, n & 7);
        }
        return PlainReductions.dotTail(a.lane(0), a.lane(1), b.lane(0), b.lane(1), c.lane(0), c.lane(1), d.lane(0), d.lane(1),
                x, i, y, k, n & 7);
    }

    static double weightedProducts(double[] w, int wOffset, double[] x, int xOffset, double cx, double[] y, int yOffset, double cy, int n) {
        DoubleVector a = broadcast(DOUBLES, 0.0);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        int h = wOffset;
        int i = xOffset;
        int k = yOffset;
        for (int end = xOffset + (n & ~7); i < end; h += 8, i += 8, k += 8) {
            a = fromArray(DOUBLES, w, h).mul(fromArray(DOUBLES, x, i).sub(cx)).fma(fromArray(DOUBLES, y, k).sub(cy), a);
            if (WIDTH < 8) {
                b = fromArray(DOUBLES, w, h + WIDTH).mul(fromArray(DOUBLES, x, i + WIDTH).sub(cx)).fma(fromArray(DOUBLES, y, k + WIDTH).sub(cy), b);
            }
            if (WIDTH < 4) {
                c = fromArray(DOUBLES, w, h + 2 * WIDTH).mul(fromArray(DOUBLES, x, i + 2 * WIDTH).sub(cx)).fma(fromArray(DOUBLES, y, k + 2 * WIDTH).sub(cy), c);
                d = fromArray(DOUBLES, w, h + 3 * WIDTH).mul(fromArray(DOUBLES, x, i + 3 * WIDTH).sub(cx)).fma(fromArray(DOUBLES, y, k + 3 * WIDTH).sub(cy), d);
            }
        }
        if (WIDTH == 8) {
            return PlainReductions.productsTail(a.lane(0), a.lane(1), a.lane(2), a.lane(3), a.lane(4), a.lane(5), a.lane(6), a.lane(7),
                    w, h, x, i, cx, y, k, cy, n & 7);
        }
        if (WIDTH == 4) {
            return PlainReductions.productsTail(a.lane(0), a.lane(1), a.lane(2), a.lane(3), b.lane(0), b.lane(1), b.lane(2), b.lane(3),
                    w, h, x, i, cx, y, k, cy, n & 7);
        }
        return PlainReductions.productsTail(a.lane(0), a.lane(1), b.lane(0), b.lane(1), c.lane(0), c.lane(1), d.lane(0), d.lane(1),
                w, h, x, i, cx, y, k, cy, n & 7);
    }

    /** Four independent maxima hide the latency of compare and blend; the largest element does not depend on the order. */
    static double max(double[] x, int offset, int n) {
        DoubleVector a = broadcast(DOUBLES, Double.NEGATIVE_INFINITY);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        int i = offset;
        for (int end = offset + n; i + 4 * WIDTH <= end; i += 4 * WIDTH) {
            DoubleVector next = fromArray(DOUBLES, x, i);
            a = a.blend(next, next.compare(GT, a));
            next = fromArray(DOUBLES, x, i + WIDTH);
            b = b.blend(next, next.compare(GT, b));
            next = fromArray(DOUBLES, x, i + 2 * WIDTH);
            c = c.blend(next, next.compare(GT, c));
            next = fromArray(DOUBLES, x, i + 3 * WIDTH);
            d = d.blend(next, next.compare(GT, d));
        }
        a = a.blend(b, b.compare(GT, a));
        c = c.blend(d, d.compare(GT, c));
        a = a.blend(c, c.compare(GT, a));
        return PlainReductions.maxFrom(a.reduceLanes(MAX), x, i, offset + n - i);
    }

    /** Sum of e^(x - shift), NaN counting as 0; one pass for each vector of a block. */
    static double sumOfExponentials(double[] x, int offset, double shift, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int end = offset + (n & ~7);
        for (int part = 0; part < 8; part += WIDTH) {
            DoubleVector sum = broadcast(DOUBLES, 0.0);
            for (int i = offset + part; i < end; i += 8) {
                DoubleVector y = fromArray(DOUBLES, x, i).sub(shift);
                DoubleVector shifted = y.fma(broadcast(DOUBLES, LOG2_E), broadcast(DOUBLES, ROUNDER));
                DoubleVector power = shifted.sub(ROUNDER);
                DoubleVector r = power.fma(broadcast(DOUBLES, -LN2_LOW), power.fma(broadcast(DOUBLES, -LN2_HIGH), y));
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
                LongVector halfBits = power.fma(broadcast(DOUBLES, 0.5), broadcast(DOUBLES, ROUNDER)).reinterpretAsLongs();
                DoubleVector first = halfBits.lanewise(LSHL, MANTISSA_BITS).add(ONE_BITS).reinterpretAsDoubles();
                DoubleVector second = bits.sub(halfBits).lanewise(LSHL, MANTISSA_BITS).add(ONE_BITS).reinterpretAsDoubles();
                DoubleVector term = r.mul(r).fma(q, r).add(1.0).mul(first).mul(second)
                        .blend(Double.POSITIVE_INFINITY, y.compare(GT, EXP_MAX))
                        .blend(0.0, y.compare(LT, EXP_MIN))
                        .blend(0.0, y.compare(NE, y));
                sum = sum.add(term);
            }
            if (part == 0) {
                s0 = sum.lane(0);
                s1 = sum.lane(1);
            }
            if (part == (WIDTH < 4 ? 2 : 0)) {
                s2 = sum.lane(WIDTH < 4 ? 0 : 2);
                s3 = sum.lane(WIDTH < 4 ? 1 : 3);
            }
            if (part == (WIDTH < 8 ? 4 : 0)) {
                s4 = sum.lane(WIDTH < 8 ? 0 : 4);
                s5 = sum.lane(WIDTH < 8 ? 1 : 5);
            }
            if (part == 8 - WIDTH) {
                s6 = sum.lane(WIDTH - 2);
                s7 = sum.lane(WIDTH - 1);
            }
        }
        return PlainReductions.exponentialsTail(s0, s1, s2, s3, s4, s5, s6, s7, x, end, shift, n & 7);
    }
}
