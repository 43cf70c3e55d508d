package io.driftwood.inference.numeric;

import static io.driftwood.inference.numeric.Lanes.DOUBLES;
import static io.driftwood.inference.numeric.Lanes.WIDTH;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.DoubleVector;

/**
 * {@link PlainProducts} on vectors: 4 columns of a by 4 of b in registers, so that a load serves four products. A block of 8 lanes is
 * gone through in 8 / WIDTH passes, one for each vector of a block, which keeps the 8 partial sums the same at every width.
 */
final class VectorProducts {

    private static final int TILE = 4;

    private VectorProducts() {}

    static void symmetricProducts(double[] a, double[] b, int d, int stride, int n, double[] partial, double[] out) {
        for (int j = 0; j < d; j += TILE) {
            for (int k = 0; k <= j; k += TILE) {
                for (int part = 0; part < 8; part += WIDTH) {
                    products4x4(a, j * stride + part, b, k * stride + part, stride, n, partial, part);
                }
                for (int p = 0; p < TILE * TILE; p++) {
                    PlainProducts.store(partial, 8 * p, j + p / TILE, k + p % TILE, d, out);
                }
            }
        }
    }

    private static void products4x4(double[] a, int i, double[] b, int k, int stride, int n, double[] partial, int part) {
        DoubleVector s00 = broadcast(DOUBLES, 0.0);
        DoubleVector s01 = s00;
        DoubleVector s02 = s00;
        DoubleVector s03 = s00;
        DoubleVector s10 = s00;
        DoubleVector s11 = s00;
        DoubleVector s12 = s00;
        DoubleVector s13 = s00;
        DoubleVector s20 = s00;
        DoubleVector s21 = s00;
        DoubleVector s22 = s00;
        DoubleVector s23 = s00;
        DoubleVector s30 = s00;
        DoubleVector s31 = s00;
        DoubleVector s32 = s00;
        DoubleVector s33 = s00;
        for (int l = 0; l < n; l += 8) {
            DoubleVector b0 = fromArray(DOUBLES, b, k + l);
            DoubleVector b1 = fromArray(DOUBLES, b, k + stride + l);
            DoubleVector b2 = fromArray(DOUBLES, b, k + 2 * stride + l);
            DoubleVector b3 = fromArray(DOUBLES, b, k + 3 * stride + l);
            DoubleVector x = fromArray(DOUBLES, a, i + l);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            s02 = x.fma(b2, s02);
            s03 = x.fma(b3, s03);
            x = fromArray(DOUBLES, a, i + stride + l);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            s12 = x.fma(b2, s12);
            s13 = x.fma(b3, s13);
            x = fromArray(DOUBLES, a, i + 2 * stride + l);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            s22 = x.fma(b2, s22);
            s23 = x.fma(b3, s23);
            x = fromArray(DOUBLES, a, i + 3 * stride + l);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            s32 = x.fma(b2, s32);
            s33 = x.fma(b3, s33);
        }
        s00.intoArray(partial, part);
        s01.intoArray(partial, part + 8);
        s02.intoArray(partial, part + 16);
        s03.intoArray(partial, part + 24);
        s10.intoArray(partial, part + 32);
        s11.intoArray(partial, part + 40);
        s12.intoArray(partial, part + 48);
        s13.intoArray(partial, part + 56);
        s20.intoArray(partial, part + 64);
        s21.intoArray(partial, part + 72);
        s22.intoArray(partial, part + 80);
        s23.intoArray(partial, part + 88);
        s30.intoArray(partial, part + 96);
        s31.intoArray(partial, part + 104);
        s32.intoArray(partial, part + 112);
        s33.intoArray(partial, part + 120);
    }
}
