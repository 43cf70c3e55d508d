package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.ScalarExponential.expOrZero;

/**
 * Reductions in blocks of 8 lanes, one scalar per partial sum. The {@code ...Tail} methods take the 8 partial sums after all
 * full blocks, add the last n mod 8 elements and combine them; the vector code ends in the same methods.
 */
final class PlainReductions {

    private PlainReductions() {}

    /** ((0+4)+(2+6))+((1+5)+(3+7)), with the canonical NaN. */
    static double combine(double s0, double s1, double s2, double s3, double s4, double s5, double s6, double s7) {
        double sum = ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
        return sum == sum ? sum : Double.NaN;
    }

    static double sum(double[] a, int offset, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = offset;
        for (int end = offset + (n & ~7); i < end; i += 8) {
            s0 += a[i];
            s1 += a[i + 1];
            s2 += a[i + 2];
            s3 += a[i + 3];
            s4 += a[i + 4];
            s5 += a[i + 5];
            s6 += a[i + 6];
            s7 += a[i + 7];
        }
        return sumTail(s0, s1, s2, s3, s4, s5, s6, s7, a, i, n & 7);
    }

    static double sumTail(double s0, double s1, double s2, double s3, double s4, double s5, double s6, double s7,
            double[] a, int i, int left) {
        double t0 = left > 0 ? s0 + a[i] : s0;
        double t1 = left > 1 ? s1 + a[i + 1] : s1;
        double t2 = left > 2 ? s2 + a[i + 2] : s2;
        double t3 = left > 3 ? s3 + a[i + 3] : s3;
        double t4 = left > 4 ? s4 + a[i + 4] : s4;
        double t5 = left > 5 ? s5 + a[i + 5] : s5;
        double t6 = left > 6 ? s6 + a[i + 6] : s6;
        return combine(t0, t1, t2, t3, t4, t5, t6, s7);
    }

    static double dot(double[] a, int aOffset, double[] b, int bOffset, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = aOffset;
        int k = bOffset;
        for (int end = aOffset + (n & ~7); i < end; i += 8, k += 8) {
            s0 = Math.fma(a[i], b[k], s0);
            s1 = Math.fma(a[i + 1], b[k + 1], s1);
            s2 = Math.fma(a[i + 2], b[k + 2], s2);
            s3 = Math.fma(a[i + 3], b[k + 3], s3);
            s4 = Math.fma(a[i + 4], b[k + 4], s4);
            s5 = Math.fma(a[i + 5], b[k + 5], s5);
            s6 = Math.fma(a[i + 6], b[k + 6], s6);
            s7 = Math.fma(a[i + 7], b[k + 7], s7);
        }
        return dotTail(s0, s1, s2, s3, s4, s5, s6, s7, a, i, b, k, n & 7);
    }

    static double dotTail(double s0, double s1, double s2, double s3, double s4, double s5, double s6, double s7,
            double[] a, int i, double[] b, int k, int left) {
        double t0 = left > 0 ? Math.fma(a[i], b[k], s0) : s0;
        double t1 = left > 1 ? Math.fma(a[i + 1], b[k + 1], s1) : s1;
        double t2 = left > 2 ? Math.fma(a[i + 2], b[k + 2], s2) : s2;
        double t3 = left > 3 ? Math.fma(a[i + 3], b[k + 3], s3) : s3;
        double t4 = left > 4 ? Math.fma(a[i + 4], b[k + 4], s4) : s4;
        double t5 = left > 5 ? Math.fma(a[i + 5], b[k + 5], s5) : s5;
        double t6 = left > 6 ? Math.fma(a[i + 6], b[k + 6], s6) : s6;
        return combine(t0, t1, t2, t3, t4, t5, t6, s7);
    }

    /** Each term is w*u*v accumulated as fma(w*u, v, s), u = a - ca, v = b - cb. */
    static double weightedProducts(double[] w, int wOffset, double[] a, int aOffset, double ca, double[] b, int bOffset, double cb, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int h = wOffset;
        int i = aOffset;
        int k = bOffset;
        for (int end = aOffset + (n & ~7); i < end; h += 8, i += 8, k += 8) {
            s0 = product(w[h], a[i], ca, b[k], cb, s0);
            s1 = product(w[h + 1], a[i + 1], ca, b[k + 1], cb, s1);
            s2 = product(w[h + 2], a[i + 2], ca, b[k + 2], cb, s2);
            s3 = product(w[h + 3], a[i + 3], ca, b[k + 3], cb, s3);
            s4 = product(w[h + 4], a[i + 4], ca, b[k + 4], cb, s4);
            s5 = product(w[h + 5], a[i + 5], ca, b[k + 5], cb, s5);
            s6 = product(w[h + 6], a[i + 6], ca, b[k + 6], cb, s6);
            s7 = product(w[h + 7], a[i + 7], ca, b[k + 7], cb, s7);
        }
        return productsTail(s0, s1, s2, s3, s4, s5, s6, s7, w, h, a, i, ca, b, k, cb, n & 7);
    }

    static double productsTail(double s0, double s1, double s2, double s3, double s4, double s5, double s6, double s7,
            double[] w, int h, double[] a, int i, double ca, double[] b, int k, double cb, int left) {
        double t0 = left > 0 ? product(w[h], a[i], ca, b[k], cb, s0) : s0;
        double t1 = left > 1 ? product(w[h + 1], a[i + 1], ca, b[k + 1], cb, s1) : s1;
        double t2 = left > 2 ? product(w[h + 2], a[i + 2], ca, b[k + 2], cb, s2) : s2;
        double t3 = left > 3 ? product(w[h + 3], a[i + 3], ca, b[k + 3], cb, s3) : s3;
        double t4 = left > 4 ? product(w[h + 4], a[i + 4], ca, b[k + 4], cb, s4) : s4;
        double t5 = left > 5 ? product(w[h + 5], a[i + 5], ca, b[k + 5], cb, s5) : s5;
        double t6 = left > 6 ? product(w[h + 6], a[i + 6], ca, b[k + 6], cb, s6) : s6;
        return combine(t0, t1, t2, t3, t4, t5, t6, s7);
    }

    private static double product(double w, double a, double ca, double b, double cb, double sum) {
        return Math.fma(w * (a - ca), b - cb, sum);
    }

    /** Sum of e^(a - shift), NaN counting as 0. */
    static double sumOfExponentials(double[] a, int offset, double shift, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = offset;
        for (int end = offset + (n & ~7); i < end; i += 8) {
            s0 += expOrZero(a[i], shift);
            s1 += expOrZero(a[i + 1], shift);
            s2 += expOrZero(a[i + 2], shift);
            s3 += expOrZero(a[i + 3], shift);
            s4 += expOrZero(a[i + 4], shift);
            s5 += expOrZero(a[i + 5], shift);
            s6 += expOrZero(a[i + 6], shift);
            s7 += expOrZero(a[i + 7], shift);
        }
        return exponentialsTail(s0, s1, s2, s3, s4, s5, s6, s7, a, i, shift, n & 7);
    }

    static double exponentialsTail(double s0, double s1, double s2, double s3, double s4, double s5, double s6, double s7,
            double[] a, int i, double shift, int left) {
        double t0 = left > 0 ? s0 + expOrZero(a[i], shift) : s0;
        double t1 = left > 1 ? s1 + expOrZero(a[i + 1], shift) : s1;
        double t2 = left > 2 ? s2 + expOrZero(a[i + 2], shift) : s2;
        double t3 = left > 3 ? s3 + expOrZero(a[i + 3], shift) : s3;
        double t4 = left > 4 ? s4 + expOrZero(a[i + 4], shift) : s4;
        double t5 = left > 5 ? s5 + expOrZero(a[i + 5], shift) : s5;
        double t6 = left > 6 ? s6 + expOrZero(a[i + 6], shift) : s6;
        return combine(t0, t1, t2, t3, t4, t5, t6, s7);
    }

    static double max(double[] a, int offset, int n) {
        return maxFrom(Double.NEGATIVE_INFINITY, a, offset, n);
    }

    /** The maximum does not depend on the order; the sign of a zero would, and is made positive. */
    static double maxFrom(double start, double[] a, int offset, int n) {
        double max = start;
        for (int i = offset; i < offset + n; i++) {
            max = a[i] > max ? a[i] : max;
        }
        return max + 0.0;
    }
}
