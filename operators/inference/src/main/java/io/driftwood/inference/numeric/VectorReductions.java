package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.WIDTH;
import static io.driftwood.inference.numeric.Lanes.all;
import static io.driftwood.inference.numeric.Lanes.load;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.DoubleVector;

/**
 * {@link PlainReductions} on vectors. A block of 8 lanes is 8 / WIDTH vectors, each with its own accumulator (a for lanes 0..,
 * then b, c, d), so the 8 partial sums are the same at every width; WIDTH is a constant to the compiler, which drops the unused ones.
 */
final class VectorReductions {

    private VectorReductions() {}

    static double sum(double[] x, int offset, int n) {
        DoubleVector a = all(0.0);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        int i = offset;
        for (int end = offset + (n & ~7); i < end; i += 8) {
            a = a.add(load(x, i));
            if (WIDTH < 8) {
                b = b.add(load(x, i + WIDTH));
            }
            if (WIDTH < 4) {
                c = c.add(load(x, i + 2 * WIDTH));
                d = d.add(load(x, i + 3 * WIDTH));
            }
        }
        return PlainReductions.sumTail(p0(a), p1(a), p2(a, b), p3(a, b), p4(a, b, c), p5(a, b, c), p6(a, b, d), p7(a, b, d), x, i, n & 7);
    }

    static double dot(double[] x, int xOffset, double[] y, int yOffset, int n) {
        DoubleVector a = all(0.0);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        int i = xOffset;
        int k = yOffset;
        for (int end = xOffset + (n & ~7); i < end; i += 8, k += 8) {
            a = load(x, i).fma(load(y, k), a);
            if (WIDTH < 8) {
                b = load(x, i + WIDTH).fma(load(y, k + WIDTH), b);
            }
            if (WIDTH < 4) {
                c = load(x, i + 2 * WIDTH).fma(load(y, k + 2 * WIDTH), c);
                d = load(x, i + 3 * WIDTH).fma(load(y, k + 3 * WIDTH), d);
            }
        }
        return PlainReductions.dotTail(p0(a), p1(a), p2(a, b), p3(a, b), p4(a, b, c), p5(a, b, c), p6(a, b, d), p7(a, b, d), x, i, y, k, n & 7);
    }

    static double weightedProducts(double[] w, int wOffset, double[] x, int xOffset, double cx, double[] y, int yOffset, double cy, int n) {
        DoubleVector a = all(0.0);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        int h = wOffset;
        int i = xOffset;
        int k = yOffset;
        for (int end = xOffset + (n & ~7); i < end; h += 8, i += 8, k += 8) {
            a = product(w, h, x, i, cx, y, k, cy, a);
            if (WIDTH < 8) {
                b = product(w, h + WIDTH, x, i + WIDTH, cx, y, k + WIDTH, cy, b);
            }
            if (WIDTH < 4) {
                c = product(w, h + 2 * WIDTH, x, i + 2 * WIDTH, cx, y, k + 2 * WIDTH, cy, c);
                d = product(w, h + 3 * WIDTH, x, i + 3 * WIDTH, cx, y, k + 3 * WIDTH, cy, d);
            }
        }
        return PlainReductions.productsTail(p0(a), p1(a), p2(a, b), p3(a, b), p4(a, b, c), p5(a, b, c), p6(a, b, d), p7(a, b, d),
                w, h, x, i, cx, y, k, cy, n & 7);
    }

    private static DoubleVector product(double[] w, int h, double[] x, int i, double cx, double[] y, int k, double cy, DoubleVector sum) {
        return load(w, h).mul(load(x, i).sub(cx)).fma(load(y, k).sub(cy), sum);
    }

    static double max(double[] x, int offset, int n) {
        DoubleVector max = all(Double.NEGATIVE_INFINITY);
        int i = offset;
        for (int end = offset + n; i + WIDTH <= end; i += WIDTH) {
            DoubleVector next = load(x, i);
            max = max.blend(next, next.compare(GT, max));
        }
        double start = Double.NEGATIVE_INFINITY;
        for (int lane = 0; lane < WIDTH; lane++) {
            start = max.lane(lane) > start ? max.lane(lane) : start;
        }
        return PlainReductions.maxFrom(start, x, i, offset + n - i);
    }

    /** Sum of e^(x - shift), NaN counting as 0. */
    static double sumOfExponentials(double[] x, int offset, double shift, int n) {
        DoubleVector a = all(0.0);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        int i = offset;
        for (int end = offset + (n & ~7); i < end; i += 8) {
            a = a.add(VectorExponential.expOrZero(load(x, i), shift));
            if (WIDTH < 8) {
                b = b.add(VectorExponential.expOrZero(load(x, i + WIDTH), shift));
            }
            if (WIDTH < 4) {
                c = c.add(VectorExponential.expOrZero(load(x, i + 2 * WIDTH), shift));
                d = d.add(VectorExponential.expOrZero(load(x, i + 3 * WIDTH), shift));
            }
        }
        return PlainReductions.exponentialsTail(p0(a), p1(a), p2(a, b), p3(a, b), p4(a, b, c), p5(a, b, c), p6(a, b, d), p7(a, b, d),
                x, i, shift, n & 7);
    }

    // Partial sum l of 8 from the accumulators.

    private static double p0(DoubleVector a) { return a.lane(0); }

    private static double p1(DoubleVector a) { return a.lane(1); }

    private static double p2(DoubleVector a, DoubleVector b) { return WIDTH >= 4 ? a.lane(2) : b.lane(0); }

    private static double p3(DoubleVector a, DoubleVector b) { return WIDTH >= 4 ? a.lane(3) : b.lane(1); }

    private static double p4(DoubleVector a, DoubleVector b, DoubleVector c) {
        return WIDTH == 8 ? a.lane(4) : WIDTH == 4 ? b.lane(0) : c.lane(0);
    }

    private static double p5(DoubleVector a, DoubleVector b, DoubleVector c) {
        return WIDTH == 8 ? a.lane(5) : WIDTH == 4 ? b.lane(1) : c.lane(1);
    }

    private static double p6(DoubleVector a, DoubleVector b, DoubleVector d) {
        return WIDTH == 8 ? a.lane(6) : WIDTH == 4 ? b.lane(2) : d.lane(0);
    }

    private static double p7(DoubleVector a, DoubleVector b, DoubleVector d) {
        return WIDTH == 8 ? a.lane(7) : WIDTH == 4 ? b.lane(3) : d.lane(1);
    }
}
