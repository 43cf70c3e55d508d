package io.driftwood.inference.variational;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The log-weight of a path between two normals on the line, as the quadratic function of its noise that it is: constant + sum_t w_t a_t^2, each a_t affine in
 * independent standard normals (z_1, rho_1, xi_1..xi_K). Its mean is exact: E a^2 is a sum of squares. Written from the definition of the schemes, F and B
 * as whole densities, without anything of the code that it checks.
 */
final class NoisePolynomial {

    private final int bridges;
    private final List<double[]> affine = new ArrayList<>();
    private final List<Double> factors = new ArrayList<>();
    private double constant;
    private double[] end;

    private NoisePolynomial(int bridges) { this.bridges = bridges; }

    /** From N(0, 1) to e^logZ N(mean, variance) with beta_k = k/(K+1). */
    static NoisePolynomial of(Method method, int bridges, double step, double parameter, double logZ, double mean, double variance) {
        NoisePolynomial path = new NoisePolynomial(bridges);
        double[] z = path.unit(1);
        double[] rho = path.unit(2);
        path.normal(-1, z, 1);
        boolean momentum = method != Method.ULA && method != Method.MCD;
        if (momentum) {
            path.normal(-1, rho, 1);
        }
        for (int k = 1; k <= bridges; k++) {
            double beta = k / (bridges + 1.0);
            double[] xi = path.unit(2 + k);
            double slope = -(1 - beta) - beta / variance;
            double shift = beta * mean / variance;
            UnaryOperator<double[]> s = x -> path.plus(path.times(slope, x), path.times(shift, path.unit(0)));
            double h = parameter * step;
            switch (method) {
                case ULA, MCD -> {
                    double[] next = path.sum(z, path.times(step, s.apply(z)), path.times(Math.sqrt(2 * step), xi));
                    path.normal(-1, path.sum(next, path.times(-1, z), path.times(-step, s.apply(z))), 2 * step);
                    path.normal(1, path.sum(z, path.times(-1, next), path.times(-step, s.apply(next))), 2 * step);
                    z = next;
                }
                case UHA_EM, LDVI_EM -> {
                    double[] next = path.sum(path.times(1 - h, rho), path.times(step, s.apply(z)), path.times(Math.sqrt(2 * h), xi));
                    path.normal(-1, path.sum(next, path.times(h - 1, rho), path.times(-step, s.apply(z))), 2 * h);
                    path.normal(1, path.sum(rho, path.times(h - 1, next), path.times(step, s.apply(z))), 2 * h);
                    rho = next;
                    z = path.plus(z, path.times(step, rho));
                }
                default -> {
                    double keptForward = method == Method.UHA ? parameter : method == Method.LDVI ? 1 - h : Math.exp(-h);
                    double varianceForward = method == Method.UHA ? 1 - parameter * parameter : method == Method.LDVI ? 2 * h : 1 - Math.exp(-2 * h);
                    double keptBackward = method == Method.LDVI_MIXED ? 1 - h : keptForward;
                    double varianceBackward = method == Method.LDVI_MIXED ? 2 * h : varianceForward;
                    double[] refreshed = path.plus(path.times(keptForward, rho), path.times(Math.sqrt(varianceForward), xi));
                    path.normal(-1, path.plus(refreshed, path.times(-keptForward, rho)), varianceForward);
                    path.normal(1, path.plus(rho, path.times(-keptBackward, refreshed)), varianceBackward);
                    double[] half = path.plus(refreshed, path.times(step / 2, s.apply(z)));
                    z = path.plus(z, path.times(step, half));
                    rho = path.plus(half, path.times(step / 2, s.apply(z)));
                }
            }
        }
        path.constant += logZ;
        path.normal(1, path.plus(z, path.times(-mean, path.unit(0))), variance);
        if (momentum) {
            path.normal(1, rho, 1);
        }
        path.end = z;
        return path;
    }

    double mean() {
        double total = constant;
        for (int t = 0; t < factors.size(); t++) {
            double squares = 0;
            for (double c : affine.get(t)) {
                squares += c * c;
            }
            total += factors.get(t) * squares;
        }
        return total;
    }

    /** @param noise z_1, rho_1, xi_1..xi_K */
    double at(double[] noise) {
        double total = constant;
        for (int t = 0; t < factors.size(); t++) {
            double value = value(affine.get(t), noise);
            total += factors.get(t) * value * value;
        }
        return total;
    }

    double endAt(double[] noise) { return value(end, noise); }

    private static double value(double[] a, double[] noise) {
        double value = a[0];
        for (int m = 0; m < noise.length; m++) {
            value += a[m + 1] * noise[m];
        }
        return value;
    }

    /** Adds sign * log N(a | 0, variance). */
    private void normal(double sign, double[] a, double variance) {
        affine.add(a);
        factors.add(-sign / (2 * variance));
        constant -= sign * 0.5 * Math.log(2 * Math.PI * variance);
    }

    /** 1 at 0, z_1 at 1, rho_1 at 2, xi_k at 2 + k. */
    private double[] unit(int at) {
        double[] a = new double[3 + bridges];
        a[at] = 1;
        return a;
    }

    private double[] times(double factor, double[] a) {
        double[] out = a.clone();
        for (int m = 0; m < out.length; m++) {
            out[m] *= factor;
        }
        return out;
    }

    private double[] plus(double[] a, double[] b) {
        double[] out = a.clone();
        for (int m = 0; m < out.length; m++) {
            out[m] += b[m];
        }
        return out;
    }

    private double[] sum(double[] a, double[] b, double[] c) { return plus(plus(a, b), c); }
}
