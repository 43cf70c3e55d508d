package io.driftwood.inference.transition;

import io.driftwood.inference.numeric.Cholesky;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;

/**
 * On a Gaussian target an unadjusted kernel is affine: with state s = (x, p) and noise z, s' = M s + B z. Both matrices are read off one move of many
 * particles, whose noise is known because it is addressed; the equations are solved by least squares, and what they leave is checked to be rounding.
 */
final class AffineMap {

    private static final int N = 64;

    final int states;
    final int noises;
    /** M and B side by side, row-major states x (states + noises). */
    final double[] matrix;
    /** Largest absolute difference between a new state and what the matrices give. */
    double residual;

    private AffineMap(int states, int noises) {
        this.states = states;
        this.noises = noises;
        this.matrix = new double[states * (states + noises)];
    }

    static AffineMap of(Transition kernel, GaussianTarget target, Tuning tuning) {
        int d = target.dimension();
        Scratch scratch = new Scratch();
        Randomness random = Randomness.of(8, "affine");
        Particles x = new Particles(N, d);
        target.sample(x, random, 3, Purpose.START, 0, scratch);
        Cloud cloud = new Cloud().over(x);
        target.evaluate(x, cloud.logDensity(), cloud.score(), scratch);
        kernel.refresh(cloud, target, tuning, random, 3, 0, scratch);
        double[] noise = new double[x.length()];
        random.normals(3, Purpose.NOISE, 0, noise, 0, x.length());

        AffineMap map = new AffineMap(d + kernel.auxiliaries(d), d);
        double[][] before = new double[N][];
        for (int i = 0; i < N; i++) {
            before[i] = map.row(cloud, i, noise);
        }
        kernel.move(cloud, new Cloud(), target, tuning, random, 3, 0, new MoveInfo(), scratch);
        map.fit(before, cloud);
        return map;
    }

    private double[] row(Cloud cloud, int i, double[] noise) {
        double[] row = new double[states + noises];
        for (int k = 0; k < states; k++) {
            row[k] = state(cloud, k, i);
        }
        for (int k = 0; k < noises; k++) {
            row[states + k] = noise[k * cloud.particles().stride + i];
        }
        return row;
    }

    private double state(Cloud cloud, int k, int i) {
        int d = cloud.particles().dimension;
        return k < d ? cloud.particles().get(k, i) : cloud.auxiliary()[(k - d) * cloud.particles().stride + i];
    }

    private void fit(double[][] before, Cloud after) {
        int m = states + noises;
        double[] normal = new double[m * m];
        for (double[] row : before) {
            for (int a = 0; a < m; a++) {
                for (int b = 0; b < m; b++) {
                    normal[a * m + b] += row[a] * row[b];
                }
            }
        }
        Cholesky cholesky = new Cholesky();
        cholesky.decompose(normal, m);
        for (int k = 0; k < states; k++) {
            double[] right = new double[m];
            for (int i = 0; i < N; i++) {
                for (int a = 0; a < m; a++) {
                    right[a] += before[i][a] * state(after, k, i);
                }
            }
            cholesky.solve(right);
            System.arraycopy(right, 0, matrix, k * m, m);
            for (int i = 0; i < N; i++) {
                double predicted = 0;
                for (int a = 0; a < m; a++) {
                    predicted += right[a] * before[i][a];
                }
                residual = Math.max(residual, Math.abs(predicted - state(after, k, i)));
            }
        }
    }

    double at(int row, int column) { return matrix[row * (states + noises) + column]; }

    /** The covariance that S <- M S M^T + B B^T ends at, row-major. */
    double[] stationaryCovariance() {
        double[] s = new double[states * states];
        for (int iteration = 0; iteration < 5000; iteration++) {
            double[] next = new double[states * states];
            for (int r = 0; r < states; r++) {
                for (int c = 0; c < states; c++) {
                    for (int a = 0; a < states; a++) {
                        for (int b = 0; b < states; b++) {
                            next[r * states + c] += at(r, a) * s[a * states + b] * at(c, b);
                        }
                    }
                    for (int a = states; a < states + noises; a++) {
                        next[r * states + c] += at(r, a) * at(c, a);
                    }
                }
            }
            s = next;
        }
        return s;
    }
}
