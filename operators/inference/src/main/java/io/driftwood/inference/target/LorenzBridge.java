package io.driftwood.inference.target;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A path of the stochastic Lorenz system, its first coordinate observed at times 0..T-1, some observations missing. With state
 * s_t = (x, y, z), step h = 0.02 and q = 0.1^2 h,
 * <pre>
 *   s_0 ~ N(0, I)      s_t ~ N(s_(t-1) + h f(s_(t-1)), q I)      y_t ~ N(x_t, 1)
 *   f = (10 (y - x), x (28 - z) - y, x y - 8z/3)
 * </pre>
 * Columns x_0, y_0, z_0, x_1, ... With residuals e_t = s_t - s_(t-1) - h f(s_(t-1)) and J_t = I + h f'(s_t), the score of the path is
 * -e_t / q + J_t^T e_(t+1) / q. All constants are kept.
 *
 * <p>Reference: [1] Sountsov, Radul et al. (2020), Inference Gym, "Convection Lorenz bridge".
 */
final class LorenzBridge implements Target {

    static final Option[] OPTIONS = BrownianMotion.OPTIONS;

    private static final double STEP = 0.02;
    private static final double VARIANCE = 0.1 * 0.1 * STEP;
    private static final double SIGMA = 10;
    private static final double RHO = 28;
    private static final double BETA = 8.0 / 3;

    private final double[] observations;

    private LorenzBridge(double[] observations) { this.observations = observations; }

    static Problem build(Settings settings) { return new Known(new LorenzBridge(BrownianMotion.series(settings))); }

    private record Known(LorenzBridge target) implements Problem {

        @Override
        public List<String> names() {
            List<String> names = new ArrayList<>();
            for (int t = 0; t < target.observations.length; t++) {
                names.addAll(List.of("x" + t, "y" + t, "z" + t));
            }
            return names;
        }
    }

    @Override
    public int dimension() { return 3 * observations.length; }

    @Override
    public void evaluate(Particles p, double[] logDensity, double[] score, Scratch scratch) {
        int n = p.stride;
        Arrays.fill(logDensity, 0, n, constant());
        for (int k = 0; score != null && k < 3 * n; k++) {
            score[k] = -p.values[k];
        }
        for (int k = 0; k < 3 * n; k++) {
            logDensity[k % n] -= 0.5 * p.values[k] * p.values[k];
        }
        for (int t = 1; t < observations.length; t++) {
            int from = 3 * (t - 1) * n;
            int to = 3 * t * n;
            for (int i = 0; i < n; i++) {
                double x = p.values[from + i];
                double y = p.values[from + n + i];
                double z = p.values[from + 2 * n + i];
                double ex = p.values[to + i] - x - STEP * SIGMA * (y - x);
                double ey = p.values[to + n + i] - y - STEP * (x * (RHO - z) - y);
                double ez = p.values[to + 2 * n + i] - z - STEP * (x * y - BETA * z);
                logDensity[i] -= 0.5 * (ex * ex + ey * ey + ez * ez) / VARIANCE;
                if (score != null) {
                    place(score, to + i, n, -ex / VARIANCE, -ey / VARIANCE, -ez / VARIANCE);
                    addTransposed(x, y, z, ex / VARIANCE, ey / VARIANCE, ez / VARIANCE, score, from + i, n);
                }
            }
        }
        addObservations(p, logDensity, score);
    }

    private double constant() {
        int steps = observations.length - 1;
        long observed = Arrays.stream(observations).filter(y -> y == y).count();
        return -0.5 * (3 + observed) * StrictMath.log(2 * Math.PI) - 1.5 * steps * StrictMath.log(2 * Math.PI * VARIANCE);
    }

    private void addObservations(Particles p, double[] logDensity, double[] score) {
        int n = p.stride;
        for (int t = 0; t < observations.length; t++) {
            if (observations[t] == observations[t]) {
                for (int i = 0; i < n; i++) {
                    double error = observations[t] - p.values[3 * t * n + i];
                    logDensity[i] -= 0.5 * error * error;
                    if (score != null) {
                        score[3 * t * n + i] += error;
                    }
                }
            }
        }
    }

    private static void place(double[] out, int at, int n, double a, double b, double c) {
        out[at] = a;
        out[at + n] = b;
        out[at + 2 * n] = c;
    }

    /** out += J^T (a, b, c), J = I + h f'(x, y, z). */
    private static void addTransposed(double x, double y, double z, double a, double b, double c, double[] out, int at, int n) {
        out[at] += a + STEP * (-SIGMA * a + (RHO - z) * b + y * c);
        out[at + n] += b + STEP * (SIGMA * a - b + x * c);
        out[at + 2 * n] += c + STEP * (-x * b - BETA * c);
    }

    /*
     * Along v the residual moves by de_t = v_t - J v_(t-1), and J^T by h times the derivative of f', in which only the products x z and x y count.
     */
    @Override
    public void hessianVector(Particles p, double[] v, double[] out, Scratch scratch) {
        int n = p.stride;
        for (int k = 0; k < 3 * n; k++) {
            out[k] = -v[k];
        }
        for (int t = 1; t < observations.length; t++) {
            int from = 3 * (t - 1) * n;
            int to = 3 * t * n;
            for (int i = 0; i < n; i++) {
                double x = p.values[from + i];
                double y = p.values[from + n + i];
                double z = p.values[from + 2 * n + i];
                double ey = (p.values[to + n + i] - y - STEP * (x * (RHO - z) - y)) / VARIANCE;
                double ez = (p.values[to + 2 * n + i] - z - STEP * (x * y - BETA * z)) / VARIANCE;
                double vx = v[from + i];
                double vy = v[from + n + i];
                double vz = v[from + 2 * n + i];
                double dx = (v[to + i] - vx - STEP * SIGMA * (vy - vx)) / VARIANCE;
                double dy = (v[to + n + i] - vy - STEP * ((RHO - z) * vx - vy - x * vz)) / VARIANCE;
                double dz = (v[to + 2 * n + i] - vz - STEP * (y * vx + x * vy - BETA * vz)) / VARIANCE;
                place(out, to + i, n, -dx, -dy, -dz);
                addTransposed(x, y, z, dx, dy, dz, out, from + i, n);
                out[from + i] += STEP * (vy * ez - vz * ey);
                out[from + n + i] += STEP * vx * ez;
                out[from + 2 * n + i] -= STEP * vx * ey;
            }
        }
        for (int t = 0; t < observations.length; t++) {
            for (int i = 0; observations[t] == observations[t] && i < n; i++) {
                out[3 * t * n + i] -= v[3 * t * n + i];
            }
        }
    }
}
