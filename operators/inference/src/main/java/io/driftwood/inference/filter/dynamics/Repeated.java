package io.driftwood.inference.filter.dynamics;

/**
 * n steps of a linear-Gaussian transition as one, by doubling: F_{a+b} = F_b F_a and Q_{a+b} = F_b Q_a F_bᵀ + Q_b. O(d^3 log n); for models that
 * know whole steps only. Immutable.
 */
final class Repeated {

    /** A power beyond which nothing stationary changes. */
    private static final int DOUBLINGS = 60;

    private final int d;
    private final double[] step;
    private final double[] noise;

    Repeated(int d, double[] step, double[] noise) {
        this.d = d;
        this.step = step.clone();
        this.noise = noise.clone();
    }

    /** F of n steps into {@code matrix} and Q into {@code covariance}; either may be null. n = 0 gives the identity and 0. */
    void after(long n, double[] matrix, double[] covariance) {
        if (n == 1) {
            copy(step, matrix);
            copy(noise, covariance);
            return;
        }
        double[] f = identity();
        double[] q = new double[d * d];
        double[] power = step.clone();
        double[] powerNoise = noise.clone();
        for (long rest = n; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                q = plus(between(power, q), powerNoise);
                f = times(power, f);
            }
            powerNoise = plus(between(power, powerNoise), powerNoise);
            power = times(power, power);
        }
        copy(f, matrix);
        copy(q, covariance);
    }

    /** The covariance that a step leaves as it is. Not finite when the process is not stationary. */
    double[] stationaryCovariance() {
        double[] power = step.clone();
        double[] covariance = noise.clone();
        for (int k = 0; k < DOUBLINGS; k++) {
            covariance = plus(between(power, covariance), covariance);
            power = times(power, power);
        }
        return covariance;
    }

    private double[] identity() {
        double[] f = new double[d * d];
        for (int i = 0; i < d; i++) {
            f[i * d + i] = 1;
        }
        return f;
    }

    private void copy(double[] from, double[] to) {
        if (to != null) {
            System.arraycopy(from, 0, to, 0, d * d);
        }
    }

    private double[] times(double[] a, double[] b) {
        double[] out = new double[d * d];
        for (int i = 0; i < d; i++) {
            for (int k = 0; k < d; k++) {
                for (int j = 0; j < d; j++) {
                    out[i * d + j] += a[i * d + k] * b[k * d + j];
                }
            }
        }
        return out;
    }

    /** A B Aᵀ. */
    private double[] between(double[] a, double[] b) {
        double[] left = times(a, b);
        double[] out = new double[d * d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                for (int k = 0; k < d; k++) {
                    out[i * d + j] += left[i * d + k] * a[j * d + k];
                }
            }
        }
        return out;
    }

    private static double[] plus(double[] a, double[] b) {
        double[] out = a.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] += b[i];
        }
        return out;
    }
}
