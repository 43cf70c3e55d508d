package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.target.Domain;
import io.driftwood.inference.target.Target;

/** Log-mass b.y + y.J y/2 on signs or on blocks of categories, few enough to be enumerated. */
final class QuadraticMass implements Target {

    final double[] b;
    final double[][] j;
    private final int categories;

    private QuadraticMass(int categories, double[] b, double[][] j) {
        this.categories = categories;
        this.b = b;
        this.j = j;
    }

    static QuadraticMass signs(double coupling, double... b) { return new QuadraticMass(0, b, couplings(b.length, coupling)); }

    static QuadraticMass oneHot(int categories, double coupling, double... b) { return new QuadraticMass(categories, b, couplings(b.length, coupling)); }

    /** Symmetric, no two alike, no diagonal. */
    private static double[][] couplings(int d, double scale) {
        double[][] j = new double[d][d];
        for (int r = 0; r < d; r++) {
            for (int c = 0; c < r; c++) {
                j[r][c] = scale * ((r * 7 + c * 3) % 5 - 1.7) / 2;
                j[c][r] = j[r][c];
            }
        }
        return j;
    }

    @Override
    public int dimension() { return b.length; }

    @Override
    public Domain domain() { return categories == 0 ? Domain.SIGNS : Domain.ONE_HOT; }

    @Override
    public int categories() { return categories; }

    @Override
    public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
        for (int i = 0; i < x.stride; i++) {
            logDensity[i] = 0;
            for (int r = 0; r < b.length; r++) {
                double pull = 0;
                for (int c = 0; c < b.length; c++) {
                    pull += j[r][c] * x.values[c * x.stride + i];
                }
                logDensity[i] += x.values[r * x.stride + i] * (b[r] + pull / 2);
                if (score != null) {
                    score[r * x.stride + i] = b[r] + pull;
                }
            }
        }
    }

    @Override
    public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) { throw new UnsupportedOperationException(); }

    /** Every point, one particle each. */
    Particles states() {
        int base = categories == 0 ? 2 : categories;
        int digits = categories == 0 ? b.length : b.length / categories;
        int count = (int) Math.round(Math.pow(base, digits));
        Particles states = new Particles(count, b.length);
        for (int i = 0; i < count; i++) {
            for (int k = 0, rest = i; k < digits; k++, rest /= base) {
                if (categories == 0) {
                    states.set(k, i, rest % 2 == 0 ? -1 : 1);
                } else {
                    states.set(k * categories + rest % base, i, 1);
                }
            }
        }
        states.pad();
        return states;
    }

    /** Probabilities of {@link #states}. */
    double[] probabilities() {
        Particles states = states();
        double[] p = new double[states.stride];
        evaluate(states, p, null, null);
        double sum = 0;
        for (int i = 0; i < states.size; i++) {
            p[i] = Math.exp(p[i]);
            sum += p[i];
        }
        for (int i = 0; i < states.size; i++) {
            p[i] /= sum;
        }
        return java.util.Arrays.copyOf(p, states.size);
    }

    /** Which of {@link #states} particle i is at. */
    int index(Particles x, int i) {
        int base = categories == 0 ? 2 : categories;
        int digits = categories == 0 ? b.length : b.length / categories;
        int index = 0;
        for (int k = digits - 1; k >= 0; k--) {
            int digit = 0;
            if (categories == 0) {
                digit = x.get(k, i) > 0 ? 1 : 0;
            } else {
                while (x.get(k * categories + digit, i) != 1) {
                    digit++;
                }
            }
            index = index * base + digit;
        }
        return index;
    }
}
