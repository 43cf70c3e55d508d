package io.driftwood.inference.diagnostic;

/**
 * Autocovariances c_t = (1/n) sum_s (x_s - mean)(x_(s+t) - mean), t = 0..n-1, by the Fourier transform of the padded series, O(n log n). The divisor
 * n at every lag biases large lags towards 0 and keeps the sequence positive definite.
 */
final class Autocovariance {

    private Autocovariance() {}

    static double[] of(double[] x) {
        int n = x.length;
        // Twice the length, so that the ends do not meet.
        int padded = Integer.highestOneBit(Math.max(1, 2 * n - 1)) * 2;
        double[] real = new double[padded];
        double[] imaginary = new double[padded];
        double mean = Moments.mean(x);
        for (int t = 0; t < n; t++) {
            real[t] = x[t] - mean;
        }
        Fourier.transform(real, imaginary);
        for (int k = 0; k < padded; k++) {
            real[k] = real[k] * real[k] + imaginary[k] * imaginary[k];
            imaginary[k] = 0;
        }
        // The power spectrum is real and even, so that its inverse transform is its transform over its length.
        Fourier.transform(real, imaginary);
        double[] covariances = new double[n];
        for (int t = 0; t < n; t++) {
            covariances[t] = real[t] / padded / n;
        }
        return covariances;
    }
}
