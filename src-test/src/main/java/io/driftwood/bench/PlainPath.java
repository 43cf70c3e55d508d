package io.driftwood.bench;

import java.util.SplittableRandom;

/**
 * One path of uncorrected Hamiltonian annealing on a logistic regression with a standard normal prior and start, as a textbook writes it: scores where they are
 * needed, the gradient of its log-weight in the step by the adjoint, matrices as arrays of rows. With a network s in the mean of the backward kernel, Langevin
 * diffusion: rho ~ N(a rho' + 2 (1 - a) s(z, rho'), 1 - a^2), a the share of the momentum that is kept.
 */
final class PlainPath {

    private final double[][] rows;
    private final double[] response;
    private final int d;
    private final int bridges;
    private final SplittableRandom random = new SplittableRandom(1);
    private final double[][] z;
    private final double[][] rho;
    private final double[][] refreshed;
    private final double[][] noise;
    private final double[] learned;
    /** Null for none. */
    private final PlainNetwork network;

    PlainPath(double[][] rows, double[] response, int bridges, PlainNetwork network) {
        this.rows = rows;
        this.response = response;
        this.d = rows[0].length;
        this.bridges = bridges;
        this.z = new double[bridges + 1][d];
        this.rho = new double[bridges + 1][d];
        this.refreshed = new double[bridges][d];
        this.noise = new double[bridges][d];
        this.learned = new double[d];
        this.network = network;
    }

    private double normal() { return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble()); }

    /** The bridge's score, beta grad log p(z) - (1 - beta) z; returns log p(z). */
    private double score(double[] at, double beta, double[] out) {
        double log = 0;
        for (int j = 0; j < d; j++) {
            log -= at[j] * at[j] / 2;
            out[j] = -at[j];
        }
        for (int r = 0; r < rows.length; r++) {
            double eta = 0;
            for (int j = 0; j < d; j++) {
                eta += rows[r][j] * at[j];
            }
            log += response[r] * eta - Math.log1p(Math.exp(eta));
            double residual = beta * (response[r] - 1 / (1 + Math.exp(-eta)));
            for (int j = 0; j < d; j++) {
                out[j] += residual * rows[r][j];
            }
        }
        return log;
    }

    /** out += Hessian of the bridge's log-density times v. */
    private void addHessian(double[] at, double beta, double[] v, double[] out) {
        for (int j = 0; j < d; j++) {
            out[j] -= v[j];
        }
        for (double[] row : rows) {
            double eta = 0;
            double slope = 0;
            for (int j = 0; j < d; j++) {
                eta += row[j] * at[j];
                slope += row[j] * v[j];
            }
            double p = 1 / (1 + Math.exp(-eta));
            double weight = -beta * p * (1 - p) * slope;
            for (int j = 0; j < d; j++) {
                out[j] += weight * row[j];
            }
        }
    }

    private double beta(int k) { return (k + 1.0) / (bridges + 1); }

    private void look(int k) {
        if (network != null) {
            network.value(z[k], refreshed[k], k, learned);
        }
    }

    private double miss(int k, int j, double kept) { return rho[k][j] - kept * refreshed[k][j] - 2 * (1 - kept) * learned[j]; }

    /** Runs the path; returns its log-weight. */
    double run(double step, double kept) {
        double[] s = new double[d];
        double log = 0;
        for (int j = 0; j < d; j++) {
            z[0][j] = normal();
            rho[0][j] = normal();
            log += (z[0][j] * z[0][j] + rho[0][j] * rho[0][j]) / 2;
        }
        double spread = Math.sqrt(1 - kept * kept);
        for (int k = 0; k < bridges; k++) {
            score(z[k], beta(k), s);
            for (int j = 0; j < d; j++) {
                noise[k][j] = normal();
                refreshed[k][j] = kept * rho[k][j] + spread * noise[k][j];
            }
            look(k);
            for (int j = 0; j < d; j++) {
                double miss = miss(k, j, kept);
                log += (noise[k][j] * noise[k][j] - miss * miss / (1 - kept * kept)) / 2;
                rho[k + 1][j] = refreshed[k][j] + step / 2 * s[j];
                z[k + 1][j] = z[k][j] + step * rho[k + 1][j];
            }
            score(z[k + 1], beta(k), s);
            for (int j = 0; j < d; j++) {
                rho[k + 1][j] += step / 2 * s[j];
            }
        }
        log += score(z[bridges], 1, s);
        for (int j = 0; j < d; j++) {
            log -= rho[bridges][j] * rho[bridges][j] / 2;
        }
        return log;
    }

    /** Runs the path and differentiates its log-weight in the step. */
    double gradient(double step, double kept) {
        run(step, kept);
        double[] zBar = new double[d];
        double[] rhoBar = new double[d];
        double[] u = new double[d];
        double[] s = new double[d];
        double stepBar = 0;
        score(z[bridges], 1, zBar);
        for (int j = 0; j < d; j++) {
            rhoBar[j] = -rho[bridges][j];
        }
        for (int k = bridges - 1; k >= 0; k--) {
            score(z[k + 1], beta(k), s);
            for (int j = 0; j < d; j++) {
                stepBar += rhoBar[j] * s[j] / 2;
                u[j] = step / 2 * rhoBar[j];
            }
            addHessian(z[k + 1], beta(k), u, zBar);
            score(z[k], beta(k), s);
            for (int j = 0; j < d; j++) {
                stepBar += zBar[j] * (refreshed[k][j] + step / 2 * s[j]);
                rhoBar[j] += step * zBar[j];
                stepBar += rhoBar[j] * s[j] / 2;
                u[j] = step / 2 * rhoBar[j];
            }
            addHessian(z[k], beta(k), u, zBar);
            reverseRefreshment(k, kept, u, zBar, rhoBar);
        }
        return stepBar;
    }

    private void reverseRefreshment(int k, double kept, double[] pull, double[] zBar, double[] rhoBar) {
        look(k);
        double[] cotangent = new double[d];
        for (int j = 0; j < d; j++) {
            pull[j] = miss(k, j, kept) / (1 - kept * kept);
            cotangent[j] = 2 * (1 - kept) * pull[j];
            rhoBar[j] += kept * pull[j];
        }
        if (network != null) {
            network.reverse(cotangent, k, zBar, rhoBar);
        }
        for (int j = 0; j < d; j++) {
            rhoBar[j] = kept * rhoBar[j] - pull[j];
        }
    }
}
