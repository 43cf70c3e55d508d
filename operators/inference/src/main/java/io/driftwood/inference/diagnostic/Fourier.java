package io.driftwood.inference.diagnostic;

/** The discrete Fourier transform of a power-of-two length, in place: X_k = sum_t x_t e^(-2 pi i k t / n), decimation in time. */
final class Fourier {

    private Fourier() {}

    static void transform(double[] real, double[] imaginary) {
        int n = real.length;
        reverseBits(real, imaginary);
        for (int half = 1; half < n; half *= 2) {
            for (int k = 0; k < half; k++) {
                double angle = -Math.PI * k / half;
                double cosine = StrictMath.cos(angle);
                double sine = StrictMath.sin(angle);
                for (int even = k; even < n; even += 2 * half) {
                    int odd = even + half;
                    double turnedReal = real[odd] * cosine - imaginary[odd] * sine;
                    double turnedImaginary = real[odd] * sine + imaginary[odd] * cosine;
                    real[odd] = real[even] - turnedReal;
                    imaginary[odd] = imaginary[even] - turnedImaginary;
                    real[even] += turnedReal;
                    imaginary[even] += turnedImaginary;
                }
            }
        }
    }

    private static void reverseBits(double[] real, double[] imaginary) {
        int n = real.length;
        int bits = Integer.numberOfTrailingZeros(n);
        for (int k = 0; k < n; k++) {
            int other = bits == 0 ? 0 : Integer.reverse(k) >>> (32 - bits);
            if (other > k) {
                double kept = real[k];
                real[k] = real[other];
                real[other] = kept;
                kept = imaginary[k];
                imaginary[k] = imaginary[other];
                imaginary[other] = kept;
            }
        }
    }
}
